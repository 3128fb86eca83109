using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>What narrows and orders the list of agreements.</summary>
/// <param name="Sort">number, venue, starts, ends; with - the other way round.</param>
public sealed record AgreementQuery(string? Q, string? State, Guid? VenueId, string? Sort);

/// <summary>One line of the list.</summary>
public sealed class AgreementLine
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public AgreementState State { get; init; }
    public Guid VenueId { get; init; }
    public required string VenueName { get; init; }
    public string? VenueNameEn { get; init; }
    public required string Counterparty { get; init; }
    public DateOnly StartsOn { get; init; }
    public DateOnly EndsOn { get; init; }
    public AgreementSums Sums { get; set; } = null!;
    public string Venue => VenueNames.Local(VenueName, VenueNameEn);
}

/// <summary>The agreements as lists show them, with what their slots come to.</summary>
public sealed class AgreementList(AppDb db, AgreementWeeks weeks)
{
    public const int PageSize = 30, MostExported = 20_000;

    /// <param name="page">From 1.</param>
    public async Task<NumberedPage<AgreementLine>> PageAsync(AgreementQuery query, int page, CancellationToken ct)
    {
        var found = Find(query);
        var lines = await WithSumsAsync(Sorted(found, query.Sort).Skip((page - 1) * PageSize).Take(PageSize), ct);
        return new(lines, page, PageSize, await found.CountAsync(ct));
    }

    public async Task<IReadOnlyList<AgreementLine>> AllAsync(AgreementQuery query, CancellationToken ct) =>
        await WithSumsAsync(Sorted(Find(query), query.Sort).Take(MostExported), ct);

    IQueryable<AgreementLine> Find(AgreementQuery query)
    {
        var agreements = db.Set<Agreement>().AsNoTracking();
        if (SnakeCase.TryParse<AgreementState>(query.State, out var state))
            agreements = agreements.Where(a => a.State == state);
        if (query.VenueId is { } venueId)
            agreements = agreements.Where(a => a.VenueId == venueId);
        if (query.Q?.Trim() is { Length: > 0 } words)
        {
            var like = Like.Anywhere(words);
            agreements = agreements.Where(a => EF.Functions.ILike(a.Number, like, Like.Escape) || EF.Functions.ILike(a.Counterparty, like, Like.Escape));
        }
        return from a in agreements
               join v in db.Set<Venue>() on a.VenueId equals v.Id
               select new AgreementLine
               {
                   Id = a.Id,
                   Number = a.Number,
                   State = a.State,
                   VenueId = a.VenueId,
                   VenueName = v.Name,
                   VenueNameEn = v.NameEn,
                   Counterparty = a.Counterparty,
                   StartsOn = a.StartsOn,
                   EndsOn = a.EndsOn,
               };
    }

    static IQueryable<AgreementLine> Sorted(IQueryable<AgreementLine> lines, string? sort) => sort switch
    {
        "number" => lines.OrderBy(l => l.Number),
        "-number" => lines.OrderByDescending(l => l.Number),
        "venue" => lines.OrderBy(l => l.VenueName).ThenBy(l => l.Number),
        "-venue" => lines.OrderByDescending(l => l.VenueName).ThenBy(l => l.Number),
        "starts" => lines.OrderBy(l => l.StartsOn).ThenBy(l => l.Number),
        "-starts" => lines.OrderByDescending(l => l.StartsOn).ThenBy(l => l.Number),
        "ends" => lines.OrderBy(l => l.EndsOn).ThenBy(l => l.Number),
        _ => lines.OrderByDescending(l => l.EndsOn).ThenBy(l => l.Number),
    };

    async Task<IReadOnlyList<AgreementLine>> WithSumsAsync(IQueryable<AgreementLine> lines, CancellationToken ct)
    {
        var list = await lines.ToListAsync(ct);
        var sums = await weeks.SumsAsync([.. list.Select(l => l.Id)], ct);
        foreach (var line in list)
            line.Sums = sums[line.Id];
        return list;
    }
}

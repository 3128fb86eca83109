using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;

namespace VenueBooking.Supply;

/// <summary>What narrows and orders the list of agreements.</summary>
/// <param name="Sort">number, venue, starts, ends; with - the other way round.</param>
public sealed record AgreementQuery(string? Q, string? State, Guid? VenueId, string? Sort)
{
    public static readonly string[] Sorts = ["number", "venue", "starts", "ends"];
}

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
    /// <summary>Open and closed ones.</summary>
    public int Slots { get; set; }
    public long PriceFen { get; set; }
    /// <summary>Came back for hours that nobody used.</summary>
    public long SavedFen { get; set; }
    public string Venue => VenueNames.Local(VenueName, VenueNameEn);
}

/// <summary>The agreements as lists show them, with what their slots come to.</summary>
public sealed class AgreementList(AppDb db)
{
    public const int PageSize = 30, MostExported = 20_000;

    /// <param name="page">From 1.</param>
    public async Task<(IReadOnlyList<AgreementLine> Lines, int Total)> PageAsync(AgreementQuery query, int page, CancellationToken ct)
    {
        var found = Find(query);
        return (await WithSlotsAsync(Sorted(found, query.Sort).Skip((page - 1) * PageSize).Take(PageSize), ct), await found.CountAsync(ct));
    }

    public async Task<IReadOnlyList<AgreementLine>> AllAsync(AgreementQuery query, CancellationToken ct) =>
        await WithSlotsAsync(Sorted(Find(query), query.Sort).Take(MostExported), ct);

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

    async Task<IReadOnlyList<AgreementLine>> WithSlotsAsync(IQueryable<AgreementLine> lines, CancellationToken ct)
    {
        var list = await lines.ToListAsync(ct);
        var ids = list.Select(l => l.Id).ToArray();
        var sums = await db.Set<Slot>().Where(s => ids.Contains(s.AgreementId)).GroupBy(s => s.AgreementId).Select(g => new
        {
            g.Key,
            Slots = g.Count(s => s.State == SlotState.Open || s.State == SlotState.Closed),
            Price = g.Sum(s => s.State == SlotState.Open || s.State == SlotState.Closed ? (long)s.PriceFen : 0),
            Saved = g.Sum(s => (long)(s.SavedFen ?? 0)),
        }).ToDictionaryAsync(g => g.Key, ct);
        foreach (var line in list)
            if (sums.TryGetValue(line.Id, out var sum))
                (line.Slots, line.PriceFen, line.SavedFen) = (sum.Slots, sum.Price, sum.Saved);
        return list;
    }
}

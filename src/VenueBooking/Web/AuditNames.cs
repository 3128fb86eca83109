using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Web;

/// <summary>What people call a thing that the audit log knows by its id.</summary>
public sealed class AuditName
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    /// <summary>What follows: a slot is called by its venue, and then by its space.</summary>
    public string? Then { get; init; }
    public string? ThenEn { get; init; }
    /// <summary>When it is, where that is a part of what it is called by.</summary>
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    /// <summary>What it belongs to: said where the log is about the thing, not where it stands among what belongs to the same.</summary>
    public string? Owner { get; init; }
    public string? OwnerEn { get; init; }

    public string Local(SiteTime time) => Dotted.Line(In(Name, NameEn), In(Then, ThenEn), StartsAt is { } from && EndsAt is { } until ? Span(time, from, until) : null);

    public string InFull(SiteTime time) => Dotted.Line(Local(time), In(Owner, OwnerEn));

    static string? In(string? chinese, string? english) => Languages.IsEnglish && english is { Length: > 0 } ? english : chinese;

    /// <summary>By dates alone: the log is read, and its export kept, on other days than today.</summary>
    static string Span(SiteTime time, DateTimeOffset from, DateTimeOffset until)
    {
        var (first, last) = (SiteTime.DayOf(from), SiteTime.DayOf(until));
        return first == last || until == SiteTime.StartOf(first.AddDays(1)) ? $"{time.Date(first)} {SiteTime.Time(from)}–{SiteTime.End(until)}"
            : $"{time.Date(first)} {SiteTime.Time(from)} – {time.Date(last)} {SiteTime.Time(until)}";
    }
}

/// <summary>Modules say what their things are called (<see cref="AuditNaming.Names"/>), so that the log shows names in place of ids.</summary>
public sealed class AuditNames(AppDb db, IEnumerable<AuditNames.Source> sources)
{
    public sealed record Source(Func<AppDb, IQueryable<AuditName>> All);

    public async Task<IReadOnlyDictionary<Guid, AuditName>> OfAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().ToArray();
        var names = new Dictionary<Guid, AuditName>();
        foreach (var source in sources)
            foreach (var found in await source.All(db).AsNoTracking().IgnoreQueryFilters().Where(n => asked.Contains(n.Id)).ToListAsync(ct))
                names[found.Id] = found;
        return names;
    }
}

public static class AuditNaming
{
    /// <param name="all">Every thing of a kind; only those that a page speaks of are read.</param>
    public static IServiceCollection Names(this IServiceCollection services, Func<AppDb, IQueryable<AuditName>> all) =>
        services.AddSingleton(new AuditNames.Source(all));
}

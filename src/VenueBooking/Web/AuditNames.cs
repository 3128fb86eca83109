using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Web;

/// <summary>What people call a thing that the audit log knows by its id.</summary>
public sealed class AuditName
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }

    public string Local => Languages.IsEnglish && NameEn is { Length: > 0 } english ? english : Name;
}

/// <summary>Modules say what their things are called (<see cref="AuditNaming.Names{T}"/>), so that the log shows names in place of ids.</summary>
public sealed class AuditNames(AppDb db, IEnumerable<AuditNames.Source> sources)
{
    public sealed record Source(Func<AppDb, Guid[], CancellationToken, Task<List<AuditName>>> FindAsync);

    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().ToArray();
        var names = new Dictionary<Guid, string>();
        foreach (var source in sources)
            foreach (var found in await source.FindAsync(db, asked, ct))
                names[found.Id] = found.Local;
        return names;
    }
}

public static class AuditNaming
{
    public static IServiceCollection Names<T>(this IServiceCollection services, Expression<Func<T, AuditName>> name) where T : class =>
        services.AddSingleton(new AuditNames.Source((db, ids, ct) =>
            db.Set<T>().AsNoTracking().IgnoreQueryFilters().Select(name).Where(n => ids.Contains(n.Id)).ToListAsync(ct)));
}

using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The account itself, and who looked at or changed what is about it.</summary>
sealed class AccountPersonalData(AppDb db) : IPersonalData
{
    const int MostAudited = 10_000;

    public string Section => "account";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct)
    {
        var user = await db.Set<AppUser>().AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        var roles = await db.Set<IdentityUserRole<Guid>>().Where(r => r.UserId == userId)
            .Join(db.Set<IdentityRole<Guid>>(), r => r.RoleId, r => r.Id, (_, r) => r.Name).ToListAsync(ct);
        var passkeys = await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == userId).Select(p => new { p.Data.Name, p.Data.CreatedAt }).ToListAsync(ct);
        var (seen, complete) = await AuditTrailAsync(userId, ct);
        return new
        {
            user.Id,
            user.Email,
            user.EmailConfirmed,
            Name = user.DisplayName,
            user.Language,
            user.ElderMode,
            user.CreatedAt,
            TwoFactor = user.TwoFactorEnabled,
            roles,
            passkeys,
            AuditTrail = seen.Select(e => new { e.At, e.Action, e.Subject, e.ActorName, ByMe = e.ActorId == userId }),
            AuditTrailIsComplete = complete,
        };
    }

    // About the person and by the person, each by its own index; of those who work with us for years the newest.
    async Task<(IEnumerable<AuditEntry> Entries, bool Complete)> AuditTrailAsync(Guid userId, CancellationToken ct)
    {
        var about = await NewestAsync(e => e.SubjectId == userId, ct);
        var by = await NewestAsync(e => e.ActorId == userId, ct);
        return (about.Concat(by).DistinctBy(e => e.Id).OrderBy(e => e.At).ThenBy(e => e.Id), about.Count < MostAudited && by.Count < MostAudited);
    }

    // Without what changed: the trail does not say it, and it may be long.
    Task<List<AuditEntry>> NewestAsync(Expression<Func<AuditEntry, bool>> which, CancellationToken ct) =>
        db.Set<AuditEntry>().AsNoTracking().Where(which).OrderByDescending(e => e.At).Take(MostAudited)
            .Select(e => new AuditEntry { Id = e.Id, At = e.At, Action = e.Action, Subject = e.Subject, ActorId = e.ActorId, ActorName = e.ActorName }).ToListAsync(ct);

    /// <summary>The account goes last and as a whole: see <see cref="DeleteAccount"/>.</summary>
    public Task EraseAsync(Guid userId, CancellationToken ct) => Task.CompletedTask;
}

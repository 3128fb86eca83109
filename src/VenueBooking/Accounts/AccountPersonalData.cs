using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The account itself, and who looked at or changed what is about it.</summary>
sealed class AccountPersonalData(AppDb db) : IPersonalData
{
    public string Section => "account";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct)
    {
        var user = await db.Set<AppUser>().AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        var roles = await db.Set<IdentityUserRole<Guid>>().Where(r => r.UserId == userId)
            .Join(db.Set<IdentityRole<Guid>>(), r => r.RoleId, r => r.Id, (_, r) => r.Name).ToListAsync(ct);
        var passkeys = await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == userId).Select(p => new { p.Data.Name, p.Data.CreatedAt }).ToListAsync(ct);
        var seen = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.SubjectId == userId || e.ActorId == userId).OrderBy(e => e.At)
            .Select(e => new { e.At, e.Action, e.Subject, e.ActorName, ByMe = e.ActorId == userId }).ToListAsync(ct);
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
            AuditTrail = seen,
        };
    }

    /// <summary>The account goes last and as a whole: see <see cref="DeleteAccount"/>.</summary>
    public Task EraseAsync(Guid userId, CancellationToken ct) => Task.CompletedTask;
}

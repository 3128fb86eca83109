using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>One member: approve, refuse with a reason, or end. Looking at a person is written down.</summary>
[Authorize(Policy = Policies.Officer)]
public sealed class MemberModel(AppDb db, OfficerScope scope, MembershipDesk desk, Audit audit, Texts texts) : PageModel
{
    public Membership Membership { get; private set; } = null!;
    public string Email { get; private set; } = "";
    public bool IsConfirmed { get; private set; }
    public string? UnionName { get; private set; }
    public bool IsOnRoster { get; private set; }
    /// <summary>What the roster calls the holder of this card; null where it is that of a union the officer does not look after.</summary>
    public string? RosterName { get; private set; }
    /// <summary>This membership, or one before with the same card.</summary>
    public bool EndedByOfficer { get; private set; }
    /// <summary>What ending the membership would cancel.</summary>
    public int ComingBookings { get; private set; }
    public IReadOnlyList<SelectListItem> Grassroots { get; private set; } = [];

    [BindProperty] public Guid? UnionId { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await ShowAsync(id, ct))
            return NotFound();
        return Page();
    }

    public Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken ct) =>
        AnswerAsync(id, () => desk.ApproveAsync(id, UnionId, CurrentMember.IdOf(User)!.Value, ct), "membership_approved_flash", ct);

    public Task<IActionResult> OnPostRejectAsync(Guid id, CancellationToken ct) =>
        AnswerAsync(id, () => desk.RejectAsync(id, Reason, ct), "membership_rejected_flash", ct);

    public Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct) =>
        AnswerAsync(id, () => desk.EndAsync(id, ct), "membership_ended_flash", ct);

    async Task<IActionResult> AnswerAsync(Guid id, Func<Task<Outcome<Membership>>> act, string flash, CancellationToken ct)
    {
        if ((await act()).Refusal is not { } refusal)
        {
            this.Flash(texts[flash]);
            return RedirectToPage(new { id });
        }
        db.ChangeTracker.Clear();
        if (!await ShowAsync(id, ct))
            return NotFound();
        ModelState.AddRefusal(texts, refusal);
        Response.StatusCode = refusal.Status;
        return Page();
    }

    async Task<bool> ShowAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return false;
        audit.Record("member.view", "membership", id);
        await db.SaveChangesAsync(ct);
        return true;
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await scope.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.UserId == id, ct) is not { } membership)
            return false;
        Membership = membership;
        ComingBookings = membership.State == MembershipState.Verified ? await desk.ComingBookingsAsync(membership, ct) : 0;
        var user = await db.Set<AppUser>().Where(u => u.Id == id).Select(u => new { u.Email, u.EmailConfirmed }).SingleAsync(ct);
        (Email, IsConfirmed) = (user.Email!, user.EmailConfirmed);
        UnionName = await db.Set<Union>().Where(u => u.Id == membership.UnionId).Select(u => u.Name).SingleOrDefaultAsync(ct);
        var line = await db.Set<RosterEntry>().Where(r => r.CardNumber == membership.CardNumber && r.RemovedAt == null)
            .Select(r => new { Name = scope.Unions.Any(u => u.Id == r.UnionId) ? r.Name : null }).SingleOrDefaultAsync(ct);
        (IsOnRoster, RosterName) = (line is not null, line?.Name);
        EndedByOfficer = membership.NeedsOfficer || await db.Set<RosterEntry>().AnyAsync(r => r.CardNumber == membership.CardNumber && r.NeedsOfficer, ct);
        Grassroots = await scope.Unions.GrassrootsOptionsAsync(membership.UnionId, ct);
        return true;
    }
}

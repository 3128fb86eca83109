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

/// <summary>My membership: where it stands, and asking for it (again).</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class MyMembershipModel(AppDb db, CurrentMember member, MembershipDesk desk, Texts texts) : PageModel
{
    public Membership? Membership { get; private set; }
    public string? UnionName { get; private set; }
    public IReadOnlyList<SelectListItem> Grassroots { get; private set; } = [];

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public Guid? UnionId { get; set; }
    [BindProperty] public string? CardNumber { get; set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        (Name, UnionId, CardNumber) = (Membership?.Name ?? member.DisplayName, Membership?.UnionId, Membership?.CardNumber);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var asked = ModelState.IsValid ? await desk.RequestAsync(member.Id, Name, UnionId, CardNumber, ct) : UnionRefusals.UnionUnknown;
        if (asked.Refusal is not { } refusal)
        {
            this.Flash(texts[asked.Value!.State == MembershipState.Verified ? "membership_matched" : "membership_asked"]);
            return RedirectToPage();
        }
        db.ChangeTracker.Clear();
        if (ModelState.IsValid)
            ModelState.AddRefusal(texts, refusal);
        Response.StatusCode = refusal.Status;
        await LoadAsync(ct);
        return Page();
    }

    async Task LoadAsync(CancellationToken ct)
    {
        Membership = await db.Set<Membership>().AsNoTracking().SingleOrDefaultAsync(m => m.UserId == member.Id, ct);
        UnionName = Membership is null ? null : await db.Set<Union>().Where(u => u.Id == Membership.UnionId).Select(u => u.Name).SingleOrDefaultAsync(ct);
        Grassroots = await db.Set<Union>().GrassrootsOptionsAsync(UnionId, ct);
    }
}

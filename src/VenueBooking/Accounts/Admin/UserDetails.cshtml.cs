using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>One account: roles and their reach, lock, second factor.</summary>
[Authorize(Policy = Policies.Admin)]
[ResponseCache(NoStore = true)]
public sealed class UserDetailsModel(UserAdmin admin, SecondFactors factors, IEnumerable<IRoleScope> scopes, TimeProvider clock, Texts texts) : PageModel
{
    public sealed record Reach(string Role, string TextKey, IReadOnlyList<ScopeChoice> Choices, HashSet<Guid> Held);

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public List<string> RoleNames { get; set; } = [];
    /// <summary>Of the account as the form shows it.</summary>
    [BindProperty] public string? Stamp { get; set; }
    public AppUser Who { get; private set; } = null!;
    public bool HasTwoFactor { get; private set; }
    public IReadOnlyList<string> Held { get; private set; } = [];
    public IReadOnlyList<Reach> Reaches { get; private set; } = [];
    public bool IsLocked => Who.LockoutEnd > clock.GetUtcNow();

    public static string FieldOf(string role) => $"reach-{role}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRolesAsync(CancellationToken ct)
    {
        var reach = new Dictionary<string, Guid[]>();
        foreach (var scope in scopes)
            reach[scope.Role] = [.. Request.Form[FieldOf(scope.Role)].Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
        return await AnswerAsync(await admin.GrantAsync(Id, Stamp, RoleNames, reach, ct), "roles_saved", ct);
    }

    public async Task<IActionResult> OnPostLockAsync(CancellationToken ct) => await AnswerAsync(await admin.LockAsync(Id, true, ct), "account_locked", ct);

    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken ct) => await AnswerAsync(await admin.LockAsync(Id, false, ct), "account_unlocked", ct);

    public async Task<IActionResult> OnPostResetAsync(CancellationToken ct) => await AnswerAsync(await factors.ResetAsync(Id, ct), "two_factor_reset", ct);

    async Task<IActionResult> AnswerAsync(Outcome<Done> outcome, string done, CancellationToken ct)
    {
        if (outcome.Refusal is not { } refusal)
        {
            this.Flash(texts[done]);
            return RedirectToPage(new { Id });
        }
        if (!await LoadAsync(ct))
            return NotFound();
        // Ticks of an overtaken form would be the very ones that must not be saved: the form shows what is so now.
        if (refusal == Refusal.Stale)
            ModelState.Clear();
        return this.Refused(texts, refusal with { Field = null });
    }

    async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await admin.ViewAsync(Id, ct) is not { } who)
            return false;
        (Who, HasTwoFactor) = (who, await factors.HasAnyAsync(who));
        Held = await admin.RolesOfAsync(Id, ct);
        var reaches = new List<Reach>();
        foreach (var scope in scopes)
            reaches.Add(new(scope.Role, scope.TextKey, await scope.ChoicesAsync(ct), [.. (await scope.HeldAsync(Id, ct)).Select(c => c.Id)]));
        Reaches = reaches;
        return true;
    }
}

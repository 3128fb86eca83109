using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>How one is called here, in which language mails come, and whether letters are large.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class ProfileModel(AppUsers users, AppSignIn signIn, Texts texts) : PageModel
{
    [BindProperty] public string? DisplayName { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public bool Elder { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        (DisplayName, Language, Elder) = (user.DisplayName, user.Language, user.ElderMode);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        DisplayName = PersonNames.Clean(DisplayName);
        if (PersonNames.WhyNot(DisplayName) is { } refusal)
            ModelState.AddRefusal(texts, refusal);
        if (!Languages.IsKnown(Language))
            this.Refuse(texts, "language_unknown", nameof(Language));
        if (!ModelState.IsValid)
            return this.Again();
        (user.DisplayName, user.Language, user.ElderMode, user.PreferencesChosen) = (DisplayName, Language!, Elder, true);
        var saved = await users.UpdateAsync(user);
        if (!saved.Succeeded)
        {
            this.Refuse(saved);
            return this.Again();
        }
        await signIn.RefreshSignInAsync(user);
        (Preferences.Of(HttpContext) with { Language = user.Language, Elder = user.ElderMode }).Write(HttpContext);
        this.Flash(Languages.In(user.Language, () => texts["saved"]));
        return RedirectToPage();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Shared;

/// <summary>Language, text size, light or dark. The switches at the top of every page post here too, with only what they change.</summary>
[AllowAnonymous, FromThisSite]
public sealed class SettingsModel(IEnumerable<IPreferenceKeeper> keepers) : PageModel
{
    public string Language { get; private set; } = Languages.Chinese;
    public bool Elder { get; private set; }
    public string Theme { get; private set; } = "auto";

    public void OnGet() => (Language, Elder, Theme) = Preferences.Of(HttpContext);

    public async Task<IActionResult> OnPost(string? language, string? elder, string? theme, string? returnUrl)
    {
        var now = Preferences.Of(HttpContext);
        var wanted = new Preferences(
            Languages.IsKnown(language) ? language! : now.Language,
            elder is null ? now.Elder : elder.StartsWith("true", StringComparison.OrdinalIgnoreCase),
            Preferences.Themes.Contains(theme) ? theme! : now.Theme);
        wanted.Write(HttpContext);
        if (User.Identity?.IsAuthenticated == true)
            foreach (var keeper in keepers)
                await keeper.Keep(HttpContext, wanted.Language, wanted.Elder);
        else
            Preferences.MarkChosen(HttpContext);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : Url.Page("/Shared/Settings")!);
    }
}

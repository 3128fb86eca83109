using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Where the link in the confirmation mail leads.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.Read)]
[ResponseCache(NoStore = true)]
public sealed class ConfirmModel(UserManager<AppUser> users) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public bool IsDone { get; private set; }

    public async Task OnGetAsync(Guid? userId, string? code)
    {
        var user = userId is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        // The second tap on the link is as good as the first.
        IsDone = user is not null && Codes.TryRead(code, out var token)
            && (await users.ConfirmEmailAsync(user, token)).Succeeded;
        if (!IsDone)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}

/// <summary>Identity's tokens as they stand in a link.</summary>
static class Codes
{
    public static string Write(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    public static bool TryRead(string? code, out string token)
    {
        token = "";
        if (string.IsNullOrEmpty(code) || code.Length > 4000 || !System.Buffers.Text.Base64Url.IsValid(code))
            return false;
        token = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        return true;
    }
}

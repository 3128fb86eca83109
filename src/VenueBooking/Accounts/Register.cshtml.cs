using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

[AllowAnonymous, EnableRateLimiting(RateLimits.Mail)]
[ResponseCache(NoStore = true)]
public sealed class RegisterModel(Register register, UnionChoices unions, Texts texts) : PageModel
{
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? DisplayName { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Union { get; set; }
    [BindProperty] public string? CardNumber { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public IReadOnlyList<UnionChoice> Unions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (User.Identity?.IsAuthenticated == true)
            return LocalRedirect(this.WayBack(ReturnUrl));
        Unions = await unions.ListAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Unions = await unions.ListAsync(cancel);
        (Email, DisplayName) = (Email?.Trim(), DisplayName?.Trim());
        var union = Unions.FirstOrDefault(u => u.Label == Union?.Trim());
        Check(union);
        if (!ModelState.IsValid)
            return this.Again();
        var language = Languages.IsKnown(CultureInfo.CurrentUICulture.Name) ? CultureInfo.CurrentUICulture.Name : Languages.Chinese;
        var made = await register.HandleAsync(
            new(Email!, DisplayName!, Password!, language, union?.Id, CardNumber, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null), cancel);
        if (made.Refusal is { } refusal)
            ModelState.AddRefusal(texts, refusal with { Field = FieldOf(refusal.Field) });
        else if (made.Value!.Succeeded)
            return RedirectToPage("/Accounts/CheckMail", new { why = "register", ReturnUrl });
        else
            this.Refuse(made.Value);
        return this.Again();
    }

    static string? FieldOf(string? field) => field switch { "UnionId" => nameof(Union), "Name" => nameof(DisplayName), _ => field };

    void Check(UnionChoice? union)
    {
        if (string.IsNullOrEmpty(Email))
            this.Refuse(texts, "email_missing", nameof(Email));
        else if (!AccountPage.IsAddress(Email))
            this.Refuse(texts, "email_invalid", nameof(Email));
        if (string.IsNullOrEmpty(DisplayName))
            this.Refuse(texts, "name_missing", nameof(DisplayName));
        else if (DisplayName.Length > 100)
            this.Refuse(texts, "name_too_long", nameof(DisplayName), 100);
        if (string.IsNullOrEmpty(Password))
            this.Refuse(texts, "password_missing", nameof(Password));
        else if (Password.Length > 200)
            this.Refuse(texts, "password_too_long", nameof(Password), 200);
        if (union is null && !string.IsNullOrWhiteSpace(Union))
            this.Refuse(texts, "union_not_listed", nameof(Union));
        if (CardNumber?.Trim().Length > 32)
            this.Refuse(texts, "card_too_long", nameof(CardNumber), 32);
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

[AllowAnonymous, LeadOn, EnableRateLimiting(RateLimits.Mail)]
[ResponseCache(NoStore = true)]
public sealed class RegisterModel(Register register, IMemberships memberships, Texts texts) : PageModel
{
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? DisplayName { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Union { get; set; }
    [BindProperty] public string? CardNumber { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public IReadOnlyList<UnionChoice> Unions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true)
            return LocalRedirect(this.WayBack(ReturnUrl));
        Unions = await memberships.ChoicesAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Unions = await memberships.ChoicesAsync(ct);
        (Email, DisplayName) = (Email?.Trim(), PersonNames.Clean(DisplayName));
        var union = Unions.FirstOrDefault(u => u.Label == Union?.Trim());
        Check(union);
        if (!ModelState.IsValid)
            return this.Again();
        var made = await register.HandleAsync(
            new(Email!, DisplayName!, Password!, Languages.Current, union?.Id, CardNumber, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null), ct);
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
        Refusal?[] wrong = [Addresses.WhyNot(Email), PersonNames.WhyNot(DisplayName!), Credentials.WhyNot(Password)];
        ModelState.AddRefusals(texts, wrong.OfType<Refusal>());
        if (union is null && !string.IsNullOrWhiteSpace(Union))
            this.Refuse(texts, "union_not_listed", nameof(Union));
        if (CardNumber?.Trim().Length > 32)
            this.Refuse(texts, "card_too_long", nameof(CardNumber), 32);
    }
}

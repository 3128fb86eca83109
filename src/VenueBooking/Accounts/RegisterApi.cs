using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <param name="Name">As on the union card; without it what stands before the @.</param>
/// <param name="UnionId">The grassroots union one says one belongs to.</param>
public sealed record RegisterBody(string? Email, string? Password, string? Name = null, Guid? UnionId = null, string? CardNumber = null);

/// <summary>
/// <c>register</c> in place of Identity's, which would say that an address is taken: the page's own way, with the same answer for
/// a new address and a taken one. Identity's shape, and what the page's form has besides.
/// </summary>
static class RegisterApi
{
    const string Path = "/register";

    public static void MapRegistration(this RouteGroupBuilder group) =>
        group.MapPost(Path, HandleAsync).WithOrder(-1).RequireRateLimiting(RateLimits.Mail);

    public static bool IsAt(RouteEndpointBuilder route) => route.RoutePattern.RawText?.EndsWith(Path, StringComparison.Ordinal) == true;

    static async Task<Results<Ok, ValidationProblem, ProblemHttpResult>> HandleAsync(
        RegisterBody body, Register register, IdentityErrorDescriber errors, Texts texts, CancellationToken cancel)
    {
        var email = body.Email?.Trim();
        if (!AccountPage.IsAddress(email))
            return Invalid([errors.InvalidEmail(email)]);
        if (WhyNot(body) is { } refusal)
            return TypedResults.Problem(Problems.Details(texts, refusal));
        var language = Languages.IsKnown(CultureInfo.CurrentUICulture.Name) ? CultureInfo.CurrentUICulture.Name : Languages.Chinese;
        var name = body.Name?.Trim() is { Length: > 0 } given ? given : AppUsers.NameOf(email!);
        var made = await register.HandleAsync(new(email!, name, body.Password ?? "", language, body.UnionId, body.CardNumber, null), cancel);
        if (made.Refusal is { } refused)
            return TypedResults.Problem(Problems.Details(texts, refused with { Field = MemberOf(refused.Field) }));
        return made.Value!.Succeeded ? TypedResults.Ok() : Invalid(made.Value.Errors);
    }

    static Refusal? WhyNot(RegisterBody body) =>
        body.Name?.Trim().Length > 100 ? Refusal.Invalid("name_too_long", "name", 100)
        : body.Password?.Length > 200 ? Refusal.Invalid("password_too_long", "password", 200)
        : body.CardNumber?.Trim().Length > 32 ? Refusal.Invalid("card_too_long", "cardNumber", 32)
        : null;

    static string? MemberOf(string? field) => field is { Length: > 0 } ? char.ToLowerInvariant(field[0]) + field[1..] : null;

    static ValidationProblem Invalid(IEnumerable<IdentityError> errors) => TypedResults.ValidationProblem(
        errors.GroupBy(e => e.Code).ToDictionary(e => e.Key, e => e.Select(x => x.Description).ToArray()));
}

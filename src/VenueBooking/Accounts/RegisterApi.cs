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
    public static async Task<Results<Ok, ValidationProblem, ProblemHttpResult>> HandleAsync(
        RegisterBody body, Register register, IdentityErrorDescriber errors, Texts texts, CancellationToken ct)
    {
        var email = body.Email?.Trim();
        if (Addresses.WhyNot(email) is { } bad && bad != AccountRefusals.EmailNotAscii)
            return AccountProblems.Invalid(texts, errors.InvalidEmail(email));
        var name = PersonNames.Clean(body.Name) is { Length: > 0 } given ? given : AppUsers.NameOf(email!);
        if (WhyNot(body, email!, name) is { } refusal)
            return AccountProblems.Of(texts, refusal);
        var made = await register.HandleAsync(new(email!, name, body.Password ?? "", Languages.Current, body.UnionId, body.CardNumber, null), ct);
        if (made.Refusal is { } refused)
            return AccountProblems.Of(texts, refused);
        return made.Value!.Succeeded ? TypedResults.Ok() : AccountProblems.Invalid(texts, [.. made.Value.Errors]);
    }

    static Refusal? WhyNot(RegisterBody body, string email, string name) =>
        Addresses.WhyNot(email)
        ?? (PersonNames.WhyNot(name) is { } wrong ? wrong with { Field = "Name" } : null)
        ?? (body.CardNumber?.Trim().Length > 32 ? Refusal.Invalid("card_too_long", "CardNumber", 32) : null);
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>How the accounts' API says no: problem+json with a code of ours, in the asker's language.</summary>
static class AccountProblems
{
    public static ProblemHttpResult Of(Texts texts, Refusal refusal) =>
        TypedResults.Problem(Problems.Details(texts, refusal with { Field = MemberOf(refusal.Field) }));

    public static ValidationProblem Invalid(Texts texts, params IEnumerable<IdentityError> errors) =>
        Invalid(texts, errors.GroupBy(e => e.Code).ToDictionary(e => e.Key, e => e.Select(x => x.Description).ToArray()));

    /// <summary>What Identity finds wrong: all of it by name, the first as the code.</summary>
    public static ValidationProblem Invalid(Texts texts, IDictionary<string, string[]> errors)
    {
        var (name, said) = errors.First();
        var code = SnakeCase.Of(name);
        // Name and address are one here, and Identity finds fault with each.
        return TypedResults.ValidationProblem(errors.ToDictionary(e => e.Key, e => e.Value.Distinct().ToArray()),
            said[0], null, texts["input_invalid"], $"urn:venuebooking:{code}", [KeyValuePair.Create("code", (object?)code)]);
    }

    static string? MemberOf(string? field) => field switch
    {
        null => null,
        "DisplayName" => "name",
        _ => char.ToLowerInvariant(field[0]) + field[1..],
    };
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace VenueBooking.Web;

/// <summary>The one place where a refusal becomes an answer: problem+json for programs, a form error for people.</summary>
public static class Problems
{
    /// <summary>RFC 9457 with <c>code</c>, and <c>field</c> where there is one. The detail is in the asker's language.</summary>
    public static IResult Problem(this Texts texts, Refusal refusal) =>
        Results.Problem(Details(texts, refusal));

    public static ProblemDetails Details(Texts texts, Refusal refusal)
    {
        var details = new ProblemDetails
        {
            Status = refusal.Status,
            Title = texts.Of(refusal),
            Detail = texts.Of(refusal),
            Type = $"urn:venuebooking:{refusal.Code}",
            Extensions = { ["code"] = refusal.Code },
        };
        if (refusal.Field is { } field)
            details.Extensions["field"] = field;
        return details;
    }

    public static void AddRefusals(this ModelStateDictionary state, Texts texts, IEnumerable<Refusal> refusals, string prefix = "")
    {
        foreach (var refusal in refusals)
            state.AddRefusal(texts, refusal, prefix);
    }

    /// <summary>Shows the refusal at its field, or at the top of the form. <paramref name="prefix"/> is the bound property's name.</summary>
    public static void AddRefusal(this ModelStateDictionary state, Texts texts, Refusal refusal, string prefix = "") =>
        state.AddModelError(
            refusal.Field is null ? "" : prefix.Length == 0 ? refusal.Field : $"{prefix}.{refusal.Field}",
            texts.Of(refusal));
}

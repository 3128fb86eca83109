namespace VenueBooking.Web;

/// <summary>
/// A "no" that a person can act on: not an exception. The code is stable and is also the key of its text; the field, where
/// there is one, is the form field or JSON member it is about.
/// </summary>
/// <param name="Code">snake_case, unique in the house.</param>
/// <param name="Field">What the person would have to change, or null.</param>
/// <param name="Status">409 where the state of things is against it, 422 where the input is, 404, 403.</param>
/// <param name="Args">Values for the text's placeholders.</param>
public sealed record Refusal(string Code, string? Field = null, int Status = StatusCodes.Status409Conflict, params object[] Args)
{
    public static Refusal Invalid(string code, string? field = null, params object[] args) =>
        new(code, field, StatusCodes.Status422UnprocessableEntity, args);

    /// <summary>Somebody else has changed it since the page was opened; nothing was saved.</summary>
    public static readonly Refusal Stale = new("stale");

    public static readonly Refusal NotFound = new("not_found", null, StatusCodes.Status404NotFound);
}

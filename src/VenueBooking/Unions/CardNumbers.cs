using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>Union card numbers: letters, digits and hyphens, 4 to 32 of them, however they were typed.</summary>
public static class CardNumbers
{
    public static bool IsValid(string? text) =>
        Clean(text) is { Length: >= 4 and <= 32 } card && card.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Plain characters, blanks go, letters are capitals.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return new string([.. TypedText.Plain(text).Where(c => !char.IsWhiteSpace(c))]).ToUpperInvariant();
    }
}

namespace VenueBooking.Web;

/// <summary>What people type to narrow a list.</summary>
public static class SearchText
{
    public const int Longest = 100;

    /// <summary>Trimmed, and what is too long is cut, never dropped: a list asked to be narrowed is not to be a whole one. Null where there is nothing.</summary>
    public static string? Clean(string? text)
    {
        if (text?.Trim() is not { Length: > 0 } clean)
            return null;
        if (clean.Length <= Longest)
            return clean;
        // A character outside the basic plane is two, and half of it is no text.
        return clean[..(char.IsHighSurrogate(clean[Longest - 1]) ? Longest - 1 : Longest)];
    }
}

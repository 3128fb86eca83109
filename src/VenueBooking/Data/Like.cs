namespace VenueBooking.Data;

/// <summary>Patterns for ILIKE out of what people type.</summary>
public static class Like
{
    /// <summary>Has to be given to ILike: left out, there is no escape at all.</summary>
    public const string Escape = @"\";

    /// <summary>Finds the words anywhere; signs in them stand for themselves.</summary>
    public static string Anywhere(string words) =>
        $"%{words.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}

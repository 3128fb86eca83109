using System.Security.Cryptography;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The six characters of a booking that a desk can type: no 0/O, 1/I/L, nothing that is read for something else.</summary>
static class BookingCode
{
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    public const int Length = 6;

    public static string Make() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>What a person typed or a scanner read, as a code; null when it can be none.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 40)
            return null;
        var code = string.Concat(TypedText.Plain(typed).Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return code.Length == Length && code.All(c => Alphabet.Contains(c)) ? code : null;
    }
}

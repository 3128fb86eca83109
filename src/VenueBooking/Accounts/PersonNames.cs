using System.Globalization;
using System.Text;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Names of people, wherever they come from (form, API, roster): one line of what can be seen. A line break would break the head of a
/// mail; marks that nobody sees, or that turn the direction of writing, make one name look like another's.
/// </summary>
public static class PersonNames
{
    public const int Longest = 100;

    public static string Clean(string? text)
    {
        var clean = new StringBuilder();
        var (last, gap) = (default(Rune), false);
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
                gap = true;
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune == Rune.ReplacementChar)
                continue;
            // Chinese names of two characters are often written with a blank, to stand in line with those of three.
            if (gap && clean.Length > 0 && !(IsHan(last) && IsHan(rune)))
                clean.Append(' ');
            clean.Append(rune.ToString());
            (last, gap) = (rune, false);
        }
        return clean.ToString();
    }

    /// <param name="clean">As <see cref="Clean"/> made it.</param>
    public static Refusal? WhyNot(string clean) =>
        clean.Length == 0 ? AccountRefusals.NameMissing : clean.Length > Longest ? AccountRefusals.NameTooLong : null;

    static bool IsHan(Rune rune) => rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VenueBooking.Web;

/// <summary>Numbers and codes as people type them. A Chinese keyboard makes full-width characters of them, which mean the same: １２ is 12.</summary>
public static partial class TypedText
{
    /// <summary>The plain characters that these stand for, without blanks around them.</summary>
    public static string Plain(string? text) => text?.Normalize(NormalizationForm.FormKC).Trim() ?? "";

    /// <summary>The same of a number that has a decimal point: where the point is, a Chinese keyboard gives 。</summary>
    public static string PlainNumber(string? text) => FullStop.Replace(Plain(text), ".");

    /// <summary>
    /// A number without a sign. Commas stand before groups of three only: elsewhere one is a decimal point or a slip, and leaving it out
    /// would make 6050 of 60,50.
    /// </summary>
    public static bool TryDecimal(string? text, out decimal number)
    {
        number = 0;
        var plain = PlainNumber(text);
        return (!plain.Contains(',', StringComparison.Ordinal) || InThousands.IsMatch(plain))
            && decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex("(?<=[0-9])。(?=[0-9])")]
    private static partial Regex FullStop { get; }

    [GeneratedRegex(@"^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$")]
    private static partial Regex InThousands { get; }

    /// <summary>A whole number without a sign. False where it is none, or nothing.</summary>
    public static bool TryWhole(string? text, out int number) => int.TryParse(Plain(text), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

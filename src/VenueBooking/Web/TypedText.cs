using System.Globalization;
using System.Text;

namespace VenueBooking.Web;

/// <summary>Numbers and codes as people type them. A Chinese keyboard makes full-width characters of them, which mean the same: １２ is 12.</summary>
public static class TypedText
{
    /// <summary>The plain characters that these stand for, without blanks around them.</summary>
    public static string Plain(string? text) => text?.Normalize(NormalizationForm.FormKC).Trim() ?? "";

    /// <summary>A whole number without a sign. False where it is none, or nothing.</summary>
    public static bool TryWhole(string? text, out int number) => int.TryParse(Plain(text), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

using System.Globalization;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Web;

/// <summary>Texts that count: <c>{0:# slot|# slots}</c> says "1 slot" and "1,204 slots".</summary>
public sealed class Counting(CultureInfo culture) : IFormatProvider, ICustomFormatter
{
    public static string Fill(string text, object[] args) =>
        text.Contains('|') ? string.Format(new Counting(CultureInfo.CurrentCulture), text, args) : string.Format(CultureInfo.CurrentCulture, text, args);

    public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : culture.GetFormat(formatType);

    public string Format(string? format, object? arg, IFormatProvider? formatProvider)
    {
        if (format?.Split('|') is not [var one, var many])
            return arg is IFormattable value ? value.ToString(format, culture) : arg?.ToString() ?? "";
        var number = arg is IFormattable count ? count.ToString("#,##0.##", culture) : arg?.ToString() ?? "";
        return (number == "1" ? one : many).Replace("#", number, StringComparison.Ordinal);
    }
}

/// <summary>The localizers of the texts, whose gaps may count.</summary>
sealed class CountingLocalizerFactory(ResourceManagerStringLocalizerFactory texts) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => new Localizer(texts.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new Localizer(texts.Create(baseName, location));

    sealed class Localizer(IStringLocalizer inner) : IStringLocalizer
    {
        public LocalizedString this[string name] => inner[name];

        public LocalizedString this[string name, params object[] arguments] =>
            inner[name] is { ResourceNotFound: false } found ? new(name, Counting.Fill(found.Value, arguments), false, found.SearchedLocation) : inner[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => inner.GetAllStrings(includeParentCultures);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VenueBooking.Web.Tables;

/// <summary>A workbook keeps days and times as numbers; only the cell's format tells them from other numbers.</summary>
sealed partial class ExcelDates
{
    readonly bool[] isDate;
    readonly int epochShift;

    public ExcelDates(WorkbookPart workbook)
    {
        epochShift = workbook.Workbook.WorkbookProperties?.Date1904?.Value == true ? 1462 : 0;
        var sheet = workbook.WorkbookStylesPart?.Stylesheet;
        var own = (sheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .Where(f => f.NumberFormatId is not null)
            .GroupBy(f => f.NumberFormatId!.Value)
            .ToDictionary(g => g.Key, g => g.First().FormatCode?.Value ?? "");
        isDate = [.. (sheet?.CellFormats?.Elements<CellFormat>() ?? [])
            .Select(f => f.NumberFormatId?.Value ?? 0)
            .Select(id => own.TryGetValue(id, out var code) ? IsDateCode(code) : id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58))];
    }

    /// <summary>2026-11-23, 18:30 or 2026-11-23 18:30; null when the number is no date.</summary>
    public string? Text(uint? style, double number)
    {
        if (style is not { } at || at >= isDate.Length || !isDate[at] || number + epochShift is < 0 or > 2_900_000)
            return null;
        // 24:00 is a whole day to a workbook; as a date it would be one of 1899.
        if (number == 1)
            return "24:00";
        // Whole minutes: 18:30 is kept as a fraction that does not come out even.
        var moment = DateTime.FromOADate(Math.Round((number + epochShift) * 1440) / 1440);
        var format = number < 1 ? "HH:mm" : moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";
        return moment.ToString(format, CultureInfo.InvariantCulture);
    }

    static bool IsDateCode(string code) => DateLetters().IsMatch(NotLetters().Replace(code, ""));

    // Literal text and [colour] or [$locale] parts say nothing about the kind of number.
    [GeneratedRegex("""\"[^\"]*\"|\[[^\]]*\]|\\.""")]
    private static partial Regex NotLetters();

    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase)]
    private static partial Regex DateLetters();
}

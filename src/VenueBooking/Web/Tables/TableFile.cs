using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace VenueBooking.Web.Tables;

/// <summary>
/// Writes a list as a file that spreadsheets open: CSV (UTF-8 with BOM) or .xlsx. Cells may be text, whole numbers,
/// decimals, days, times, instants (written in the site's zone) or yes/no. No cell can run as a formula.
/// </summary>
public static class TableFile
{
    public const string CsvType = "text/csv; charset=utf-8", ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="format"><c>csv</c> or <c>xlsx</c>; anything else is CSV.</param>
    /// <param name="name">The file's name without its ending.</param>
    public static TableFileResult Of(string? format, string name, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object?>> rows) =>
        format == "xlsx" ? Excel(name, headers, rows) : Csv(name, headers, rows);

    public static TableFileResult Csv(string name, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var memory = new MemoryStream();
        using (var writer = new StreamWriter(memory, new UTF8Encoding(true), leaveOpen: true))
        using (var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            foreach (var row in rows.Prepend(headers))
            {
                foreach (var cell in row)
                    csv.WriteField(cell is string text ? Guarded(text) : TextOf(cell));
                csv.NextRecord();
            }
        }
        return new(memory.ToArray(), CsvType, name + ".csv");
    }

    public static TableFileResult Excel(string name, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object?>> rows) =>
        new(ExcelSheet.Write(headers, rows), ExcelType, name + ".xlsx");

    internal static string TextOf(object? cell) => cell switch
    {
        null => "",
        string text => text,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset at => SiteTime.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    /// <summary>A spreadsheet would run text that begins like this.</summary>
    internal static bool StartsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r';

    static string Guarded(string text) => text.Length > 0 && StartsFormula(text[0]) ? "'" + text : text;
}

/// <summary>A file to keep: what a page's handler and an endpoint can both return.</summary>
public sealed class TableFileResult(byte[] bytes, string contentType, string fileName) : IActionResult, IResult
{
    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return Results.File(bytes, contentType, fileName).ExecuteAsync(httpContext);
    }
}

using System.Globalization;

namespace VenueBooking.Web.Tables;

/// <summary>A sheet of cells with a header line, as a person sent it. Every cell is text; empty rows are left out.</summary>
public sealed class Table(IReadOnlyList<string> headers, IReadOnlyList<TableRow> rows)
{
    public IReadOnlyList<string> Headers => headers;
    public IReadOnlyList<TableRow> Rows => rows;

    /// <summary>Where a column stands, by any of its names in any case and spacing; null where there is none.</summary>
    public int? Find(params IReadOnlyList<string> names)
    {
        for (var i = 0; i < headers.Count; i++)
            if (names.Any(name => string.Equals(Plain(headers[i]), Plain(name), StringComparison.OrdinalIgnoreCase)))
                return i;
        return null;
    }

    /// <summary>As <see cref="Find"/>; a missing column is refused by its first name.</summary>
    public Outcome<int> Require(params IReadOnlyList<string> names) =>
        Find(names) is { } at ? at : Refusal.Invalid("table_column_missing", "File", names[0], string.Join("、", headers));

    static string Plain(string name) => name.Trim().Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}

/// <param name="Number">The row's number as a spreadsheet shows it; the header is row 1 where nothing stands above it.</param>
public sealed record TableRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>The trimmed text of a column; empty where the row is shorter or the column is not there.</summary>
    public string this[int? column] => column is { } at && at < Cells.Count ? Cells[at] : "";
}

/// <summary>What is wrong with one cell: shown to people as "row 7, column 定价: …".</summary>
public sealed record TableError(int Row, string Column, Refusal Refusal);

/// <summary>What people write into cells, read the ways people write it.</summary>
public static class TableCells
{
    static readonly string[] Dates = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    public static bool TryDate(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1900 and < 2200;

    public static bool TryInt(string text, out int number) =>
        int.TryParse(text, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);
}

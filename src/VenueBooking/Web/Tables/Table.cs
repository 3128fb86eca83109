using System.Globalization;

namespace VenueBooking.Web.Tables;

/// <summary>A sheet of cells with a header line, as a person sent it. Every cell is text; empty rows are left out.</summary>
public sealed class Table(IReadOnlyList<string> headers, IReadOnlyList<TableRow> rows)
{
    readonly Dictionary<string, int> places = headers.Select((header, at) => (Name: Plain(header), At: at)).Where(h => h.Name.Length > 0)
        .DistinctBy(h => h.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(h => h.Name, h => h.At, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Headers => headers;
    public IReadOnlyList<TableRow> Rows => rows;

    /// <summary>A row's text in the column of one of these names; empty where there is none.</summary>
    public string this[TableRow row, IReadOnlyList<string> names] => row[Find(names)];

    /// <summary>Where a column stands, by any of its names in any case and spacing; null where there is none.</summary>
    public int? Find(params IReadOnlyList<string> names)
    {
        foreach (var name in names)
            if (places.TryGetValue(Plain(name), out var at))
                return at;
        return null;
    }

    /// <summary>As <see cref="Find"/>; a missing column is refused by its name in the person's language, and two of which either could be meant by theirs.</summary>
    public Outcome<int> Require(params IReadOnlyList<string> names) =>
        Twice(names) is { } twice ? twice
        : Find(names) is { } at ? at
        : Refusal.Invalid("table_column_missing", "File", Called(names), string.Join(Languages.Comma, headers.Where(h => h.Length > 0)));

    /// <summary>Refuses two columns that both go by one of these names: which of them is meant, only who made the file knows.</summary>
    public Refusal? Twice(params IReadOnlyList<string> names)
    {
        var known = names.Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return headers.Select((header, at) => (Name: header.Trim(), Number: at + 1)).Where(h => known.Contains(Plain(h.Name))).ToList() is [var one, var other, ..]
            ? Refusal.Invalid("table_column_twice", "File", one.Name, one.Number, other.Name, other.Number) : null;
    }

    /// <summary>The column as the file calls it; where the file has none, by its name in the person's language.</summary>
    public string Header(IReadOnlyList<string> names) => Find(names) is { } at ? headers[at].Trim() : Called(names);

    /// <summary>Refuses a column that is none of these, each given by all its names: better than to pass over what somebody filled in.</summary>
    public Refusal? Unknown(params IReadOnlyList<string>[] columns)
    {
        var known = columns.SelectMany(names => names.Select(Plain)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return headers.FirstOrDefault(h => h.Trim().Length > 0 && !known.Contains(Plain(h))) is { } odd
            ? Refusal.Invalid("table_column_unknown", "File", odd, string.Join(Languages.Comma, columns.Select(Header))) : null;
    }

    /// <summary>The first of a column's names that is in the person's language.</summary>
    static string Called(IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => name.All(char.IsAscii) == Languages.IsEnglish) ?? names[0];

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
}

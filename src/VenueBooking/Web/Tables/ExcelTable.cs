using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VenueBooking.Web.Tables;

/// <summary>Reads the first sheet of an .xlsx, streaming: nothing of the file is trusted to be of a sensible size.</summary>
static class ExcelTable
{
    const long MaxPart = 60_000_000;

    public static Outcome<Table> Read(byte[] bytes)
    {
        try
        {
            using var book = SpreadsheetDocument.Open(new MemoryStream(bytes), false, new OpenSettings { MaxCharactersInPart = MaxPart });
            return book.WorkbookPart is { } workbook && FirstSheet(workbook) is { } sheet
                ? TableReader.Assemble(Lines(sheet, Strings(workbook), new ExcelDates(workbook)))
                : NotATable;
        }
        // A zip that is no workbook, a damaged one, or one that swells past the limit: the library says so in many ways.
        catch (Exception e) when (e is OpenXmlPackageException or IOException or FormatException or InvalidDataException
            or System.Xml.XmlException or ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            return NotATable;
        }
    }

    static Refusal NotATable => Refusal.Invalid("table_not_a_table", "File");

    static WorksheetPart? FirstSheet(WorkbookPart workbook) =>
        workbook.Workbook.Sheets?.Elements<Sheet>().FirstOrDefault(s => s.State is null || s.State.Value == SheetStateValues.Visible)?.Id?.Value is { } id
            ? workbook.GetPartById(id) as WorksheetPart
            : null;

    static List<string> Strings(WorkbookPart workbook)
    {
        var strings = new List<string>();
        if (workbook.SharedStringTablePart is not { } part)
            return strings;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement && reader.LoadCurrentElement() is SharedStringItem item)
                strings.Add(TextOf(item));
        return strings;
    }

    // Text without the phonetic guides that East Asian workbooks carry beside it.
    static string TextOf(SharedStringItem item) => item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(r => r.Text?.Text));

    static IEnumerable<TableRow> Lines(WorksheetPart sheet, List<string> strings, ExcelDates dates)
    {
        using var reader = OpenXmlReader.Create(sheet);
        var number = 0;
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement || reader.LoadCurrentElement() is not Row row)
                continue;
            number = row.RowIndex?.Value is { } index ? (int)Math.Min(index, int.MaxValue) : number + 1;
            yield return new TableRow(number, Cells(row, strings, dates));
        }
    }

    static List<string> Cells(Row row, List<string> strings, ExcelDates dates)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = ColumnOf(cell.CellReference?.Value) ?? cells.Count;
            if (column > TableReader.MaxColumns)
                column = TableReader.MaxColumns; // too far out: the caller refuses the row for its length
            while (cells.Count < column)
                cells.Add("");
            cells.Add(TableReader.Clean(Text(cell, strings, dates)));
        }
        while (cells.Count > 0 && cells[^1].Length == 0)
            cells.RemoveAt(cells.Count - 1);
        return cells;
    }

    // "AB12" → 27
    static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(4))
            column = column * 26 + (letter - 'A' + 1);
        return column == 0 ? null : column - 1;
    }

    static string Text(Cell cell, List<string> strings, ExcelDates dates)
    {
        var value = cell.CellValue?.Text ?? "";
        var kind = cell.DataType?.Value ?? CellValues.Number;
        if (kind == CellValues.SharedString)
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count ? strings[at] : "";
        if (kind == CellValues.InlineString)
            return cell.InlineString?.Text?.Text ?? string.Concat(cell.InlineString?.Elements<Run>().Select(r => r.Text?.Text) ?? []);
        if (kind == CellValues.Boolean)
            return value == "1" ? "true" : "false";
        if (kind != CellValues.Number || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return value;
        return dates.Text(cell.StyleIndex?.Value, number) ?? Plain(number);
    }

    // A card number of 15 digits must not come back as 1.23E+14.
    static string Plain(double number) =>
        Math.Abs(number) < 1e15 ? ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VenueBooking.Web.Tables;

/// <summary>Reads the first sheet of an .xlsx, streaming: nothing of the file is trusted to be of a sensible size.</summary>
static class ExcelTable
{
    const long MaxPart = 60_000_000;
    /// <summary>Columns of a sheet, as Excel has them.</summary>
    const int MostCells = 16_384;

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
            if (Starts<SharedStringItem>(reader))
                strings.Add(Words(reader));
        return strings;
    }

    static bool Starts<T>(OpenXmlReader reader) => reader.ElementType == typeof(T) && reader.IsStartElement;
    static bool Ends<T>(OpenXmlReader reader) => reader.ElementType == typeof(T) && reader.IsEndElement;

    // Text, run by run, without the phonetic guides that East Asian workbooks carry beside it. No more of it than makes a cell too long.
    static string Words(OpenXmlReader reader)
    {
        var (whole, isGuide, words) = (reader.ElementType, false, new StringBuilder());
        while (words.Length <= TableReader.MaxCell && reader.Read() && !(reader.ElementType == whole && reader.IsEndElement))
            if (reader.ElementType == typeof(PhoneticRun))
                isGuide = reader.IsStartElement;
            else if (Starts<Text>(reader) && !isGuide)
                words.Append(reader.GetText());
        return words.ToString();
    }

    static IEnumerable<TableRow> Lines(WorksheetPart sheet, List<string> strings, ExcelDates dates)
    {
        using var reader = OpenXmlReader.Create(sheet);
        var number = 0;
        while (reader.Read())
        {
            if (!Starts<Row>(reader))
                continue;
            number = uint.TryParse(Attribute(reader, "r"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? (int)Math.Min(index, int.MaxValue) : number + 1;
            yield return new TableRow(number, Cells(reader, strings, dates));
        }
    }

    /// <summary>Cell by cell. Where a row or a cell goes on too long, it is one cell more than a table may have: the caller refuses it, and nothing beyond is read.</summary>
    static List<string> Cells(OpenXmlReader reader, List<string> strings, ExcelDates dates)
    {
        var (cells, next, seen) = (new List<string>(), 0, 0);
        while (reader.Read() && !Ends<Row>(reader))
        {
            if (!Starts<Cell>(reader))
                continue;
            var column = Math.Max(ColumnOf(Attribute(reader, "r")) ?? next, cells.Count);
            next = column + 1;
            var said = Text(reader, strings, dates);
            var text = TableReader.Clean(said);
            // Empty cells, which have a colour at most, may go on as far as a sheet does.
            if (said.Length > TableReader.MaxCell || text.Length > 0 && column >= TableReader.MaxColumns || ++seen > MostCells)
                return [.. Enumerable.Repeat("", TableReader.MaxColumns + 1)];
            if (text.Length == 0)
                continue;
            while (cells.Count < column)
                cells.Add("");
            cells.Add(text);
        }
        return cells;
    }

    static string? Attribute(OpenXmlReader reader, string name)
    {
        foreach (var attribute in reader.Attributes)
            if (attribute.LocalName == name)
                return attribute.Value;
        return null;
    }

    // "AB12" → 27
    static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(4))
            column = column * 26 + (letter - 'A' + 1);
        return column == 0 ? null : column - 1;
    }

    static string Text(OpenXmlReader reader, List<string> strings, ExcelDates dates)
    {
        var (kind, style, value) = (Attribute(reader, "t") ?? "n", Attribute(reader, "s"), "");
        while (value.Length <= TableReader.MaxCell && reader.Read() && !Ends<Cell>(reader))
            if (Starts<InlineString>(reader))
                value = Words(reader);
            else if (Starts<CellValue>(reader))
                value = reader.GetText();
        if (kind == "s")
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count ? strings[at] : "";
        if (kind == "b")
            return value == "1" ? "true" : "false";
        if (kind != "n" || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return value;
        return dates.Text(uint.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var styled) ? styled : null, number) ?? Plain(number);
    }

    // A card number of 15 digits must not come back as 1.23E+14.
    static string Plain(double number) =>
        Math.Abs(number) < 1e15 ? ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);
}

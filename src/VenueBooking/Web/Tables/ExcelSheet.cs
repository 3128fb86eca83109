using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VenueBooking.Web.Tables;

/// <summary>Writes a workbook of one sheet, row by row, its header bold and frozen.</summary>
static class ExcelSheet
{
    enum Style : uint { Plain, Header, Day, Moment }

    public static byte[] Write(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var memory = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
        {
            var workbook = book.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            WriteSheet(sheet, headers, rows);
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = "Sheet1", SheetId = 1, Id = workbook.GetIdOfPart(sheet) }));
        }
        return memory.ToArray();
    }

    static void WriteSheet(WorksheetPart part, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        { WorkbookViewId = 0 }));
        if (headers.Count > 0)
            writer.WriteElement(new Columns(new Column { Min = 1, Max = (uint)headers.Count, Width = 18, CustomWidth = true }));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, headers.Select(h => Text(h, Style.Header)));
        foreach (var row in rows)
            WriteRow(writer, row.Select(CellOf));
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    static void WriteRow(OpenXmlWriter writer, IEnumerable<Cell> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
            writer.WriteElement(cell);
        writer.WriteEndElement();
    }

    static Cell CellOf(object? value) => value switch
    {
        int or long or short or decimal or double => Number(TableFile.TextOf(value), Style.Plain),
        DateOnly day => Number(Serial(day.ToDateTime(TimeOnly.MinValue)), Style.Day),
        DateTimeOffset at => Number(Serial(SiteTime.Local(at).DateTime), Style.Moment),
        _ => Text(TableFile.TextOf(value), Style.Plain),
    };

    static string Serial(DateTime moment) => moment.ToOADate().ToString(CultureInfo.InvariantCulture);

    static Cell Number(string value, Style style) => new() { CellValue = new CellValue(value), StyleIndex = (uint)style };

    static Cell Text(string value, Style style) => new()
    {
        DataType = CellValues.InlineString,
        StyleIndex = (uint)style,
        InlineString = new InlineString(new Text(Printable(value)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    // XML has no place for control characters or halves of surrogate pairs.
    static string Printable(string text)
    {
        if (text.All(c => System.Xml.XmlConvert.IsXmlChar(c)))
            return text;
        return string.Concat(text.EnumerateRunes()
            .Where(rune => rune.Utf16SequenceLength == 2 || System.Xml.XmlConvert.IsXmlChar((char)rune.Value))
            .Select(rune => rune.ToString()));
    }

    static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy-mm-dd hh:mm" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));
}

using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace VenueBooking.Web.Tables;

static class CsvTable
{
    public static Outcome<Table> Read(string text)
    {
        try
        {
            return TableReader.Assemble(Lines(text));
        }
        catch (BadDataException e)
        {
            return Refusal.Invalid("table_bad_quotes", "File", e.Context?.Parser?.Row ?? 1);
        }
        catch (CsvHelperException)
        {
            return Refusal.Invalid("table_not_a_table", "File");
        }
    }

    static IEnumerable<TableRow> Lines(string text)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
            MaxFieldSize = 100_000,
            BadDataFound = args => throw new BadDataException(args.Field, args.RawRecord, args.Context, "a stray quote"),
        };
        using var parser = new CsvParser(new StringReader(text), settings);
        while (parser.Read())
            yield return new TableRow(parser.Row, [.. (parser.Record ?? []).Select(TableReader.Clean)]);
    }

    // The sign that stands most often in the first line with anything in it.
    static string DelimiterOf(string text)
    {
        var line = text.Split('\n').FirstOrDefault(l => !string.IsNullOrWhiteSpace(l)) ?? "";
        return new[] { ",", "\t", ";" }.MaxBy(sign => line.Split(sign).Length)!;
    }
}

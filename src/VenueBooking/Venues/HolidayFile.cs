using System.Text;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Venues;

/// <summary>
/// A holiday calendar as a table: day, name, kind (holiday, 假日 … | workday, 调休上班 …) and, for a workday, the weekday it
/// stands in for (周五, Friday, Fri; empty: none is named).
/// </summary>
public static class HolidayFile
{
    public const int MaxRows = 2000;
    public static readonly IReadOnlyList<string> Headers = ["day", "name", "kind", "stands_in"];

    static readonly string[] DayNames = ["day", "日期", "date"], NameNames = ["name", "名称", "节日"], KindNames = ["kind", "类型", "性质"],
        StandsInNames = ["stands_in", "按周几算", "counts as", "顶替", "代替", "按周几上班"];

    static readonly string[] Holiday = ["holiday", "假日", "放假", "节假日", "法定节假日", "休息", "休", "day off"],
        Workday = ["workday", "调休上班", "调休", "上班", "补班", "调休补班", "工作日", "班", "working day"];

    /// <summary>Every row as a day of the calendar, or every mistake with its row and column.</summary>
    public sealed record Read(IReadOnlyList<HolidayFacts> Rows, IReadOnlyList<TableError> Errors);

    public static Outcome<Read> Parse(Table table)
    {
        if (table.Rows.Count > MaxRows)
            return Refusal.Invalid("table_too_many_rows", "File", MaxRows);
        if ((table.Require(DayNames).Refusal ?? table.Require(NameNames).Refusal ?? table.Require(KindNames).Refusal
            ?? table.Unknown(DayNames, NameNames, KindNames, StandsInNames)) is { } refusal)
            return refusal;
        var rows = new List<HolidayFacts>();
        var errors = new List<TableError>();
        var seen = new Dictionary<DateOnly, int>();
        foreach (var row in table.Rows)
        {
            var form = new HolidayForm { Day = table[row, DayNames], Name = table[row, NameNames], Kind = KindOf(table[row, KindNames]), StandsIn = WeekdayOf(table[row, StandsInNames]) };
            var checks = new FieldChecks();
            var facts = form.Check(checks);
            errors.AddRange(checks.Problems.Select(p => new TableError(row.Number, ColumnOf(p.Field), Explain(p, table[row, KindNames]))));
            if (checks.Problems.Count == 0 && !seen.TryAdd(facts.Day, row.Number))
                errors.Add(new TableError(row.Number, table.Header(DayNames), Refusal.Invalid("holiday_twice", "Day", seen[facts.Day])));
            rows.Add(facts);
        }
        return new Read(rows, errors);

        string ColumnOf(string? field) => field switch
        {
            nameof(HolidayForm.Day) => table.Header(DayNames),
            nameof(HolidayForm.Name) => table.Header(NameNames),
            nameof(HolidayForm.Kind) => table.Header(KindNames),
            _ => table.Header(StandsInNames),
        };
    }

    /// <summary>The calendar as the file that <see cref="Parse(Table)"/> reads.</summary>
    public static IEnumerable<IReadOnlyList<object?>> Rows(IEnumerable<HolidayFacts> days) => days.Select(d => (IReadOnlyList<object?>)
        [d.Day, d.Name, d.Kind == HolidayKind.Holiday ? "holiday" : "workday", d.StandsIn?.ToString()]);

    /// <summary>The same as text, to go through a form from the preview to the confirmation.</summary>
    public static string Text(IEnumerable<HolidayFacts> days) =>
        string.Join('\n', Rows(days).Prepend(Headers).Select(cells => string.Join(',', cells.Select(c => Quoted(TableFile.TextOf(c))))));

    static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static Outcome<Read> Parse(string text)
    {
        var table = TableReader.Read(Encoding.UTF8.GetBytes(text));
        return table.IsRefused ? table.Refusal : Parse(table.Value);
    }

    static Refusal Explain(Refusal problem, string kind) => problem switch
    {
        { Field: nameof(HolidayForm.Kind) } when kind.Length > 0 => Refusal.Invalid("holiday_kind", problem.Field, string.Join(" / ", Holiday), string.Join(" / ", Workday)),
        _ => problem,
    };

    static string? KindOf(string cell) =>
        Holiday.Contains(cell, StringComparer.OrdinalIgnoreCase) ? "holiday" : Workday.Contains(cell, StringComparer.OrdinalIgnoreCase) ? "workday" : null;

    // The digit that the form knows; a cell that says something else goes on as it is and is refused there.
    static string WeekdayOf(string cell)
    {
        if (cell.Length == 0)
            return "";
        var bare = cell.Replace("星期", "", StringComparison.Ordinal).Replace("周", "", StringComparison.Ordinal);
        if (bare.Length == 1 && "日一二三四五六".IndexOf(bare[0], StringComparison.Ordinal) is >= 0 and var at)
            return at.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (bare == "天")
            return "0";
        foreach (var weekday in Enum.GetValues<DayOfWeek>())
            if (cell.Equals(weekday.ToString(), StringComparison.OrdinalIgnoreCase) || cell.Equals(weekday.ToString()[..3], StringComparison.OrdinalIgnoreCase))
                return ((int)weekday).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return "?" + cell;
    }
}

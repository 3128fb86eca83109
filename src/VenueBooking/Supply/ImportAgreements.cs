using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Data;
using VenueBooking.Startup;
using VenueBooking.Venues;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Supply;

/// <summary>
/// Blocks from a table, one a row; rows with the same number make one draft. A draft that is there already gets these blocks
/// in place of its own; a published agreement is left alone and named as a fault. Whole or not at all.
/// </summary>
sealed class ImportAgreements(AppDb db, Audit audit, Texts texts, IStringLocalizer<SupplyText> t, TimeProvider clock) : IImport
{
    static readonly string[] Number = ["协议编号", "number"], Venue = ["场馆", "venue"], Party = ["对方", "counterparty"],
        Starts = ["开始日期", "starts on"], Ends = ["结束日期", "ends on"], Space = ["场地", "space"], Weekdays = ["星期", "weekdays"],
        From = ["从", "from"], To = ["到", "to"], Minutes = ["时段分钟", "slot minutes"], Price = ["每小时价格", "price per hour"],
        Capacity = ["容量", "capacity"], Holidays = ["节假日", "on holidays"];

    readonly List<TableError> errors = [];

    public string Kind => "agreements";

    public async Task<(bool Done, IReadOnlyList<string> Lines)> RunAsync(Table table, CancellationToken cancel)
    {
        var columns = new Dictionary<string, int?>();
        foreach (var names in new[] { Number, Venue, Party, Starts, Ends, Space, Weekdays, From, To, Minutes, Price })
            if (table.Require(names) is { Refusal: { } missing })
                return (false, [texts.Of(missing)]);
        foreach (var names in new[] { Number, Venue, Party, Starts, Ends, Space, Weekdays, From, To, Minutes, Price, Capacity, Holidays })
            columns[names[0]] = table.Find(names);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (made, blocks) = (0, 0);
        foreach (var rows in table.Rows.GroupBy(r => r[columns[Number[0]]]))
        {
            blocks += await TakeAsync([.. rows], name => columns[name], cancel);
            made++;
        }
        if (errors.Count > 0)
            return (false, [.. errors.Select(e => t["agreements_import_fault", e.Row, e.Column, texts.Of(e.Refusal)])]);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (true, [t["agreements_imported", made, blocks]]);
    }

    async Task<int> TakeAsync(List<TableRow> rows, Func<string, int?> at, CancellationToken ct)
    {
        var first = rows[0];
        var venue = await db.Set<Venue>().AsNoTracking().SingleOrDefaultAsync(v => v.Name == first[at(Venue[0])] && v.RetiredAt == null, ct);
        if (venue is null)
            return Fault(first, Venue, "agreement_venue_unknown");
        var known = await db.Set<Agreement>().AsTracking().SingleOrDefaultAsync(a => a.Number == first[at(Number[0])], ct);
        if (known is not null && (known.State != AgreementState.Draft || known.VenueId != venue.Id))
            return Fault(first, Number, known.State != AgreementState.Draft ? "agreement_not_draft" : "agreement_number_taken");
        var spaces = await db.Set<Space>().AsNoTracking().Where(s => s.VenueId == venue.Id && s.RetiredAt == null).ToListAsync(ct);
        var form = FormOf(rows, at, spaces);
        var checks = new FieldChecks();
        var facts = form.Check(checks, spaces, new HashSet<Guid>());
        foreach (var problem in checks.Problems)
            Fault(problem, rows);
        if (checks.Problems.Count == 0)
            await WriteAsync(known, venue.Id, facts, ct);
        return rows.Count;
    }

    async Task WriteAsync(Agreement? known, Guid venueId, AgreementFacts facts, CancellationToken ct)
    {
        var agreement = known ?? new Agreement { Kind = AgreementKind.Purchase, VenueId = venueId, CreatedAt = clock.GetUtcNow() };
        if (known is null)
            db.Add(agreement);
        await db.SaveChangesAsync(ct);
        var blocks = known is null ? [] : await db.BlocksOfAsync(agreement.Id, ct);
        audit.Record("agreement.import", "agreement", agreement.Id, known is null ? null : AgreementFacts.Of(agreement, blocks), facts);
        db.Replace(agreement, blocks, facts);
    }

    static AgreementForm FormOf(List<TableRow> rows, Func<string, int?> at, List<Space> spaces) => new()
    {
        Number = rows[0][at(Number[0])],
        Counterparty = rows[0][at(Party[0])],
        StartsOn = rows[0][at(Starts[0])],
        EndsOn = rows[0][at(Ends[0])],
        Blocks = [.. rows.Select(row => new BlockForm
        {
            // Something in it always, so that no row counts as an empty block.
            Id = Guid.CreateVersion7().ToString(),
            SpaceId = spaces.FirstOrDefault(s => s.Name == row[at(Space[0])])?.Id.ToString(),
            Weekdays = WeekdaysOf(row[at(Weekdays[0])]),
            FromTime = row[at(From[0])],
            ToTime = row[at(To[0])],
            StartsOn = rows[0][at(Starts[0])],
            EndsOn = rows[0][at(Ends[0])],
            SlotMinutes = row[at(Minutes[0])],
            HourPrice = row[at(Price[0])],
            Capacity = row[at(Capacity[0])],
            OnHolidays = row[at(Holidays[0])] is "是" or "1" or "yes" or "Yes" or "true" or "TRUE",
        })],
    };

    /// <summary>一三五, 1,3,5 or Mon Wed Fri, with 7, 0, 日 and 天 for Sunday.</summary>
    static List<string> WeekdaysOf(string text)
    {
        var found = new SortedSet<int>();
        foreach (var letter in text)
            if ("日一二三四五六".IndexOf(letter, StringComparison.Ordinal) is >= 0 and var chinese)
                found.Add(chinese);
            else if (letter is >= '0' and <= '7')
                found.Add((letter - '0') % 7);
            else if (letter == '天')
                found.Add(0);
        for (var day = 0; day < 7; day++)
            if (text.Contains(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames[day], StringComparison.OrdinalIgnoreCase))
                found.Add(day);
        return [.. found.Select(AgreementForm.Write)];
    }

    int Fault(TableRow row, string[] column, string code)
    {
        errors.Add(new(row.Number, column[0], Refusal.Invalid(code)));
        return 0;
    }

    void Fault(Refusal problem, List<TableRow> rows)
    {
        var field = problem.Field ?? "";
        var inBlock = field.StartsWith("Blocks[", StringComparison.Ordinal);
        var row = inBlock ? rows[int.Parse(field[7..field.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture)] : rows[0];
        errors.Add(new(row.Number, t[SnakeCase.Of(inBlock ? field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..] : field)], problem));
    }
}

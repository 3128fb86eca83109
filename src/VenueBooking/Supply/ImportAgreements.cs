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
sealed class ImportAgreements(AppDb db, DraftAgreement drafts, Texts texts, IStringLocalizer<SupplyText> t) : IImport
{
    static readonly string[] Number = ["协议编号", "number"], Venue = ["场馆", "venue"], Party = ["对方", "counterparty"],
        Starts = ["开始日期", "starts on"], Ends = ["结束日期", "ends on"], Space = ["场地", "space"], Weekdays = ["星期", "weekdays"],
        From = ["从", "from"], To = ["到", "to"], Minutes = ["时段分钟", "slot minutes"], Price = ["每小时价格", "price per hour"],
        Capacity = ["容量", "capacity"], Holidays = ["节假日", "on holidays"];

    static readonly string[][] Needed = [Number, Venue, Party, Starts, Ends, Space, Weekdays, From, To, Minutes, Price];

    readonly List<TableError> errors = [];
    Table table = null!;

    public string Kind => "agreements";

    public async Task<(bool Done, IReadOnlyList<string> Lines)> RunAsync(Table table, CancellationToken ct)
    {
        this.table = table;
        foreach (var names in Needed)
            if (table.Require(names) is { Refusal: { } missing })
                return (false, [texts.Of(missing)]);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var groups = table.Rows.GroupBy(r => table[r, Number]).ToList();
        foreach (var rows in groups)
            await TakeAsync([.. rows], ct);
        if (errors.Count > 0)
            return (false, [.. errors.Select(e => t["agreements_import_fault", e.Row, e.Column, texts.Of(e.Refusal)])]);
        await transaction.CommitAsync(ct);
        return (true, [t["agreements_imported", groups.Count, table.Rows.Count]]);
    }

    async Task TakeAsync(List<TableRow> rows, CancellationToken ct)
    {
        var first = rows[0];
        var (name, number) = (table[first, Venue], table[first, Number]);
        if (await db.Set<Venue>().AsNoTracking().SingleOrDefaultAsync(v => v.Name == name && v.RetiredAt == null, ct) is not { } venue)
        {
            Fault(first, Venue, "agreement_venue_unknown");
            return;
        }
        var known = await db.Set<Agreement>().AsNoTracking().SingleOrDefaultAsync(a => a.Number == number, ct);
        if (known is not null && (known.State != AgreementState.Draft || known.VenueId != venue.Id))
        {
            Fault(first, Number, known.State != AgreementState.Draft ? SupplyRefusals.NotDraft.Code : SupplyRefusals.NumberTaken.Code);
            return;
        }
        var spaces = await db.Set<Space>().AsNoTracking().Where(s => s.VenueId == venue.Id && s.RetiredAt == null).ToListAsync(ct);
        var checks = new FieldChecks();
        var facts = FormOf(known, rows, spaces).Check(checks, spaces, known?.OwnerUnionId is { } owner ? new HashSet<Guid> { owner } : []);
        foreach (var problem in checks.Problems)
            Fault(problem, rows);
        if (errors.Count > 0)
            return;
        var saved = known is null ? await drafts.CreateAsync(venue.Id, facts, ct) : await drafts.SaveAsync(known.Id, known.Version, facts, ct);
        if (saved.Refusal is { } refusal)
            Fault(refusal, rows);
    }

    // A draft keeps what the file does not speak of: who books first, until when hours can go back.
    AgreementForm FormOf(Agreement? known, List<TableRow> rows, List<Space> spaces)
    {
        var form = known is null ? new AgreementForm() : AgreementForm.Of(AgreementFacts.Of(known, []));
        (form.Number, form.Counterparty) = (table[rows[0], Number], table[rows[0], Party]);
        (form.StartsOn, form.EndsOn) = (table[rows[0], Starts], table[rows[0], Ends]);
        form.Blocks = [.. rows.Select(row => new BlockForm
        {
            // Something in it always, so that no row counts as an empty block.
            Id = Guid.CreateVersion7().ToString(),
            SpaceId = spaces.FirstOrDefault(s => s.Name == table[row, Space])?.Id.ToString(),
            Weekdays = WeekdaysOf(table[row, Weekdays]),
            FromTime = table[row, From],
            ToTime = table[row, To],
            StartsOn = form.StartsOn,
            EndsOn = form.EndsOn,
            SlotMinutes = table[row, Minutes],
            HourPrice = table[row, Price],
            Capacity = table[row, Capacity],
            OnHolidays = table[row, Holidays] is "是" or "1" or "yes" or "Yes" or "true" or "TRUE",
        })];
        return form;
    }

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

    void Fault(TableRow row, string[] column, string code) => errors.Add(new(row.Number, table.Header(column), Refusal.Invalid(code)));

    void Fault(Refusal problem, List<TableRow> rows)
    {
        var field = problem.Field ?? "";
        var inBlock = field.StartsWith("Blocks[", StringComparison.Ordinal);
        var row = inBlock ? rows[int.Parse(field[7..field.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture)] : rows[0];
        errors.Add(new(row.Number, t[SnakeCase.Of(inBlock ? field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..] : field)], problem));
    }
}

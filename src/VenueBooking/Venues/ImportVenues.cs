using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Startup;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Venues;

/// <summary>
/// Venues and their spaces from a table, one space a row; rows with the same venue belong together, and what is said of the
/// venue in the first of them holds. Venues and spaces that are there, by name, take on what the file says; columns it does
/// not have stay as they are. All or nothing, and the same file again changes nothing.
/// </summary>
sealed class ImportVenues(AppDb db, EditVenue venues, EditSpace spaces, Texts texts) : IImport
{
    static readonly string[] Name = ["场馆", "venue"], NameEn = ["场馆英文名", "venue en"], Summary = ["简介", "summary"], SummaryEn = ["英文简介", "summary en"],
        Address = ["地址", "address"], Phone = ["电话", "phone"], Latitude = ["纬度", "latitude"], Longitude = ["经度", "longitude"], Open = ["开放时间", "hours"],
        Space = ["场地", "space"], SpaceEn = ["场地英文名", "space en"], Activity = ["活动", "activity"], Capacity = ["容量", "capacity"], MaxParty = ["每次人数", "max party"];

    readonly List<TableError> errors = [];
    int created, changed;
    Table table = null!;

    public string Kind => "venues";

    public async Task<(bool Done, IReadOnlyList<string> Lines)> RunAsync(Table table, CancellationToken ct)
    {
        this.table = table;
        foreach (var names in new[] { Name, Address })
            if (table.Require(names) is { Refusal: { } missing })
                return (false, [texts.Of(missing)]);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var rows in table.Rows.GroupBy(r => table[r, Name]))
        {
            var venueId = await VenueAsync(rows.First(), ct);
            foreach (var row in rows)
                await SpaceAsync(venueId, row, ct);
        }
        if (errors.Count > 0)
            return (false, [.. errors.Select(e => texts["venues_import_fault", e.Row, e.Column, texts.Of(e.Refusal)])]);
        await transaction.CommitAsync(ct);
        return (true, [texts["venues_import_done", created, changed]]);
    }

    /// <summary>The venue's id; null where it is new and something is wrong by now: then nothing is written any more.</summary>
    async Task<Guid?> VenueAsync(TableRow row, CancellationToken ct)
    {
        var name = table[row, Name];
        var known = await db.Set<Venue>().AsNoTracking().SingleOrDefaultAsync(v => v.Name == name && v.RetiredAt == null, ct);
        var form = known is null ? VenueForm.New() : VenueForm.Of(known, await db.HoursOfAsync(known.Id, ct));
        var before = known is null ? null : form.Check(new FieldChecks());
        var checks = new FieldChecks();
        var facts = Typed(form, row).Check(checks);
        Note(row, checks.Problems);
        if (errors.Count > 0 || Same(before, facts))
            return known?.Id;
        var saved = known is null ? await venues.CreateAsync(facts, ct) : await venues.ChangeAsync(known.Id, known.Version, facts, ct);
        if (saved.IsRefused)
        {
            Note(row, [saved.Refusal]);
            return null;
        }
        Count(isNew: known is null);
        return saved.Value.Id;
    }

    // Whatever is wrong elsewhere, a row is checked against the space that it would change.
    async Task SpaceAsync(Guid? venueId, TableRow row, CancellationToken ct)
    {
        var name = table[row, Space];
        if (name.Length == 0)
            return;
        var known = await db.Set<Space>().AsNoTracking().SingleOrDefaultAsync(s => s.VenueId == venueId && s.Name == name && s.RetiredAt == null, ct);
        var form = known is null ? new SpaceForm() : SpaceForm.Of(known);
        var before = known is null ? null : form.Check(new FieldChecks());
        var facts = CheckSpace(row, form);
        if (errors.Count > 0 || facts == before || venueId is not { } id)
            return;
        var saved = known is null ? await spaces.AddAsync(id, facts, ct) : await spaces.ChangeAsync(id, known.Id, known.Version, facts, ct);
        if (saved.IsRefused)
            Note(row, [saved.Refusal]);
        else
            Count(isNew: known is null);
    }

    SpaceFacts CheckSpace(TableRow row, SpaceForm form)
    {
        Set(row, Space, text => form.Name = text);
        Set(row, SpaceEn, text => form.NameEn = text);
        Set(row, Activity, text => form.Activity = CodeOf(text));
        Set(row, Capacity, text => (form.Sold, form.Capacity) = text is "" or "1" ? (SpaceForm.Exclusive, null) : (SpaceForm.Places, text));
        Set(row, MaxParty, text => form.MaxParty = text.Length > 0 ? text : form.MaxParty);
        var checks = new FieldChecks();
        var facts = form.Check(checks);
        Note(row, checks.Problems.Select(p => p.Field == nameof(SpaceForm.Name) ? p with { Field = nameof(Space) } : p));
        return facts;
    }

    VenueForm Typed(VenueForm form, TableRow row)
    {
        Set(row, Name, text => form.Name = text);
        Set(row, NameEn, text => form.NameEn = text);
        Set(row, Summary, text => form.Summary = text);
        Set(row, SummaryEn, text => form.SummaryEn = text);
        Set(row, Address, text => form.Address = text);
        Set(row, Phone, text => form.Phone = text);
        Set(row, Latitude, text => form.Latitude = text);
        Set(row, Longitude, text => form.Longitude = text);
        Set(row, Open, text => form.Hours = [.. Enumerable.Repeat(text, 7)]);
        return form;
    }

    void Set(TableRow row, string[] column, Action<string> set)
    {
        if (table.Find(column) is { } at)
            set(row[at]);
    }

    // A code, or the activity's name in either language.
    static string CodeName(Texts texts, string language, string code) => Languages.In(language, () => texts[Activities.TextKey(code)]);

    string CodeOf(string text) => Activities.All.FirstOrDefault(code => Languages.All
        .Select(language => CodeName(texts, language, code)).Append(code).Contains(text, StringComparer.OrdinalIgnoreCase)) ?? text;

    void Note(TableRow row, IEnumerable<Refusal> problems) => errors.AddRange(problems.Select(p => new TableError(row.Number, ColumnOf(p.Field), p)));

    string ColumnOf(string? field)
    {
        string[] names = field switch
        {
            nameof(VenueForm.NameEn) => NameEn,
            nameof(VenueForm.Summary) => Summary,
            nameof(VenueForm.SummaryEn) => SummaryEn,
            nameof(VenueForm.Address) => Address,
            nameof(VenueForm.Phone) => Phone,
            nameof(VenueForm.Latitude) => Latitude,
            nameof(VenueForm.Longitude) => Longitude,
            nameof(Space) => Space,
            nameof(SpaceForm.Activity) => Activity,
            nameof(SpaceForm.Capacity) or nameof(SpaceForm.Sold) => Capacity,
            nameof(SpaceForm.MaxParty) => MaxParty,
            { } hours when hours.StartsWith(nameof(VenueForm.Hours), StringComparison.Ordinal) => Open,
            _ => Name,
        };
        return table.Header(names);
    }

    void Count(bool isNew) => (created, changed) = isNew ? (created + 1, changed) : (created, changed + 1);

    static bool Same(VenueFacts? before, VenueFacts now) =>
        before is not null && before == now with { Hours = before.Hours } && before.Hours.SequenceEqual(now.Hours);
}

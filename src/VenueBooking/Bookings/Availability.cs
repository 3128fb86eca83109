using Npgsql;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// What is free. Days are kept in memory for less than a second and dropped when a booking changes them, so a "free" is never
/// older than that.
/// </summary>
public sealed class Availability(NpgsqlDataSource database, SlotCache cache, BookingWindow window, TimeProvider clock)
{
    /// <summary>Days that are offered to choose from: never fewer than people plan ahead, never more than a strip of days can hold.</summary>
    const int FewestDays = 14, MostDays = 31;

    const string Columns = """
        s.id, s.venue_id, v.name, v.name_en, s.space_id, p.name, p.name_en, s.activity, s.starts_at, s.ends_at, s.capacity, s.max_party,
        s.taken, s.state, s.audience_union_id, s.opens_at, s.all_opens_at, s.quota_lifted_at, s.closes_at, s.cancel_until, s.price_fen,
        v.address, v.latitude, v.longitude
        """;

    const string From = "from slots s join venues v on v.id = s.venue_id join spaces p on p.id = s.space_id";

    const string OfVenue = $"""
        select {Columns} {From}
        where s.venue_id = $1 and s.starts_at >= $2 and s.starts_at < $3 and s.state in ('open', 'closed')
        order by p.name, p.id, s.starts_at
        """;

    const string OfDay = $"""
        select {Columns} {From}
        where s.starts_at >= $1 and s.starts_at < $2 and s.state = 'open' and v.retired_at is null
        order by s.starts_at, p.name, s.id
        """;

    const string One = $"select {Columns} {From} where s.id = $1";

    /// <summary>How many days one can choose from, today being the first, and how many can be looked at if one asks for them.</summary>
    public async Task<(int Offered, int Reach)> DaysAsync(CancellationToken ct = default)
    {
        var ahead = await cache.GetAsync(new(Guid.Empty, SiteTime.DayOf(clock.GetUtcNow())), "window", (int _) => window.DaysAsync(default)).WaitAsync(ct);
        return (Math.Clamp(ahead + 1, FewestDays, MostDays), Math.Max(ahead + 1, FewestDays));
    }

    /// <summary>Venues with slots that can be booked now, nearest first, otherwise those with most to choose from.</summary>
    public async Task<IReadOnlyList<VenueSlots>> FindAsync(FindSlots wish, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var day = await DayAsync(wish.Date, ct);
        return [.. day.Rows
            .Where(r => IsWished(r.Slot, wish) && r.Slot.IsBookable(now, wish.UnionPath))
            .GroupBy(r => r.Slot.VenueId)
            .Select(g => Venue(g.First(), wish.Near, [.. g.Select(r => r.Slot)]))
            .OrderBy(v => v.DistanceKm ?? double.MaxValue).ThenByDescending(v => v.Slots.Count).ThenBy(v => v.Name, StringComparer.Ordinal)];
    }

    /// <summary>How many slots <see cref="FindAsync"/> would find; where none, from when on one can be booked, if ever.</summary>
    public async Task<FreeDay> CountAsync(FindSlots wish, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var (free, opens) = (0, (DateTimeOffset?)null);
        foreach (var slot in (await DayAsync(wish.Date, ct)).Slots.Where(s => IsWished(s, wish)))
            if (slot.IsBookable(now, wish.UnionPath))
                free++;
            else if (slot.Free > 0 && slot.OpensFor(wish.UnionPath) is var at && at > now && !(opens < at))
                opens = at;
        return new(free, free == 0 ? opens : null);
    }

    static bool IsWished(SlotLine slot, FindSlots wish) =>
        (wish.Activity is null || slot.Activity == wish.Activity)
        && (wish.VenueId is null || slot.VenueId == wish.VenueId)
        && (wish.TimeOfDay is null || PartOf(slot.StartsAt) == wish.TimeOfDay);

    /// <summary>The venue that a day is shown of; null when there is none, or no longer.</summary>
    public Task<VenueCard?> VenueAsync(Guid venueId, DateOnly date, CancellationToken ct = default) =>
        cache.GetAsync<VenueCard?>(new(venueId, date), "venue", async _ =>
        {
            await using var command = database.CreateCommand("select name, name_en, address, latitude, longitude from venues where id = $1 and retired_at is null").With(venueId);
            await using var row = await command.ExecuteReaderAsync();
            return await row.ReadAsync()
                ? new VenueCard(venueId, row.GetString(0), row.OptionalText(1), row.GetString(2),
                    row.Optional<double>(3), row.Optional<double>(4))
                : null;
        }).WaitAsync(ct);

    /// <summary>Every slot of a venue's day: free or not, past or to come.</summary>
    public Task<VenueDay> VenueDayAsync(Guid venueId, DateOnly date, CancellationToken ct = default) =>
        cache.GetAsync<VenueDay>(new(venueId, date), "day", async before =>
        {
            var rows = await ReadAsync(database.CreateCommand(OfVenue).With(venueId, SiteTime.StartOf(date), SiteTime.StartOf(date.AddDays(1))), ct: default);
            return before is not null && before.Slots.SequenceEqual(rows.Select(r => r.Slot)) ? before : new VenueDay([.. rows.Select(r => r.Slot)]);
        }).WaitAsync(ct);

    /// <summary>Every slot of the day that is open, at all venues.</summary>
    public async Task<IReadOnlyList<SlotLine>> AllAsync(DateOnly date, CancellationToken ct = default) => (await DayAsync(date, ct)).Slots;

    /// <summary>As it is at this moment, not from memory; null when there is none.</summary>
    public async Task<SlotLine?> SlotAsync(Guid slotId, CancellationToken ct = default) =>
        await ReadAsync(database.CreateCommand(One).With(slotId), ct) is [{ } row] ? row.Slot : null;

    /// <summary>How many places can be had now, by activity, on each of the coming days: the home page's one look.</summary>
    public async Task<IReadOnlyDictionary<(string Activity, DateOnly Day), int>> SummaryAsync(DateOnly from, int days, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var counts = new Dictionary<(string, DateOnly), int>();
        for (var day = from; day < from.AddDays(days); day = day.AddDays(1))
            foreach (var group in (await DayAsync(day, ct)).Slots.Where(s => s.IsBookable(now)).GroupBy(s => s.Activity))
                counts[(group.Key, day)] = group.Count();
        return counts;
    }

    Task<WholeDay> DayAsync(DateOnly date, CancellationToken ct) =>
        cache.GetAsync<WholeDay>(new(Guid.Empty, date), "day", async _ =>
            new WholeDay(await ReadAsync(database.CreateCommand(OfDay).With(SiteTime.StartOf(date), SiteTime.StartOf(date.AddDays(1))), ct: default))).WaitAsync(ct);

    static async Task<IReadOnlyList<Row>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var disposed = command;
        return await command.ReadAsync(row => new Row(Read(row), row.GetString(21), row.Optional<double>(22), row.Optional<double>(23)), ct);
    }

    static SlotLine Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.OptionalText(3),
        row.GetGuid(4), row.GetString(5), row.OptionalText(6), row.GetString(7),
        row.Instant(8), row.Instant(9), row.GetInt32(10), row.GetInt32(11), row.GetInt32(12),
        SnakeCase.Parse<SlotState>(row.GetString(13)), row.Optional<Guid>(14),
        row.Instant(15), row.Instant(16), row.Instant(17), row.Instant(18), row.Instant(19),
        row.GetInt32(20));

    static VenueSlots Venue(Row row, Near? near, IReadOnlyList<SlotLine> slots) => new(row.Slot.VenueId, row.Slot.VenueName, row.Slot.VenueNameEn, row.Address,
        near is { } here && row is { Latitude: { } latitude, Longitude: { } longitude } ? here.KmTo(latitude, longitude) : null, slots);

    static TimeOfDay PartOf(DateTimeOffset at) => SiteTime.TimeOf(at).Hour switch
    {
        < 12 => TimeOfDay.Morning,
        < 18 => TimeOfDay.Afternoon,
        _ => TimeOfDay.Evening,
    };

    sealed record Row(SlotLine Slot, string Address, double? Latitude, double? Longitude);

    sealed record WholeDay(IReadOnlyList<Row> Rows)
    {
        public IReadOnlyList<SlotLine> Slots { get; } = [.. Rows.Select(r => r.Slot)];
    }
}

using Npgsql;
using NpgsqlTypes;
using VenueBooking.Bookings;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Demo;

/// <summary>
/// Plausible use: evenings and weekends fuller than the rest, some who cancelled, some who did not come, and a part of the
/// coming week already booked. Nobody is in two places on one day, nor has more than the rules let one book.
/// </summary>
sealed class DemoUse(BookingRules rules, SiteTime time)
{
    readonly Dictionary<Guid, int> open = [];
    readonly Dictionary<(Guid Person, string Activity, DateOnly Week), int> minutes = [];

    sealed record SlotRow(Guid Id, Guid VenueId, string Activity, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Capacity, int MaxParty, DateTimeOffset OpensAt)
    {
        public int Minutes => (int)(EndsAt - StartsAt).TotalMinutes;
    }

    /// <param name="regulars">Who books; each at most once a day.</param>
    internal async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<DemoPeople.Person> regulars, DemoPeople.Person worker, CancellationToken ct)
    {
        var random = new Random(20260101);
        var slots = await LoadAsync(connection, ct);
        await using (var rows = await connection.BeginBinaryImportAsync(
            """
            copy bookings (id, slot_id, venue_id, member_id, union_id, activity, starts_at, ends_at, party_size, places, code, state,
                           created_at, checked_in_at, headcount, ended_at, end_reason) from stdin (format binary)
            """, ct))
        {
            var workersOwn = 0;
            foreach (var day in slots.GroupBy(s => SiteTime.DayOf(s.StartsAt)))
            {
                var people = new LinkedList<DemoPeople.Person>(regulars.OrderBy(_ => random.Next()));
                foreach (var slot in day.OrderBy(_ => random.Next()))
                {
                    if (slot.Activity == "badminton" && slot.EndsAt < time.Now && slot.StartsAt.DayOfWeek == DayOfWeek.Thursday && workersOwn < 3 && random.Next(4) == 0)
                    {
                        await WriteAsync(rows, slot, worker, 2, random, ct);
                        workersOwn++;
                        break;
                    }
                    await FillAsync(rows, slot, people, random, ct);
                }
            }
            await rows.CompleteAsync(ct);
        }
        await CountAsync(connection, ct);
    }

    async Task FillAsync(NpgsqlBinaryImporter rows, SlotRow slot, LinkedList<DemoPeople.Person> people, Random random, CancellationToken ct)
    {
        var places = slot.Capacity == 1 ? 1 : Math.Min(3, slot.Capacity);
        for (var i = 0; i < places; i++)
            if (random.NextDouble() < Wanted(slot) && Take(slot, people) is { } person)
                await WriteAsync(rows, slot, person, slot.Capacity == 1 ? random.Next(1, slot.MaxParty + 1) : 1, random, ct);
    }

    /// <summary>The first who may still have it, now no longer among those of the day.</summary>
    DemoPeople.Person? Take(SlotRow slot, LinkedList<DemoPeople.Person> people)
    {
        for (var at = people.First; at is not null; at = at.Next)
            if (MayHave(slot, at.Value))
            {
                people.Remove(at);
                return at.Value;
            }
        return null;
    }

    /// <summary>By the numbers that <see cref="BookingPolicy"/> goes by, also where they are lifted shortly before.</summary>
    bool MayHave(SlotRow slot, DemoPeople.Person person) =>
        (slot.EndsAt <= time.Now || open.GetValueOrDefault(person.Id) < rules.OpenBookings)
        && minutes.GetValueOrDefault(WeekOf(slot, person)) + slot.Minutes <= rules.WeeklyMinutes;

    void Count(SlotRow slot, DemoPeople.Person person)
    {
        if (slot.EndsAt > time.Now)
            open[person.Id] = open.GetValueOrDefault(person.Id) + 1;
        minutes[WeekOf(slot, person)] = minutes.GetValueOrDefault(WeekOf(slot, person)) + slot.Minutes;
    }

    static (Guid, string, DateOnly) WeekOf(SlotRow slot, DemoPeople.Person person) => (person.Id, slot.Activity, SiteTime.WeekOf(SiteTime.DayOf(slot.StartsAt)));

    /// <summary>How likely a place is wanted: the past is known, the coming days fill up, and the far ones are open.</summary>
    double Wanted(SlotRow slot)
    {
        if (slot.OpensAt > time.Now || slot.StartsAt > time.Now.AddDays(5))
            return 0;
        var hour = SiteTime.TimeOf(slot.StartsAt).Hour;
        return (hour is >= 18 and < 21 ? 0.6 : 0.4) * (slot.StartsAt > time.Now ? 0.4 : 1);
    }

    async Task WriteAsync(NpgsqlBinaryImporter rows, SlotRow slot, DemoPeople.Person person, int party, Random random, CancellationToken ct)
    {
        Count(slot, person);
        var state = StateOf(slot, random);
        var came = state is BookingState.Attended;
        DateTimeOffset? ended = state is BookingState.Booked ? null : state is BookingState.Cancelled ? slot.StartsAt.AddHours(-20) : slot.EndsAt;
        var created = slot.StartsAt.AddHours(-random.Next(30, 70));
        await rows.StartRowAsync(ct);
        await rows.WriteAsync(Guid.CreateVersion7(created), NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync(slot.Id, NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync(slot.VenueId, NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync(person.Id, NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync(person.UnionId!.Value, NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync(slot.Activity, ct);
        await rows.WriteAsync(slot.StartsAt, NpgsqlDbType.TimestampTz, ct);
        await rows.WriteAsync(slot.EndsAt, NpgsqlDbType.TimestampTz, ct);
        await rows.WriteAsync(party, ct);
        await rows.WriteAsync(slot.Capacity == 1 ? 1 : party, ct);
        await rows.WriteAsync(BookingCode.Make(), NpgsqlDbType.Char, ct);
        await rows.WriteAsync(SnakeCase.Word(state), ct);
        await rows.WriteAsync(created < time.Now ? created : time.Now, NpgsqlDbType.TimestampTz, ct);
        await WriteOrNullAsync(rows, came ? slot.StartsAt.AddMinutes(-random.Next(12)) : null, ct);
        if (came)
            await rows.WriteAsync(party, ct);
        else
            await rows.WriteNullAsync(ct);
        await WriteOrNullAsync(rows, ended, ct);
        if (ReasonOf(state) is { } reason)
            await rows.WriteAsync(SnakeCase.Word(reason), ct);
        else
            await rows.WriteNullAsync(ct);
    }

    BookingState StateOf(SlotRow slot, Random random) => slot.EndsAt > time.Now
        ? BookingState.Booked
        : random.NextDouble() switch { < 0.82 => BookingState.Attended, < 0.91 => BookingState.NoShow, _ => BookingState.Cancelled };

    static EndReason? ReasonOf(BookingState state) => state switch
    {
        BookingState.Cancelled => EndReason.Member,
        BookingState.NoShow => EndReason.NoShow,
        BookingState.Attended => EndReason.Attended,
        _ => null,
    };

    static Task WriteOrNullAsync(NpgsqlBinaryImporter rows, DateTimeOffset? at, CancellationToken ct) =>
        at is { } some ? rows.WriteAsync(some, NpgsqlDbType.TimestampTz, ct) : rows.WriteNullAsync(ct);

    static async Task<List<SlotRow>> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            """
            select s.id, s.venue_id, s.activity, s.starts_at, s.ends_at, s.capacity, s.max_party, s.opens_at
            from slots s join venues v on v.id = s.venue_id where v.is_demo and s.state in ('open', 'closed') order by s.starts_at, s.id
            """, connection);
        await using var reader = await select.ExecuteReaderAsync(ct);
        var slots = new List<SlotRow>();
        while (await reader.ReadAsync(ct))
            slots.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetFieldValue<DateTimeOffset>(7)));
        return slots;
    }

    static async Task CountAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var update = new NpgsqlCommand(
            """
            update slots s set taken = b.places
            from (select slot_id, sum(places) as places from bookings where state in ('booked', 'checked_in', 'attended') group by slot_id) b
            where b.slot_id = s.id
            """, connection);
        await update.ExecuteNonQueryAsync(ct);
    }
}

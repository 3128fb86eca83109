using Npgsql;
using NpgsqlTypes;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The statements of <see cref="BookingBatch"/>, and how their rows are read.</summary>
static class BatchSql
{
    /// <summary>
    /// For this transaction alone. A plan is kept for as long as the connection lives; made while a table is small it would
    /// read the table whole, and go on doing so when it has grown. By index is right at any size, and planning anew for each
    /// batch costs more than the batch.
    /// </summary>
    public const string PlanForGrowth = $"{Sql.ByIndex}, set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)";

    public const string LockMembers = """
        select m.user_id, m.state, m.union_id, u.path, u.daily_cap is not null
        from memberships m left join unions u on u.id = m.union_id
        where m.user_id = any($1)
        order by m.user_id for no key update of m
        """;

    /// <summary>A union is locked only where it has a cap, which members of one batch and of another could break together.</summary>
    public const string LockCappedUnions = """
        select id, daily_cap from unions
        where daily_cap is not null and id in (select union_id from memberships where user_id = any($1))
        order by id for no key update
        """;

    public const string SlotColumns = """
        id, venue_id, space_id, agreement_id, activity, starts_at, ends_at, capacity, max_party, taken, state,
        audience_union_id, opens_at, all_opens_at, quota_lifted_at, closes_at, cancel_until, price_fen
        """;

    public const string LockSlots = $"select {SlotColumns} from slots where id = any($1) order by id for no key update";

    public const string MemberBookings = """
        select member_id, slot_id, activity, starts_at, ends_at, state from bookings
        where member_id = any($1) and starts_at >= $2 and state in ('booked', 'checked_in', 'attended', 'no_show')
        """;

    public const string UnionDays = $"""
        with capped as (
            select id from unions
            where daily_cap is not null and id in (select union_id from memberships where user_id = any($1))),
        days as (
            select distinct (starts_at at time zone '{SiteTime.ZoneName}')::date as day from slots where id = any($2))
        select c.id, d.day, sum(b.party_size)::int
        from capped c cross join days d
        join bookings b on b.union_id = c.id and b.state in ('booked', 'checked_in', 'attended')
            and b.starts_at >= d.day::timestamp at time zone '{SiteTime.ZoneName}'
            and b.starts_at < (d.day + 1)::timestamp at time zone '{SiteTime.ZoneName}'
        group by c.id, d.day
        """;

    public const string BookingColumns = """
        id, slot_id, venue_id, member_id, union_id, activity, starts_at, ends_at, party_size, places, code, state, created_at,
        confirm_from, confirm_by, request_id, confirmed_at, checked_in_at, headcount, guest_name, walk_in
        """;

    /// <summary>A member's form is their own; one at the desk is asked for whoever was let in by it.</summary>
    public const string Repeated = $"select {BookingColumns} from bookings where request_id = any($2) and (member_id = any($1) or walk_in)";

    public const string TakePlaces = """
        update slots s set taken = s.taken + d.places from unnest($1, $2) as d (id, places) where s.id = d.id
        """;

    const string InsertBookings = """
        insert into bookings (id, slot_id, venue_id, member_id, guest_name, union_id, activity, starts_at, ends_at, party_size,
            places, code, state, walk_in, created_at, confirm_from, confirm_by, checked_in_at, checked_in_by, headcount, request_id)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        """;

    /// <summary>One for each booking, hence with its id; and nothing to conflict with, for the booking is new.</summary>
    const string InsertConfirmations = """
        insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, created_at, due_at, next_attempt_at)
        select booking, 'booking_confirmed', booking::text, member, booking, $3, $3, $3 from unnest($1, $2) as n (booking, member)
        """;

    public static NpgsqlBatchCommand Insert(IReadOnlyList<Booking> made) => new(InsertBookings)
    {
        Parameters =
        {
            Column(made, b => b.Id, NpgsqlDbType.Uuid), Column(made, b => b.SlotId, NpgsqlDbType.Uuid),
            Column(made, b => b.VenueId, NpgsqlDbType.Uuid), Column(made, b => b.MemberId, NpgsqlDbType.Uuid),
            Column(made, b => b.GuestName, NpgsqlDbType.Varchar), Column(made, b => b.UnionId, NpgsqlDbType.Uuid),
            Column(made, b => b.Activity, NpgsqlDbType.Varchar), Column(made, b => b.StartsAt, NpgsqlDbType.TimestampTz),
            Column(made, b => b.EndsAt, NpgsqlDbType.TimestampTz), Column(made, b => b.PartySize, NpgsqlDbType.Integer),
            Column(made, b => b.Places, NpgsqlDbType.Integer), Column(made, b => b.Code, NpgsqlDbType.Char),
            Column(made, b => SnakeCase.Word(b.State), NpgsqlDbType.Varchar), Column(made, b => b.WalkIn, NpgsqlDbType.Boolean),
            Column(made, b => b.CreatedAt, NpgsqlDbType.TimestampTz), Column(made, b => b.ConfirmFrom, NpgsqlDbType.TimestampTz),
            Column(made, b => b.ConfirmBy, NpgsqlDbType.TimestampTz), Column(made, b => b.CheckedInAt, NpgsqlDbType.TimestampTz),
            Column(made, b => b.CheckedInBy, NpgsqlDbType.Uuid), Column(made, b => b.Headcount, NpgsqlDbType.Integer),
            Column(made, b => b.RequestId, NpgsqlDbType.Uuid),
        },
    };

    /// <summary>Guests known by name alone have no address to write to; who was let in at the desk knows it.</summary>
    public static NpgsqlBatchCommand InsertNotices(IReadOnlyList<Booking> made, DateTimeOffset now)
    {
        var told = made.Where(b => b is { MemberId: not null, WalkIn: false }).ToList();
        return new(InsertConfirmations)
        {
            Parameters =
            {
                Column(told, b => b.Id, NpgsqlDbType.Uuid), Column(told, b => b.MemberId!.Value, NpgsqlDbType.Uuid),
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            },
        };
    }

    public static NpgsqlBatchCommand InsertAudit(AuditEntry entry, Guid bookingId) => new(
        "insert into audit_entries (id, at, actor_id, actor_name, action, subject, subject_id, after, address) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    {
        Parameters =
        {
            new() { Value = entry.Id }, new() { Value = entry.At }, new() { Value = (object?)entry.ActorId ?? DBNull.Value }, new() { Value = entry.ActorName },
            new() { Value = entry.Action }, new() { Value = entry.Subject }, new() { Value = bookingId },
            new() { Value = (object?)entry.After ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = (object?)entry.Address ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Inet },
        },
    };

    public static Slot ReadSlot(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        VenueId = row.GetGuid(1),
        SpaceId = row.GetGuid(2),
        AgreementId = row.GetGuid(3),
        Activity = row.GetString(4),
        StartsAt = row.Instant(5),
        EndsAt = row.Instant(6),
        Capacity = row.GetInt32(7),
        MaxParty = row.GetInt32(8),
        Taken = row.GetInt32(9),
        State = SnakeCase.Parse<SlotState>(row.GetString(10)),
        AudienceUnionId = row.Optional<Guid>(11),
        OpensAt = row.Instant(12),
        AllOpensAt = row.Instant(13),
        QuotaLiftedAt = row.Instant(14),
        ClosesAt = row.Instant(15),
        CancelUntil = row.Instant(16),
        PriceFen = row.GetInt32(17),
    };

    public static Booking ReadBooking(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        SlotId = row.GetGuid(1),
        VenueId = row.GetGuid(2),
        MemberId = row.Optional<Guid>(3),
        UnionId = row.Optional<Guid>(4),
        Activity = row.GetString(5),
        StartsAt = row.Instant(6),
        EndsAt = row.Instant(7),
        PartySize = row.GetInt32(8),
        Places = row.GetInt32(9),
        Code = row.GetString(10),
        State = SnakeCase.Parse<BookingState>(row.GetString(11)),
        CreatedAt = row.Instant(12),
        ConfirmFrom = row.Optional<DateTimeOffset>(13),
        ConfirmBy = row.Optional<DateTimeOffset>(14),
        RequestId = row.Optional<Guid>(15),
        ConfirmedAt = row.Optional<DateTimeOffset>(16),
        CheckedInAt = row.Optional<DateTimeOffset>(17),
        Headcount = row.Optional<int>(18),
        GuestName = row.OptionalText(19),
        WalkIn = row.GetBoolean(20),
    };

    static NpgsqlParameter<T[]> Column<T>(IReadOnlyList<Booking> rows, Func<Booking, T> value, NpgsqlDbType type)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new() { TypedValue = values, NpgsqlDbType = type | NpgsqlDbType.Array };
    }
}

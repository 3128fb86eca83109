namespace VenueBooking.Load;

static class Sql
{
    /// <summary>$1 slots of capacity $2 on spaces of their own at one load-test venue, from two days ahead, open to all.</summary>
    public const string MakeSlots = """
        with venue as (
            insert into venues (id, name, address, is_demo, created_at)
            select gen_random_uuid(), 'Load ' || gen_random_uuid(), 'nowhere', true, now() returning id),
        agreement as (
            insert into agreements (id, number, kind, venue_id, counterparty, state, starts_on, ends_on, created_at)
            select gen_random_uuid(), 'LOAD-' || left(gen_random_uuid()::text, 12), 'purchase', id, 'load', 'active', current_date, current_date + 60, now()
            from venue returning id, venue_id),
        places as (
            insert into spaces (id, venue_id, name, activity, capacity, max_party, created_at)
            select gen_random_uuid(), venue.id, 'S' || n, 'badminton', $2, 4, now()
            from venue, generate_series(1, ($1 + 9) / 10) n returning id, venue_id)
        insert into slots (id, venue_id, space_id, agreement_id, activity, starts_at, ends_at, capacity, max_party, state,
                           opens_at, all_opens_at, quota_lifted_at, closes_at, cancel_until, price_fen)
        select gen_random_uuid(), s.venue_id, s.id, a.id, 'badminton',
               t.at, t.at + interval '1 hour', $2, 4, 'open',
               now() - interval '1 day', now() - interval '1 day', t.at - interval '1 day', t.at, t.at - interval '2 hours', 6000
        from agreement a, places s, generate_series(0, 9) h,
             lateral (select date_trunc('day', now()) + interval '2 days' + h * interval '1 hour' as at) t
        limit $1
        returning id
        """;

    /// <summary>All load-test bookings gone, their slots free again: between rounds.</summary>
    public const string Forget = """
        delete from outbox where subject_id in (
            select b.id from bookings b join slots s on s.id = b.slot_id join agreements a on a.id = s.agreement_id where a.number like 'LOAD-%');
        delete from bookings where slot_id in (select s.id from slots s join agreements a on a.id = s.agreement_id where a.number like 'LOAD-%');
        update slots set taken = 0 where taken > 0 and agreement_id in (select id from agreements where number like 'LOAD-%');
        """;

    /// <summary>What must hold at any moment: no row is a violation.</summary>
    public const string Violations = """
        select (select count(*) from slots s
                left join (select slot_id, sum(places) n from bookings where state in ('booked', 'checked_in', 'attended') group by slot_id) b on b.slot_id = s.id
                where s.taken <> coalesce(b.n, 0) or s.taken > s.capacity)
             + (select count(*) from (select member_id, slot_id from bookings where state in ('booked', 'checked_in')
                group by 1, 2 having count(*) > 1) d)
             + (select count(*) from bookings a join bookings b on a.member_id = b.member_id and a.id < b.id
                where a.state in ('booked', 'checked_in') and b.state in ('booked', 'checked_in')
                  and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at))
        """;

    /// <summary>
    /// Past bookings on past slots, fourteen hours a day at 200 spaces: two million are a year. They are 100,000 members', as the
    /// floor's are; those who book in the run are some of them, one in fifty.
    /// </summary>
    public static string History(int bookings) => $"""
        with venue as (
            insert into venues (id, name, address, is_demo, created_at)
            select gen_random_uuid(), 'History ' || n, 'nowhere', true, now() from generate_series(1, 25) n returning id),
        agreement as (
            insert into agreements (id, number, kind, venue_id, counterparty, state, starts_on, ends_on, created_at)
            select gen_random_uuid(), 'HISTORY-' || left(gen_random_uuid()::text, 12), 'purchase', id, 'load', 'active', current_date - 400, current_date, now()
            from venue returning id, venue_id)
        insert into spaces (id, venue_id, name, activity, capacity, max_party, created_at)
        select gen_random_uuid(), venue.id, 'H' || n, 'gym', 2, 4, now() from venue, generate_series(1, 8) n;
        alter table slots drop constraint slots_no_overlap;
        insert into slots (id, venue_id, space_id, agreement_id, activity, starts_at, ends_at, capacity, max_party, taken, state,
                           opens_at, all_opens_at, quota_lifted_at, closes_at, cancel_until, price_fen)
        select gen_random_uuid(), s.venue_id, s.id, a.id, 'gym', t.at, t.at + interval '1 hour', 2, 4, 2, 'closed',
               t.at - interval '7 days', t.at - interval '7 days', t.at - interval '1 day', t.at, t.at, 6000
        from spaces s join agreements a on a.venue_id = s.venue_id and a.number like 'HISTORY-%',
             generate_series(1, {bookings / 2 / 200}) h, lateral (select date_trunc('day', now()) - (1 + h / 14) * interval '1 day' + (h % 14) * interval '1 hour' as at) t
        where s.name like 'H%';
        insert into bookings (id, slot_id, venue_id, member_id, activity, starts_at, ends_at, party_size, places, code, state, created_at, ended_at)
        select gen_random_uuid(), s.id, s.venue_id, m.id, 'gym', s.starts_at, s.ends_at, 1, 1,
               upper(substr(md5(s.id::text || k), 1, 6)), 'attended', s.starts_at - interval '1 day', s.ends_at
        from (select *, row_number() over (order by starts_at) as n from slots where activity = 'gym' and agreement_id in (select id from agreements where number like 'HISTORY-%')) s,
             generate_series(0, 1) k,
             (select array_agg(id) as ids from users where is_demo and email like 'member%') u,
             lateral (select case when (s.n * 2 + k) % 50 = 0 then ids[1 + (s.n * 2 + k) / 50 % cardinality(ids)] else md5(((s.n * 2 + k) % 100000)::text)::uuid end as id) m;
        alter table slots add constraint slots_no_overlap exclude using gist (space_id with =, tstzrange(starts_at, ends_at) with &&) where (state in ('open', 'closed'));
        """;

    /// <summary>
    /// Bookings that are due for something now: of members other than those who book meanwhile, one each on slots that hold all of
    /// them. Beside each other in time, which a member could not have; the sweeps do not mind.
    /// </summary>
    /// <param name="startsIn">Interval from now to the start.</param>
    /// <param name="confirmBy">SQL for the moment by which the booking must be confirmed, or null.</param>
    public static string DueBookings(int bookings, int busyMembers, string startsIn, string confirmBy) => $"""
        with crowd as (
            select id, row_number() over (order by email) as n, count(*) over () as size
            from (select id, email from users where is_demo and email like 'member%' order by email offset {busyMembers}) u),
        venue as (
            insert into venues (id, name, address, is_demo, created_at)
            values (gen_random_uuid(), 'Due ' || gen_random_uuid(), 'nowhere', true, now()) returning id),
        agreement as (
            insert into agreements (id, number, kind, venue_id, counterparty, state, starts_on, ends_on, created_at)
            select gen_random_uuid(), 'DUE-' || left(gen_random_uuid()::text, 12), 'purchase', id, 'load', 'active', current_date - 1, current_date + 60, now()
            from venue returning id, venue_id),
        places as (
            insert into spaces (id, venue_id, name, activity, capacity, max_party, created_at)
            select gen_random_uuid(), venue.id, 'D' || n, 'gym', 2000, 4, now()
            from venue, generate_series(1, (select ceil({bookings}.0 / max(size)) from crowd)::int) n returning id, venue_id, name),
        made as (
            insert into slots (id, venue_id, space_id, agreement_id, activity, starts_at, ends_at, capacity, max_party, taken, state,
                               opens_at, all_opens_at, quota_lifted_at, closes_at, cancel_until, price_fen)
            select gen_random_uuid(), s.venue_id, s.id, a.id, 'gym', t.at, t.at + interval '1 hour', 2000, 4,
                   least(c.size, {bookings} - (substr(s.name, 2)::int - 1) * c.size), 'open',
                   t.at - interval '9 days', t.at - interval '9 days', t.at - interval '1 day', t.at, t.at - interval '2 hours', 6000
            from agreement a, places s, (select max(size) as size from crowd) c, lateral (select now() + interval '{startsIn}' as at) t
            returning id, venue_id, space_id, starts_at, ends_at, taken)
        insert into bookings (id, slot_id, venue_id, member_id, activity, starts_at, ends_at, party_size, places, code, state, created_at, confirm_from, confirm_by)
        select gen_random_uuid(), m.id, m.venue_id, c.id, 'gym', m.starts_at, m.ends_at, 1, 1,
               upper(lpad(to_hex(row_number() over ()), 6, '0')), 'booked', now() - interval '5 days', {confirmBy} - interval '1 day', {confirmBy}
        from made m join crowd c on c.n <= m.taken
        """;

    public static string ToldOf(string[] kinds) => $"select count(*) from outbox where kind in ({string.Join(", ", kinds.Select(k => $"'{k}'"))})";

    /// <summary>What a job's runs that did something took together.</summary>
    public static string WorkMilliseconds(string job) =>
        $"select coalesce(sum(extract(epoch from ended_at - started_at) * 1000), 0)::bigint from job_runs where job = '{job}' and done > 0";

    /// <summary>What each job has done and where it failed, in one line: for the message when they do not come to an end.</summary>
    public const string WhatJobsSay = """
        select string_agg(format('%s %s runs, %s done, %s running%s', job, runs, done, running, ', failed: ' || error), '; ')
        from (select job, count(*) as runs, sum(done) as done, count(*) filter (where ended_at is null) as running, max(error) as error from job_runs group by job) j
        """;

    /// <summary>The floor: the same booking as one prepared statement, straight on the database.</summary>
    public static string FloorTables(int bookings) => $"""
        drop table if exists floor_slots, floor_bookings, floor_quota, floor_outbox;
        create table floor_slots (id int primary key, capacity int not null, taken int not null default 0 check (taken <= capacity)) with (fillfactor = 70);
        create table floor_bookings (id uuid primary key default gen_random_uuid(), slot_id int not null, member_id int not null, starts_at timestamptz not null default now(), state text not null default 'booked');
        create unique index on floor_bookings (member_id, slot_id) where state = 'booked';
        create index on floor_bookings (slot_id);
        create table floor_quota (member_id int, week int, minutes int not null check (minutes <= 100000000), primary key (member_id, week));
        create table floor_outbox (id uuid primary key default gen_random_uuid(), booking_id uuid not null, kind text not null, created_at timestamptz not null default now());
        insert into floor_slots select n, 1 from generate_series(1, 1000000) n;
        insert into floor_bookings (slot_id, member_id, state) select n, n % 100000, 'attended' from generate_series(1, {bookings}) n;
        vacuum analyze floor_slots; vacuum analyze floor_bookings;
        """;

    public const string FloorScript = """
        \set slot random(1, 1000000)
        \set member random(1, 100000)
        with s as (update floor_slots set taken = taken + 1 where id = :slot and taken < capacity returning id),
             q as (insert into floor_quota select :member, 1, 60 from s on conflict (member_id, week) do update set minutes = floor_quota.minutes + 60 returning 1),
             b as (insert into floor_bookings (slot_id, member_id) select id, :member from s returning id)
        insert into floor_outbox (booking_id, kind) select id, 'booking_confirmed' from b;
        """;
}

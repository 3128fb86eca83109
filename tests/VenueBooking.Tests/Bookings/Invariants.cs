namespace VenueBooking.Tests.Bookings;

/// <summary>What must hold of bookings after anything whatever has happened.</summary>
static class Invariants
{
    public static async Task HoldAsync(App app)
    {
        Assert.Equal(0, await app.Scalar<long>("""
            select count(*) from slots s where s.taken > s.capacity or s.taken <> coalesce(
                (select sum(places) from bookings b where b.slot_id = s.id and b.state in ('booked', 'checked_in', 'attended')), 0)
            """));
        Assert.Equal(0, await app.Scalar<long>("""
            select count(*) from bookings a join bookings b on a.member_id = b.member_id and a.id < b.id
                and a.starts_at < b.ends_at and b.starts_at < a.ends_at
            where a.state in ('booked', 'checked_in') and b.state in ('booked', 'checked_in')
            """));
        Assert.Equal(0, await app.Scalar<long>("""
            select count(*) from bookings b where b.member_id is not null and not b.walk_in
                and not exists (select from outbox o where o.kind = 'booking_confirmed' and o.dedupe_key = b.id::text)
            """));
    }
}

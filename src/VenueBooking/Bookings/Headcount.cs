using Npgsql;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Fewer came than were booked: the desk says how many, while the check-in can still be taken back.</summary>
public sealed record CorrectHeadcount(Guid BookingId, int Headcount, Guid DeskUserId, bool SeesAll);

public sealed class CorrectHeadcountHandler(NpgsqlDataSource database, TimeProvider clock)
{
    const string Correct = """
        update bookings b set headcount = $4
        where b.id = $1 and b.state = 'checked_in' and b.checked_in_at > $5 and $4 between 1 and b.party_size
            and ($2 or exists (select from venue_desks d where d.user_id = $3 and d.venue_id = b.venue_id))
        """;

    const string Look = """
        select party_size from bookings b
        where b.id = $1 and ($2 or exists (select from venue_desks d where d.user_id = $3 and d.venue_id = b.venue_id))
        """;

    public async Task<Outcome<Done>> HandleAsync(CorrectHeadcount wish, CancellationToken ct = default)
    {
        var since = clock.GetUtcNow() - BookingRules.UndoCheckInWithin;
        await using var correct = database.CreateCommand(Correct).With(wish.BookingId, wish.SeesAll, wish.DeskUserId, wish.Headcount, since);
        if (await correct.ExecuteNonQueryAsync(ct) == 1)
            return Done.It;
        await using var look = database.CreateCommand(Look).With(wish.BookingId, wish.SeesAll, wish.DeskUserId);
        if (await look.ExecuteScalarAsync(ct) is not int party)
            return Refusal.NotFound;
        return wish.Headcount < 1 || wish.Headcount > party ? BookingRefusals.HeadcountTooBig(party) : BookingRefusals.UndoTooLate;
    }
}

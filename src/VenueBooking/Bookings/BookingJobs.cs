using VenueBooking.Data;
using VenueBooking.Jobs;

namespace VenueBooking.Bookings;

/// <summary>"It begins soon", two hours before. Who booked later than that has just been told.</summary>
public sealed class SendReminders(BookingSweep sweep) : IRecurringJob
{
    static readonly string Before = Sql.Interval(BookingRules.RemindBefore),
        Due = $"b.state = 'booked' and b.starts_at > $1 and b.starts_at <= $1 + {Before} and b.created_at < b.starts_at - {Before}";

    public Task<int> RunAsync(CancellationToken ct) => sweep.TellAsync(BookingNotices.Reminder, Due, "b.starts_at", ct);
    public BacklogQuery Waiting => sweep.Untold(BookingNotices.Reminder, Due, $"b.starts_at - {Before}");
}

/// <summary>"Will you come?", two days before, of bookings made long ahead.</summary>
public sealed class AskReconfirmation(BookingSweep sweep) : IRecurringJob
{
    // The bound on confirm_by follows from the one on confirm_from, and is what the index has.
    static readonly string Due = $"""
        b.state = 'booked' and b.confirmed_at is null and b.confirm_by > $1
        and b.confirm_by <= $1 + {Sql.Interval(BookingRules.ConfirmFrom - BookingRules.ConfirmBy)} and b.confirm_from <= $1
        """;

    public Task<int> RunAsync(CancellationToken ct) => sweep.TellAsync(BookingNotices.Reconfirm, Due, "b.confirm_by", ct);
    public BacklogQuery Waiting => sweep.Untold(BookingNotices.Reconfirm, Due, "b.confirm_from");
}

/// <summary>Who was asked and did not answer by a day before: the place goes to others.</summary>
public sealed class ReleaseUnconfirmed(BookingSweep sweep) : IRecurringJob
{
    const string Due = "b.state = 'booked' and b.confirmed_at is null and b.confirm_by <= $1";

    public Task<int> RunAsync(CancellationToken ct) => sweep.EndAsync(Due, EndReason.Unconfirmed, ct);
    public BacklogQuery Waiting => sweep.Waiting(Due, "b.confirm_by");
}

/// <summary>Not there a quarter of an hour after the start: the place is free for whoever stands at the desk.</summary>
public sealed class MarkNoShows(BookingSweep sweep) : IRecurringJob
{
    static readonly string After = Sql.Interval(BookingRules.NoShowAfter), Due = $"b.state = 'booked' and b.starts_at <= $1 - {After}";

    public Task<int> RunAsync(CancellationToken ct) => sweep.EndAsync(Due, EndReason.NoShow, ct);
    public BacklogQuery Waiting => sweep.Waiting(Due, $"b.starts_at + {After}");
}

/// <summary>A guest whom the desk let in by name is a number after a while.</summary>
public sealed class ForgetGuests(BookingSweep sweep, BookingRules rules) : IRecurringJob
{
    string Kept => Sql.Interval(TimeSpan.FromDays(rules.GuestNamesKeptDays));
    string Due => $"b.guest_name is not null and b.starts_at < $1 - {Kept}";

    public Task<int> RunAsync(CancellationToken ct) => sweep.MarkAsync(Due, "guest_name = null", ct);
    public BacklogQuery Waiting => sweep.Waiting(Due, $"b.starts_at + {Kept}");
}

/// <summary>Checked in, and the time is over: attended.</summary>
public sealed class CloseAttended(BookingSweep sweep) : IRecurringJob
{
    const string Due = "b.state = 'checked_in' and b.starts_at < $1 and b.ends_at <= $1";

    public Task<int> RunAsync(CancellationToken ct) => sweep.MarkAsync(Due, "state = 'attended', ended_at = ends_at, end_reason = 'attended'", ct);
    public BacklogQuery Waiting => sweep.Waiting(Due, "b.ends_at");
}

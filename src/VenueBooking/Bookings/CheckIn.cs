using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Somebody shows a ticket at the desk.</summary>
/// <param name="Code">The six characters, or what the scanner read from the QR ticket.</param>
/// <param name="SeesAll">Staff; others see the venues their desk is at.</param>
/// <param name="Headcount">How many came; null: as many as were booked.</param>
/// <param name="VenueId">Where the desk is, if it says so: who stands there with a ticket for elsewhere has come to the wrong place.</param>
public sealed record CheckInByCode(string Code, Guid DeskUserId, bool SeesAll, int? Headcount = null, Guid? VenueId = null)
{
    public ClaimedKey? Key { get; init; }
}

/// <summary>The desk pressed the wrong line, within five minutes.</summary>
public sealed record UndoCheckIn(Guid BookingId, Guid DeskUserId, bool SeesAll);

/// <summary>Fewer came than were booked: the desk says how many, while the check-in can still be taken back.</summary>
public sealed record CorrectHeadcount(Guid BookingId, int Headcount, Guid DeskUserId, bool SeesAll);

public sealed class CheckInHandler(AppDb db, Audit audit, TicketToken tickets, SlotNews news, CheckInWindow window)
{
    /// <summary>A walk-in that was a mistake never was: its place is free again.</summary>
    static readonly EndBookings UndoWalkIn = new(
        $"b.id = any($2) and b.state = 'checked_in' and b.walk_in and b.checked_in_at > $1 - {Sql.Interval(BookingRules.UndoCheckInWithin)}",
        EndReason.WalkInUndone);

    public async Task<Outcome<Booking>> HandleAsync(CheckInByCode wish, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(wish.Code))
            return BookingRefusals.CodeMissing;
        var now = window.Now;
        if (await FindAsync(wish, now, ct) is not { } booking)
            return BookingRefusals.CodeUnknown;
        if (wish.VenueId is { } here && here != booking.VenueId)
            return BookingRefusals.CodeElsewhere(await VenueNameAsync(booking.VenueId, ct));
        if (WhyNot(booking, wish, now) is { } refusal)
            return refusal;
        if (!window.IsOpen(booking.StartsAt))
            return BookingRefusals.CheckInTooEarly(window.OpensAt(booking.StartsAt), booking.StartsAt, await SpaceNameAsync(booking.SlotId, ct), booking.PartySize);
        var done = await DoAsync("booking.check_in", booking.Id, null, () => CheckInAsync(booking, wish, now, ct), ct);
        var after = await ReadAsync(booking.Id, ct);
        // Another desk was quicker: what it did is the answer.
        return done ? after : WhyNot(after, wish, now) ?? BookingRefusals.TryAgain;
    }

    async Task<int> CheckInAsync(Booking booking, CheckInByCode wish, DateTimeOffset now, CancellationToken ct)
    {
        var done = await InScope(wish.DeskUserId, wish.SeesAll).Where(b => b.Id == booking.Id && b.State == BookingState.Booked)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.State, BookingState.CheckedIn).SetProperty(b => b.CheckedInAt, now)
                .SetProperty(b => b.CheckedInBy, wish.DeskUserId).SetProperty(b => b.Headcount, wish.Headcount ?? booking.PartySize), ct);
        return done == 0 || wish.Key is not { } key || await key.AnswerAsync(db.InTransaction(), BookingItem.BytesOf(await ReadAsync(booking.Id, ct)), ct) ? done : 0;
    }

    public async Task<Outcome<Booking>> HandleAsync(UndoCheckIn wish, CancellationToken ct = default)
    {
        if (await InScope(wish.DeskUserId, wish.SeesAll).FirstOrDefaultAsync(b => b.Id == wish.BookingId, ct) is not { } before)
            return Refusal.NotFound;
        var done = await DoAsync("booking.undo_check_in", before.Id, new { before.CheckedInAt, before.CheckedInBy, before.Headcount, before.WalkIn }, () =>
            before.WalkIn ? UndoWalkIn.RunAsync(db, window.Now, [before.Id], ct)
            : JustCheckedIn(before.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.State, BookingState.Booked)
                .SetProperty(b => b.CheckedInAt, (DateTimeOffset?)null).SetProperty(b => b.CheckedInBy, (Guid?)null)
                .SetProperty(b => b.Headcount, (int?)null), ct), ct);
        var booking = await ReadAsync(before.Id, ct);
        if (!done)
            return TooLate(booking);
        news.Report(booking.VenueId, SiteTime.DayOf(booking.StartsAt));
        return booking;
    }

    public async Task<Outcome<Booking>> HandleAsync(CorrectHeadcount wish, CancellationToken ct = default)
    {
        if (await InScope(wish.DeskUserId, wish.SeesAll).FirstOrDefaultAsync(b => b.Id == wish.BookingId, ct) is not { } before)
            return Refusal.NotFound;
        // First: what cannot be corrected any more has no right number.
        if (!await JustCheckedIn(before.Id).AnyAsync(ct))
            return TooLate(before);
        if (wish.Headcount < 1 || wish.Headcount > before.PartySize)
            return BookingRefusals.HeadcountOutOfRange(before.PartySize);
        var done = await DoAsync("booking.headcount", before.Id, new { before.Headcount }, () =>
            JustCheckedIn(before.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.Headcount, wish.Headcount), ct), ct, new { wish.Headcount });
        var booking = await ReadAsync(before.Id, ct);
        return done ? booking : TooLate(booking);
    }

    /// <summary>The deed and its line in the audit log, or neither; false where there was nothing left to do.</summary>
    async Task<bool> DoAsync(string action, Guid bookingId, object? before, Func<Task<int>> deed, CancellationToken ct, object? after = null)
    {
        await using var work = await db.Database.BeginTransactionAsync(ct);
        if (await deed() == 0)
            return false;
        audit.Record(action, "booking", bookingId, before, after);
        await db.SaveChangesAsync(ct);
        await work.CommitAsync(ct);
        return true;
    }

    /// <summary>The booking, while its check-in can still be corrected.</summary>
    IQueryable<Booking> JustCheckedIn(Guid bookingId)
    {
        var since = window.Now - BookingRules.UndoCheckInWithin;
        return db.Set<Booking>().Where(b => b.Id == bookingId && b.State == BookingState.CheckedIn && b.CheckedInAt > since);
    }

    static Refusal TooLate(Booking booking) => booking.State == BookingState.CheckedIn ? BookingRefusals.UndoTooLate : BookingRefusals.NotCheckedIn;

    /// <summary>The live booking with the code; failing that the last one of today, to say what became of it.</summary>
    async Task<Booking?> FindAsync(CheckInByCode wish, DateTimeOffset now, CancellationToken ct)
    {
        var bookings = InScope(wish.DeskUserId, wish.SeesAll);
        if (BookingCode.Read(wish.Code) is not { } code)
            return await tickets.ReadAsync(wish.Code, now, ct) is { } id ? await bookings.FirstOrDefaultAsync(b => b.Id == id, ct) : null;
        var from = SiteTime.StartOf(SiteTime.DayOf(now));
        var candidates = await bookings
            .Where(b => b.Code == code && (b.State == BookingState.Booked || b.State == BookingState.CheckedIn || b.StartsAt >= from))
            .ToListAsync(ct);
        return candidates.OrderByDescending(b => b.IsActive).ThenByDescending(b => b.VenueId == wish.VenueId).ThenBy(b => (b.StartsAt - now).Duration()).FirstOrDefault();
    }

    async Task<string> VenueNameAsync(Guid id, CancellationToken ct)
    {
        var venue = await db.Set<Venue>().AsNoTracking().SingleAsync(v => v.Id == id, ct);
        return VenueNames.Local(venue.Name, venue.NameEn);
    }

    async Task<string> SpaceNameAsync(Guid slotId, CancellationToken ct)
    {
        var space = await db.Set<Space>().AsNoTracking().SingleAsync(s => db.Set<Slot>().Any(slot => slot.Id == slotId && slot.SpaceId == s.Id), ct);
        return VenueNames.Local(space.Name, space.NameEn);
    }

    static Refusal? WhyNot(Booking booking, CheckInByCode wish, DateTimeOffset now) => booking switch
    {
        { State: BookingState.CheckedIn or BookingState.Attended } => BookingRefusals.AlreadyCheckedIn(booking.CheckedInAt ?? booking.StartsAt),
        { IsActive: false } => BookingRefusals.CodeEnded(booking.State),
        _ when booking.EndsAt <= now => BookingRefusals.CodeWrongDay(booking.StartsAt),
        _ when wish.Headcount is { } came && (came < 1 || came > booking.PartySize) => BookingRefusals.HeadcountOutOfRange(booking.PartySize),
        _ => null,
    };

    IQueryable<Booking> InScope(Guid deskUserId, bool seesAll)
    {
        var bookings = db.Set<Booking>().AsNoTracking();
        return seesAll ? bookings
            : bookings.Where(b => db.Set<VenueDesk>().Any(d => d.UserId == deskUserId && d.VenueId == b.VenueId));
    }

    Task<Booking> ReadAsync(Guid id, CancellationToken ct) => db.Set<Booking>().AsNoTracking().SingleAsync(b => b.Id == id, ct);
}

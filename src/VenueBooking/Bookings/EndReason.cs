using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Why a booking is over. It decides what the booking has become, which mail says so, and the words for it in ticket, mail and list.</summary>
public enum EndReason
{
    /// <summary>The member gave it back.</summary>
    Member,
    MembershipEnded,
    /// <summary>The member's account was deleted.</summary>
    Erased,
    /// <summary>The slot was closed: by a closure of the venue, or by staff.</summary>
    Closed,
    /// <summary>The slot is no longer offered.</summary>
    Withdrawn,
    /// <summary>The agreement that brought the slot ended early.</summary>
    Terminated,
    /// <summary>The desk let somebody in by mistake.</summary>
    WalkInUndone,
    Unconfirmed,
    NoShow,
    Attended,
}

public static class EndReasons
{
    public static BookingState State(this EndReason reason) => reason switch
    {
        EndReason.Unconfirmed => BookingState.Released,
        EndReason.NoShow => BookingState.NoShow,
        EndReason.Attended => BookingState.Attended,
        _ => BookingState.Cancelled,
    };

    /// <summary>The mail that says so; null: nobody is told.</summary>
    public static string? Notice(this EndReason reason) => reason switch
    {
        EndReason.Member or EndReason.MembershipEnded or EndReason.Erased => BookingNotices.Cancelled,
        EndReason.Closed or EndReason.Withdrawn or EndReason.Terminated => BookingNotices.Closed,
        EndReason.Unconfirmed => BookingNotices.Released,
        EndReason.NoShow => BookingNotices.NoShow,
        _ => null,
    };

    /// <summary>The key of the sentence that tells it: in the ticket and in the mail.</summary>
    public static string TextKey(this EndReason reason) => "booking_ended_" + SnakeCase.Word(reason);

    /// <summary>The key of the few words beside the state in a list; null where the state says it all.</summary>
    public static string? ShortKey(this EndReason reason) => reason is EndReason.Attended ? null : reason.TextKey() + "_short";

    /// <summary>Why a booking is over, in a sentence; null while it stands.</summary>
    public static string? WhyEnded(this Texts texts, Booking booking) =>
        booking.EndReason is { } reason ? texts[reason.TextKey(), new LocalMoment(booking.EndedAt ?? booking.EndsAt)] : null;

    /// <summary>The same in a few words.</summary>
    public static string? WhyEndedShort(this Texts texts, Booking booking) => booking.EndReason?.ShortKey() is { } key ? texts[key] : null;
}

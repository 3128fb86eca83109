using VenueBooking.Shared.Parts;

namespace VenueBooking.Bookings;

/// <summary>What a booking is to its owner at this moment; derived, never stored.</summary>
public enum TicketState { Booked, Confirm, CheckedIn, Attended, Cancelled, Released, NoShow }

public static class TicketStates
{
    public static TicketState Of(Booking booking, DateTimeOffset now) => booking.AwaitsConfirmation(now) ? TicketState.Confirm : Of(booking);

    /// <summary>Without what is asked of its owner: as the desk sees it.</summary>
    public static TicketState Of(Booking booking) => booking.State switch
    {
        BookingState.Booked => TicketState.Booked,
        BookingState.CheckedIn => TicketState.CheckedIn,
        BookingState.Attended => TicketState.Attended,
        BookingState.Cancelled => TicketState.Cancelled,
        BookingState.Released => TicketState.Released,
        BookingState.NoShow => TicketState.NoShow,
        _ => throw new InvalidOperationException($"a booking cannot be {booking.State}"),
    };

    /// <summary>The key of its word in PageText.</summary>
    public static string TextKey(this TicketState state) => "state_" + state switch
    {
        TicketState.Confirm => "confirm",
        TicketState.CheckedIn => "checked_in",
        TicketState.Attended => "attended",
        TicketState.Cancelled => "cancelled",
        TicketState.Released => "released",
        TicketState.NoShow => "no_show",
        _ => "booked",
    };

    public static Mood Mood(this TicketState state) => state switch
    {
        TicketState.Booked => Shared.Parts.Mood.Info,
        TicketState.Confirm => Shared.Parts.Mood.Warn,
        TicketState.CheckedIn or TicketState.Attended => Shared.Parts.Mood.Good,
        TicketState.NoShow => Shared.Parts.Mood.Bad,
        _ => Shared.Parts.Mood.Off,
    };
}

using VenueBooking.Data;
using VenueBooking.Shared.Parts;

namespace VenueBooking.Bookings;

/// <summary>What a booking is to its owner at this moment: its state, or that it waits to be confirmed. Derived, never stored.</summary>
public enum TicketState
{
    Booked = BookingState.Booked,
    CheckedIn = BookingState.CheckedIn,
    Attended = BookingState.Attended,
    Cancelled = BookingState.Cancelled,
    Released = BookingState.Released,
    NoShow = BookingState.NoShow,
    Confirm,
}

public static class TicketStates
{
    public static TicketState Of(Booking booking, DateTimeOffset now) => booking.AwaitsConfirmation(now) ? TicketState.Confirm : Of(booking);

    /// <summary>Without what is asked of its owner: as the desk sees it.</summary>
    public static TicketState Of(Booking booking) => (TicketState)booking.State;

    /// <summary>The key of its word in PageText.</summary>
    public static string TextKey(this TicketState state) => "state_" + SnakeCase.Word(state);

    public static Mood Mood(this TicketState state) => state switch
    {
        TicketState.Booked => Shared.Parts.Mood.Info,
        TicketState.Confirm => Shared.Parts.Mood.Warn,
        TicketState.CheckedIn or TicketState.Attended => Shared.Parts.Mood.Good,
        TicketState.NoShow => Shared.Parts.Mood.Bad,
        _ => Shared.Parts.Mood.Off,
    };
}

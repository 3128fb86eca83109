using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A slot on the wire. Times are ISO 8601 with offset; money is 分.</summary>
/// <param name="Free">Places left.</param>
/// <param name="OpensAt">From when every member may book.</param>
public sealed record SlotItem(Guid Id, Guid VenueId, string VenueName, Guid SpaceId, string SpaceName, string Activity, DateTimeOffset StartsAt,
    DateTimeOffset EndsAt, int Capacity, int Free, string State, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, int PriceFen)
{
    public static SlotItem Of(SlotLine slot) => new(slot.Id, slot.VenueId, slot.VenueLocalName, slot.SpaceId, slot.SpaceLocalName, slot.Activity,
        slot.StartsAt, slot.EndsAt, slot.Capacity, slot.Free, SnakeCase.Word(slot.State), slot.AllOpensAt, slot.ClosesAt, slot.PriceFen);
}

/// <summary>A booking on the wire.</summary>
/// <param name="Code">Six characters for the desk.</param>
/// <param name="State">booked, checked_in, attended, cancelled, released or no_show.</param>
/// <param name="ConfirmFrom">From when until when (confirmBy) it is to be confirmed; null: it need not be.</param>
/// <param name="Headcount">How many came, of those booked; null: nobody has checked in.</param>
public sealed record BookingItem(Guid Id, string Code, string State, Guid SlotId, Guid VenueId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int PartySize,
    DateTimeOffset CreatedAt, DateTimeOffset? ConfirmFrom, DateTimeOffset? ConfirmBy, DateTimeOffset? ConfirmedAt,
    DateTimeOffset? CheckedInAt, int? Headcount)
{
    public static BookingItem Of(Booking booking) => new(booking.Id, booking.Code, SnakeCase.Word(booking.State), booking.SlotId, booking.VenueId,
        booking.StartsAt, booking.EndsAt, booking.PartySize, booking.CreatedAt, booking.ConfirmFrom, booking.ConfirmBy, booking.ConfirmedAt, booking.CheckedInAt, booking.Headcount);

    /// <summary>As it is answered, and kept to be answered again.</summary>
    public static byte[] BytesOf(Booking booking) => JsonSerializer.SerializeToUtf8Bytes(Of(booking), BookingJson.Wire.BookingItem);
}

/// <summary>How many people come; 1 when left out.</summary>
public sealed record BookingBody(int? PartySize = null);

/// <param name="Code">Six characters, or what a scanner read from a QR ticket.</param>
/// <param name="Headcount">How many came; as many as booked when left out.</param>
public sealed record CheckInBody(string? Code, int? Headcount = null);

/// <summary>Public half of the key that signs QR tickets, for desks that check them offline.</summary>
/// <param name="Spki">SubjectPublicKeyInfo (P-256), Base64.</param>
/// <param name="StepSeconds">Length of the time step in a token.</param>
public sealed record TicketKey(string Spki, int StepSeconds);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Page<SlotItem>)), JsonSerializable(typeof(Page<BookingItem>)), JsonSerializable(typeof(BookingItem))]
[JsonSerializable(typeof(BookingBody)), JsonSerializable(typeof(CheckInBody)), JsonSerializable(typeof(TicketKey)), JsonSerializable(typeof(SlotItem[]))]
sealed partial class BookingJson : JsonSerializerContext
{
    /// <summary>Chinese as it is, not escaped; a number is a number, not a text that looks like one.</summary>
    public static readonly BookingJson Wire = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        NumberHandling = JsonNumberHandling.Strict,
    });
}

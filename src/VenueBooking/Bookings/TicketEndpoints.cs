using System.Security.Claims;
using System.Text;
using Microsoft.EntityFrameworkCore;
using QRCoder;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Bookings;

/// <summary>What hangs on a booking's page: its QR code, its calendar file; and the member's feed.</summary>
static class TicketEndpoints
{
    /// <summary>Calendars look before they fetch.</summary>
    static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/bookings/{id:guid}").RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        own.MapGet("/qr.svg", QrAsync).WithName(Links.QrName);
        own.MapMethods("/calendar.ics", GetAndHead, IcsAsync).WithName(Links.IcsName);
        routes.MapMethods("/calendar/{token}.ics", GetAndHead, FeedAsync).WithName(Links.FeedName).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>For as long as the booking lets somebody in. The picture is good for half a minute, so nobody may keep it.</summary>
    static async Task<IResult> QrAsync(Guid id, ClaimsPrincipal user, AppDb db, TicketToken tickets, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var (member, now) = (CurrentMember.IdOf(user), clock.GetUtcNow());
        if (!await db.Set<Booking>().AnyAsync(b => b.Id == id && b.MemberId == member && b.EndsAt > now
                && (b.State == BookingState.Booked || b.State == BookingState.CheckedIn), ct))
            return TypedResults.NotFound();
        using var code = QRCodeGenerator.GenerateQrCode(await tickets.MakeAsync(id, ct), QRCodeGenerator.ECCLevel.M);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(new SvgQRCode(code).GetGraphic(8), "image/svg+xml", Encoding.UTF8);
    }

    static async Task<IResult> IcsAsync(Guid id, ClaimsPrincipal user, AppDb db, BookingCalendar calendar, HttpResponse response, CancellationToken ct)
    {
        var member = CurrentMember.IdOf(user);
        var facts = await BookingFacts.Of(db, db.Set<Booking>().AsNoTracking().Where(b => b.Id == id && b.MemberId == member)).FirstOrDefaultAsync(ct);
        if (facts is null)
            return TypedResults.NotFound();
        response.Headers.CacheControl = "no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(calendar.One(facts, "PUBLISH")), Ics.MediaType + "; charset=utf-8", $"booking-{facts.Booking.Code}.ics");
    }

    static async Task<IResult> FeedAsync(string token, CalendarFeeds feeds, HttpResponse response, CancellationToken ct)
    {
        if (await feeds.ReadAsync(token, ct) is not { } calendar)
            return TypedResults.NotFound();
        response.Headers.CacheControl = "private, max-age=300";
        return TypedResults.Text(calendar, Ics.MediaType, Encoding.UTF8);
    }
}

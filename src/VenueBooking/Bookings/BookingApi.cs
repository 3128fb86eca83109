using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using VenueBooking.Accounts;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The JSON API of slots and bookings.</summary>
static class BookingApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/slots", SlotsAsync).WithTags("Slots").AllowAnonymous().RequireRateLimiting(RateLimits.Read).Produces<Page<SlotItem>>()
            .WithSummary("Slots of one day (today when left out), by start; free=true: only those that can be booked now.");
        var mine = routes.MapGroup("/api/v1").WithTags("Bookings").RequireAuthorization(Policies.SignedIn).RequireRateLimiting(RateLimits.Write)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        mine.MapPost("/slots/{id:guid}/bookings", BookAsync).TakesJson<BookingBody>().Produces<BookingItem>(StatusCodes.Status201Created)
            .WithSummary("Books a slot. The same Idempotency-Key books once.");
        mine.MapGet("/bookings", ListAsync).WithSummary("The caller's bookings, the latest first.");
        mine.MapGet("/bookings/{id:guid}", OneAsync).Produces<BookingItem>().WithName("booking");
        mine.MapPost("/bookings/{id:guid}/cancellation", CancelAsync).AddEndpointFilter<Idempotency>().Produces<BookingItem>();
        mine.MapPost("/bookings/{id:guid}/confirmation", ConfirmAsync).AddEndpointFilter<Idempotency>().Produces<BookingItem>();
        var desk = routes.MapGroup("/api/v1").WithTags("Desk").RequireAuthorization(Policies.Desk).RequireRateLimiting(RateLimits.Write)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        desk.MapPost("/check-ins", CheckInAsync).AddEndpointFilter<Idempotency>().TakesJson<CheckInBody>().Produces<BookingItem>();
        desk.MapGet("/ticket-key", async (TicketToken tickets, CancellationToken ct) =>
            TypedResults.Ok(new TicketKey(Convert.ToBase64String(await tickets.PublicKeyAsync(ct)), TicketToken.StepSeconds)));
    }

    static async Task<IResult> SlotsAsync(
        string? date, string? activity, string? venueId, string? free, string? cursor, SlotList slots, SiteTime time, Texts texts, CancellationToken ct)
    {
        var query = SlotQuery.Read(time.Today, date, activity, venueId, free, cursor);
        return query.IsRefused ? texts.Problem(query.Refusal) : new JsonBytes(await slots.JsonAsync(query.Value, ct));
    }

    static async Task<IResult> BookAsync(
        Guid id, HttpRequest request, [FromHeader(Name = Idempotency.Header)] string? key, ClaimsPrincipal user, BookSlotHandler handler, Texts texts, CancellationToken ct)
    {
        var body = await ReadAsync(request, BookingJson.Wire.BookingBody, new(null), ct);
        if (body.IsRefused)
            return texts.Problem(body.Refusal);
        var member = CurrentMember.IdOf(user)!.Value;
        if (!Idempotency.TryRequestId(member, key, out var requestId))
            return texts.Problem(Idempotency.InvalidKey);
        var made = await handler.HandleAsync(new(requestId, id, member, body.Value.PartySize ?? 1), ct);
        return made.IsRefused ? texts.Problem(made.Refusal) : TypedResults.Created($"/api/v1/bookings/{made.Value.Id}", BookingItem.Of(made.Value));
    }

    static async Task<IResult> ListAsync(string? cursor, ClaimsPrincipal user, MemberBookings bookings, Texts texts, CancellationToken ct)
    {
        if (!Cursor.TryParseTime(cursor, out var after))
            return texts.Problem(Refusal.Invalid("invalid_cursor", "cursor"));
        var page = await bookings.AllAsync(CurrentMember.IdOf(user)!.Value, after, ct: ct);
        return TypedResults.Ok(new Page<BookingItem>([.. page.Items.Select(b => BookingItem.Of(b.Booking))], page.Next));
    }

    static async Task<IResult> OneAsync(Guid id, ClaimsPrincipal user, MemberBookings bookings, Texts texts, CancellationToken ct) =>
        await bookings.OneAsync(CurrentMember.IdOf(user)!.Value, id, ct) is { } found ? TypedResults.Ok(BookingItem.Of(found.Booking)) : texts.Problem(Refusal.NotFound);

    static async Task<IResult> CancelAsync(Guid id, ClaimsPrincipal user, CancelBookingHandler handler, Texts texts, CancellationToken ct) =>
        Answer(await handler.HandleAsync(new(id, CurrentMember.IdOf(user)!.Value), ct), texts);

    static async Task<IResult> ConfirmAsync(Guid id, ClaimsPrincipal user, ConfirmBookingHandler handler, Texts texts, CancellationToken ct) =>
        Answer(await handler.HandleAsync(new(id, CurrentMember.IdOf(user)!.Value), ct), texts);

    static async Task<IResult> CheckInAsync(HttpRequest request, CurrentMember desk, CheckInHandler handler, Texts texts, CancellationToken ct)
    {
        var body = await ReadAsync(request, BookingJson.Wire.CheckInBody, new(null, null), ct);
        return body.IsRefused ? texts.Problem(body.Refusal)
            : Answer(await handler.HandleAsync(new CheckInByCode(body.Value.Code ?? "", desk.Id, desk.SeesAll, body.Value.Headcount), ct), texts);
    }

    static IResult Answer(Outcome<Booking> outcome, Texts texts) =>
        outcome.IsRefused ? texts.Problem(outcome.Refusal) : TypedResults.Ok(BookingItem.Of(outcome.Value));

    /// <summary>No body at all stands for <paramref name="none"/>; anything that is no such JSON is refused in words.</summary>
    static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, T none, CancellationToken ct) where T : class
    {
        if (request.ContentLength is null or 0 && !request.HasJsonContentType())
            return none;
        if (!request.HasJsonContentType())
            return new Refusal("not_json", null, StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, ct) ?? none;
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException)
        {
            return new Refusal("invalid_body", null, StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>JSON that is bytes already.</summary>
    sealed class JsonBytes(byte[] bytes) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = bytes.Length;
            httpContext.Response.Headers.CacheControl = "no-cache";
            return httpContext.Response.Body.WriteAsync(bytes, 0, bytes.Length, httpContext.RequestAborted);
        }
    }
}

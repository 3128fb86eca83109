using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using VenueBooking.Accounts;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The JSON API of slots and bookings.</summary>
static class BookingApi
{
    const string Root = "/api/v1";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Root}/slots", SlotsAsync).WithTags("Slots").AllowAnonymous().RequireRateLimiting(RateLimits.Read)
            .WithName("listSlots").WithSummary("Slots of one day (today when left out), by start").Produces<Page<SlotItem>>()
            .Example("activity", "badminton").Refuses(422, "invalid_date", "invalid_activity", "invalid_id", "invalid_flag", "invalid_cursor");
        var mine = routes.MapGroup(Root).WithTags("Bookings").RequireAuthorization(Policies.SignedIn).RequireRateLimiting(RateLimits.Write);
        mine.MapPost("/slots/{id:guid}/bookings", BookAsync).WithName("book").WithSummary("Books a slot. The same Idempotency-Key books once")
            .TakesJson<BookingBody>(new JsonObject { ["partySize"] = 2 }).Produces<BookingItem>(StatusCodes.Status201Created).WithMetadata(new ApiKey())
            .Refuses(403, "not_audience", "not_verified", "membership_ended").Refuses(404, "not_found")
            .Refuses(409, "slot_closed", "slot_past", "slot_not_open", "already_booked", "slot_full", "too_few_places", "own_clash", "open_bookings_used", "quota_used", "union_day_full")
            .Refuses(422, "party_too_small", "party_too_big", "invalid_idempotency_key", "idempotency_key_reused").Refuses(413, "body_too_large").Refuses(503, "try_again")
            .Tells<SlotItem[]>(Alternatives.Member, "Where another slot would help: up to three that you could book now, the nearest first.", 403, 409);
        mine.MapGet("/bookings", ListAsync).WithName("listBookings").WithSummary("Your bookings, the latest first").Produces<Page<BookingItem>>().Refuses(422, "invalid_cursor");
        mine.MapGet("/bookings/{id:guid}", OneAsync).WithName("booking").WithSummary("One of your bookings").Produces<BookingItem>().Refuses(404, "not_found");
        mine.MapPost("/bookings/{id:guid}/cancellation", CancelAsync).Once().WithName("cancelBooking").WithSummary("Cancels one of your bookings")
            .Produces<BookingItem>().Refuses(404, "not_found").Refuses(409, "already_cancelled", "cancel_too_late", "not_cancellable").Refuses(503, "try_again");
        mine.MapPost("/bookings/{id:guid}/confirmation", ConfirmAsync).Once().WithName("confirmBooking").WithSummary("Says that you will come, where that is asked")
            .Produces<BookingItem>().Refuses(404, "not_found").Refuses(409, "confirm_too_early", "not_confirmable").Refuses(503, "try_again");
        var desk = routes.MapGroup(Root).WithTags("Desk").RequireAuthorization(Policies.Desk).RequireRateLimiting(RateLimits.Write);
        desk.MapPost("/check-ins", CheckInAsync).Once().WithName("checkIn").WithSummary("Checks in who shows a ticket")
            .TakesJson<CheckInBody>(new JsonObject { ["code"] = "AF73FM", ["headcount"] = 2 }).Produces<BookingItem>()
            .Refuses(404, "code_unknown").Refuses(409, "check_in_too_early", "code_wrong_day", "code_cancelled", "code_released", "code_no_show", "already_checked_in")
            .Refuses(422, "code_missing", "headcount_out_of_range").Refuses(503, "try_again");
        desk.MapGet("/ticket-key", async (TicketToken tickets, CancellationToken ct) =>
            TypedResults.Ok(new TicketKey(Convert.ToBase64String(await tickets.PublicKeyAsync(ct)), TicketToken.StepSeconds)))
            .WithName("ticketKey").WithSummary("The public key to verify tickets without network");
    }

    static async Task<IResult> SlotsAsync(
        [Description("A day in Asia/Shanghai, 2026-06-01")] string? date, [Description("A code such as badminton")] string? activity,
        [Description("Of one venue")] string? venueId, [Description("true: only what can be booked now")] string? free,
        [Description(Cursor.Description)] string? cursor, SlotList slots, SiteTime time, Texts texts, CancellationToken ct)
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
        var (made, instead) = await handler.BookOrOfferAsync(new(requestId, id, member, body.Value.PartySize ?? 1), ct);
        return made.IsRefused ? Refused(made.Refusal, instead, texts) : Created(made.Value);
    }

    static IResult Refused(Refusal refusal, IReadOnlyList<SlotLine>? instead, Texts texts)
    {
        var details = Problems.Details(texts, refusal);
        if (instead is not null)
            details.Extensions[Alternatives.Member] = instead.Select(SlotItem.Of).ToArray();
        return Results.Problem(details);
    }

    static async Task<IResult> ListAsync([Description(Cursor.Description)] string? cursor, ClaimsPrincipal user, MemberBookings bookings, Texts texts, CancellationToken ct)
    {
        if (!Cursor.TryParseTime(cursor, out var after))
            return texts.Problem(Cursor.Refused);
        var page = await bookings.AllAsync(CurrentMember.IdOf(user)!.Value, after, ct: ct);
        return TypedResults.Ok(new Page<BookingItem>([.. page.Items.Select(b => BookingItem.Of(b.Booking))], page.Next));
    }

    static async Task<IResult> OneAsync(Guid id, ClaimsPrincipal user, MemberBookings bookings, Texts texts, CancellationToken ct) =>
        await bookings.OneAsync(CurrentMember.IdOf(user)!.Value, id, ct) is { } found ? TypedResults.Ok(BookingItem.Of(found.Booking)) : texts.Problem(Refusal.NotFound);

    static async Task<IResult> CancelAsync(Guid id, HttpContext http, CancelBookingHandler handler, Texts texts, CancellationToken ct) =>
        Answer(await handler.HandleAsync(new(id, CurrentMember.IdOf(http.User)!.Value, KeyOf(http)), ct), texts);

    static async Task<IResult> ConfirmAsync(Guid id, HttpContext http, ConfirmBookingHandler handler, Texts texts, CancellationToken ct) =>
        Answer(await handler.HandleAsync(new(id, CurrentMember.IdOf(http.User)!.Value, KeyOf(http)), ct), texts);

    static async Task<IResult> CheckInAsync(HttpRequest request, CurrentMember desk, CheckInHandler handler, Texts texts, CancellationToken ct)
    {
        var body = await ReadAsync(request, BookingJson.Wire.CheckInBody, new(null, null), ct);
        return body.IsRefused ? texts.Problem(body.Refusal)
            : Answer(await handler.HandleAsync(new CheckInByCode(body.Value.Code ?? "", desk.Id, desk.SeesAll, body.Value.Headcount) { Key = KeyOf(request.HttpContext) }, ct), texts);
    }

    static ClaimedKey? KeyOf(HttpContext http) => http.Features.Get<ClaimedKey>();

    /// <summary>Written at once by generated code: what most answers in a rush are.</summary>
    static JsonBytes Created(Booking booking) => new(BookingItem.BytesOf(booking))
    {
        Status = StatusCodes.Status201Created,
        Location = $"{Root}/bookings/{booking.Id}",
    };

    static IResult Answer(Outcome<Booking> outcome, Texts texts) =>
        outcome.IsRefused ? texts.Problem(outcome.Refusal) : new JsonBytes(BookingItem.BytesOf(outcome.Value));

    /// <summary>No body at all stands for <paramref name="none"/>; anything that is no such JSON is refused in words.</summary>
    static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, T none, CancellationToken ct) where T : class
    {
        if (!HasBody(request))
            return none;
        if (!request.HasJsonContentType())
            return new Refusal("not_json", null, StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await JsonSerializer.DeserializeAsync(request.BodyReader, type, ct) ?? none;
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Refusal("body_too_large", null, StatusCodes.Status413PayloadTooLarge);
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException)
        {
            return new Refusal("invalid_body", null, StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Also one that comes in pieces and does not say how long it is.</summary>
    static bool HasBody(HttpRequest request) => request.ContentLength > 0
        || (request.ContentLength is null && (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.HasJsonContentType()));

    /// <summary>JSON that is bytes already.</summary>
    sealed class JsonBytes(byte[] bytes) : IResult
    {
        public int Status { get; init; } = StatusCodes.Status200OK;
        public string? Location { get; init; }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            (response.StatusCode, response.ContentLength) = (Status, bytes.Length);
            response.ContentType = "application/json; charset=utf-8";
            response.Headers.CacheControl = "no-cache";
            response.Headers.Location = Location;
            return response.Body.WriteAsync(bytes, 0, bytes.Length, httpContext.RequestAborted);
        }
    }
}

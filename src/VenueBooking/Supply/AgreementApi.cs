using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>An agreement on the wire. Money in 分, times as the site's wall clock, weekdays 0 (Sunday) to 6, midnight as an end <c>24:00</c>.</summary>
public sealed record AgreementItem(
    Guid Id, string Number, AgreementKind Kind, AgreementState State, Guid VenueId, string Counterparty, DateOnly? SignedOn, DateOnly StartsOn, DateOnly EndsOn,
    Guid? OwnerUnionId, int OwnDays, int AllDays, int QuotaLiftedHours, int ClosesMinutes, int CancelHours, int? ReturnHours, int ReturnPercent);

public sealed record AgreementDetail(AgreementItem Agreement, IReadOnlyList<BlockItem> Blocks, AgreementSums Totals);

public sealed record BlockItem(
    Guid Id, Guid SpaceId, IReadOnlyList<int> Weekdays, string FromTime, string ToTime, DateOnly StartsOn, DateOnly EndsOn,
    int SlotMinutes, int Capacity, int HourPriceFen, bool OnHolidays);

static class AgreementApi
{
    public const string AttachmentRoute = "agreement-attachment";
    const int PageSize = 50;

    public static void MapAgreementApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/agreements").RequireAuthorization(Policies.Staff).WithTags("Agreements");
        api.MapGet("", ListAsync).WithName("listAgreements").WithSummary("Agreements, newest first")
            .Produces<Page<AgreementItem>>().Example("state", "active").Refuses(422, "invalid_cursor", "invalid_state", "invalid_id");
        api.MapGet("{id:guid}", FindAsync).WithName("getAgreement").WithSummary("One agreement with its blocks and totals. Answers If-None-Match")
            .Produces<AgreementDetail>().Produces(StatusCodes.Status304NotModified).Refuses(404, "not_found");
        routes.MapGet("/staff/agreements/{id:guid}/attachments/{attachment:guid}", DownloadAsync)
            .RequireAuthorization(Policies.Staff).WithName(AttachmentRoute).ExcludeFromDescription();
    }

    static async Task<IResult> ListAsync([Description("draft, active, ended or terminated")] string? state, [Description("Of one venue")] string? venueId,
        [Description(Cursor.Description)] string? cursor, AppDb db, Texts texts, CancellationToken ct)
    {
        if (!Cursor.TryParseTime(cursor, out var from))
            return texts.Problem(Cursor.Refused);
        if (state is not null && !SnakeCase.TryParse<AgreementState>(state, out _))
            return texts.Problem(Refusal.Invalid("invalid_state", "state"));
        if (!string.IsNullOrEmpty(venueId) && !Guid.TryParseExact(venueId, "D", out _))
            return texts.Problem(Refusal.Invalid("invalid_id", "venueId"));
        var found = db.Set<Agreement>().AsNoTracking();
        if (SnakeCase.TryParse<AgreementState>(state, out var wanted))
            found = found.Where(a => a.State == wanted);
        if (Guid.TryParseExact(venueId, "D", out var venue))
            found = found.Where(a => a.VenueId == venue);
        if (from is { At: var at, Id: var id })
            found = found.Where(a => a.CreatedAt < at || (a.CreatedAt == at && a.Id < id));
        var page = Page.Of(await found.OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id).Take(PageSize + 1).ToListAsync(ct), PageSize, a => Cursor.Of(a.CreatedAt, a.Id));
        return TypedResults.Ok(new Page<AgreementItem>([.. page.Items.Select(ItemOf)], page.Next));
    }

    static async Task<IResult> FindAsync(Guid id, HttpContext http, AgreementDesk desk, AgreementWeeks weeks, Texts texts, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return texts.Problem(Refusal.NotFound);
        var detail = new AgreementDetail(ItemOf(view.Agreement), [.. view.Blocks.Select(BlockOf)], await weeks.SumsAsync(id, ct));
        // Of all that is said: totals move with bookings and the clock, the row's version does not. The same on every instance.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(detail, JsonSerializerOptions.Web)), 0, 8)}\"");
        http.Response.Headers.ETag = tag.ToString();
        http.Response.Headers.CacheControl = "private, no-cache";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(detail);
    }

    static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(Guid id, Guid attachment, Attachments attachments, CancellationToken ct) =>
        await attachments.FindAsync(id, attachment, ct) is { } found
            ? TypedResults.File(found.Bytes, found.ContentType, found.Name)
            : TypedResults.NotFound();

    static AgreementItem ItemOf(Agreement a) => new(
        a.Id, a.Number, a.Kind, a.State, a.VenueId, a.Counterparty, a.SignedOn, a.StartsOn, a.EndsOn,
        a.OwnerUnionId, a.OwnDays, a.AllDays, a.QuotaLiftedHours, a.ClosesMinutes, a.CancelHours, a.ReturnHours, a.ReturnPercent);

    static BlockItem BlockOf(PurchaseBlock b) => new(
        b.Id, b.SpaceId, [.. Enumerable.Range(0, 7).Where(day => b.RunsOn((DayOfWeek)day))],
        SiteTime.Time(b.FromTime), SiteTime.Time(b.ToTime),
        b.StartsOn, b.EndsOn, b.SlotMinutes, b.Capacity, b.HourPriceFen, b.OnHolidays);
}

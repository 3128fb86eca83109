using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Unions;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>An agreement with all that its pages name.</summary>
/// <param name="Spaces">Of the venue, retired ones too.</param>
public sealed record AgreementView(Agreement Agreement, IReadOnlyList<PurchaseBlock> Blocks, Venue Venue, IReadOnlyList<Space> Spaces, Union? Owner)
{
    public AgreementFacts Facts => AgreementFacts.Of(Agreement, Blocks);
    public IReadOnlyList<Space> SpacesInUse => [.. Spaces.Where(s => s.RetiredAt is null)];
    /// <summary>Where a space stands among them.</summary>
    public int PlaceOf(Guid spaceId) => Spaces.ToList().FindIndex(s => s.Id == spaceId);
    public string SpaceName(Guid id) => Spaces.FirstOrDefault(s => s.Id == id)?.LocalName ?? "";
}

/// <summary>Reads agreements for the pages of staff.</summary>
public sealed class AgreementDesk(AppDb db, Audit audit)
{
    public async Task<AgreementView?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Set<Agreement>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } agreement)
            return null;
        var blocks = await db.BlocksOfAsync(id, ct);
        var venue = await db.Set<Venue>().AsNoTracking().SingleAsync(v => v.Id == agreement.VenueId, ct);
        var owner = agreement.OwnerUnionId is { } union ? await db.Set<Union>().AsNoTracking().SingleAsync(u => u.Id == union, ct) : null;
        return new(agreement, blocks, venue, await SpacesAsync(venue.Id, ct), owner);
    }

    public Task<List<Space>> SpacesAsync(Guid venueId, CancellationToken ct) =>
        db.Set<Space>().AsNoTracking().Where(s => s.VenueId == venueId).OrderBy(s => s.Name).ToListAsync(ct);

    public Task<List<Venue>> VenuesAsync(CancellationToken ct) =>
        db.Set<Venue>().AsNoTracking().Where(v => v.RetiredAt == null).OrderBy(v => v.Name).ToListAsync(ct);

    public Task<List<Union>> UnionsAsync(CancellationToken ct) =>
        db.Set<Union>().AsNoTracking().Where(u => u.EndedAt == null).ByLevel().ToListAsync(ct);

    public async Task<Outcome<Venue>> VenueAsync(string? id, CancellationToken ct) =>
        Guid.TryParse(id, out var known) && (await VenuesAsync(ct)).Find(v => v.Id == known) is { } venue
            ? venue : Refusal.Invalid("agreement_venue_unknown", "VenueId");

    /// <summary>Names and times of members are about to be shown: that goes into the audit log.</summary>
    public async Task RecordViewAsync(Guid agreementId, IReadOnlyList<StandingBooking> shown, CancellationToken ct)
    {
        if (shown.Count == 0)
            return;
        audit.Record("booking.view", "agreement", agreementId, null, new { Bookings = shown.Select(u => u.BookingId) });
        await db.SaveChangesAsync(ct);
    }
}

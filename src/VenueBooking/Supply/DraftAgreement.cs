using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>Drafts: made, filled in and thrown away. They have no slots. Inside a transaction of the caller they join it.</summary>
public sealed class DraftAgreement(AppDb db, Audit audit, TimeProvider clock)
{
    public async Task<Outcome<Agreement>> CreateAsync(Guid venueId, AgreementFacts facts, CancellationToken ct)
    {
        var agreement = new Agreement { Kind = AgreementKind.Purchase, VenueId = venueId, CreatedAt = clock.GetUtcNow() };
        facts.WriteTo(agreement);
        db.Add(agreement);
        db.AddRange(facts.Draw(agreement.Id));
        audit.Record("agreement.create", "agreement", agreement.Id, null, new { venueId, facts });
        return await db.SaveAgreementAsync(agreement, ct);
    }

    /// <param name="version">Of the agreement as it was when the form was filled in.</param>
    public async Task<Outcome<Agreement>> SaveAsync(Guid id, uint version, AgreementFacts facts, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockAgreementAsync(id, ct) is not { } agreement)
            return Refusal.NotFound;
        if (agreement.State != AgreementState.Draft)
            return SupplyRefusals.NotDraft;
        if (agreement.Version != version)
            return Refusal.Stale;
        var blocks = await db.BlocksOfAsync(id, ct);
        audit.Record("agreement.edit", "agreement", id, AgreementFacts.Of(agreement, blocks), facts);
        db.Replace(agreement, blocks, facts);
        var saved = await db.SaveAgreementAsync(agreement, ct);
        if (!saved.IsRefused)
            await work.SaveAsync(db, ct);
        return saved;
    }

    public async Task<Outcome<Done>> DeleteAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockAgreementAsync(id, ct) is not { } agreement)
            return Refusal.NotFound;
        if (agreement.State != AgreementState.Draft)
            return SupplyRefusals.NotDraft;
        audit.Record("agreement.delete", "agreement", id, new { agreement.VenueId, Facts = AgreementFacts.Of(agreement, await db.BlocksOfAsync(id, ct)) });
        db.Remove(agreement);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.It;
    }
}

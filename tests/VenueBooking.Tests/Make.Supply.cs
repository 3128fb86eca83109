using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Tests;

public sealed partial class Make
{
    /// <summary>A purchase that runs from a month ago to three months ahead.</summary>
    public async Task<Agreement> Agreement(Venue? venue = null, bool published = true, int? returnHours = null)
    {
        var today = SiteTime.DayOf(Now);
        var agreement = new Agreement
        {
            Number = $"购-{Next():0000}",
            Kind = AgreementKind.Purchase,
            VenueId = (venue ?? await Venue()).Id,
            Counterparty = "示例体育公司",
            StartsOn = today.AddMonths(-1),
            EndsOn = today.AddMonths(3),
            ReturnHours = returnHours,
            CreatedAt = Now,
        };
        if (published) agreement.Publish(Now);
        return await Save(agreement);
    }

    /// <summary>An open slot, by default tomorrow at 19:00 for an hour, bookable by every member now.</summary>
    /// <param name="startsAt">Where it is past or near, windows move with it.</param>
    /// <param name="capacity">By default the space's.</param>
    public async Task<Slot> Slot(
        Space? space = null, DateTimeOffset? startsAt = null, int minutes = 60, int? capacity = null, SlotState state = SlotState.Open,
        DateTimeOffset? opensAt = null, DateTimeOffset? allOpensAt = null, DateTimeOffset? closesAt = null, DateTimeOffset? cancelUntil = null,
        DateTimeOffset? returnBy = null, DateTimeOffset? quotaLiftedAt = null, Guid? audienceUnionId = null, Agreement? agreement = null, int priceFen = 6000)
    {
        space ??= await Space();
        var starts = (startsAt ?? SiteTime.At(SiteTime.DayOf(Now).AddDays(1), new(19, 0))).ToUniversalTime();
        return await Save(new Slot
        {
            VenueId = space.VenueId,
            SpaceId = space.Id,
            AgreementId = (agreement ?? await AgreementOf(space.VenueId)).Id,
            Activity = space.Activity,
            StartsAt = starts,
            EndsAt = starts.AddMinutes(minutes),
            Capacity = capacity ?? space.Capacity,
            MaxParty = space.MaxParty,
            State = state,
            AudienceUnionId = audienceUnionId,
            OpensAt = opensAt ?? starts.AddDays(-14),
            AllOpensAt = allOpensAt ?? opensAt ?? starts.AddDays(-7),
            QuotaLiftedAt = quotaLiftedAt ?? starts.AddHours(-24),
            ClosesAt = closesAt ?? starts,
            CancelUntil = cancelUntil ?? starts.AddHours(-2),
            ReturnBy = returnBy,
            PriceFen = priceFen,
        });
    }

    async Task<Agreement> AgreementOf(Guid venueId)
    {
        var id = await app.Scalar<object>("select coalesce((select id from agreements where venue_id = $1 limit 1), '00000000-0000-0000-0000-000000000000'::uuid)", venueId);
        return (Guid)id == Guid.Empty
            ? await Agreement(await app.Query(async db => (await db.FindAsync<Venue>(venueId))!))
            : await app.Query(async db => (await db.FindAsync<Agreement>(id))!);
    }
}

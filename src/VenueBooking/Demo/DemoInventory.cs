using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Demo;

/// <summary>Venues, their spaces and hours, and what was bought there: four past weeks and four to come.</summary>
sealed class DemoInventory(AppDb db, SlotSurvey survey, SlotWriter writer, SiteTime time)
{
    const int Weeks = 4;
    const short Weekdays = 0b0111110, Weekend = 0b1000001;

    /// <summary>Writes everything and publishes the purchases; the venues' ids in the order of <see cref="DemoVenues.All"/>.</summary>
    internal async Task<IReadOnlyList<Venue>> WriteAsync(Guid ownerUnionId, CancellationToken ct)
    {
        var venues = new List<Venue>();
        var agreements = new List<Agreement>();
        foreach (var place in DemoVenues.All)
        {
            var venue = Add(place);
            venues.Add(venue);
            agreements.Add(Buy(venue, place, venues.Count, ownerUnionId));
        }
        await db.SaveChangesAsync(ct);
        foreach (var agreement in agreements)
            await PublishAsync(agreement, ct);
        await db.SaveChangesAsync(ct);
        return venues;
    }

    // What publishing does, but in the seeder's transaction, with the past weeks, and without a line in the audit log.
    async Task PublishAsync(Agreement agreement, CancellationToken ct)
    {
        var blocks = db.Set<PurchaseBlock>().Local.Where(b => b.AgreementId == agreement.Id).ToList();
        var plan = await survey.PlanAsync(agreement.Id, agreement.VenueId, blocks, allowPast: true, ct);
        await writer.InsertAsync([.. plan.Of(SlotFate.Valid)], ct);
        agreement.Publish(time.Now);
    }

    Venue Add(DemoVenues.Place place)
    {
        var venue = new Venue
        {
            Name = place.Name,
            NameEn = place.NameEn,
            Summary = place.About,
            SummaryEn = place.AboutEn,
            Address = place.Address,
            Phone = "010-5550-0000",
            Latitude = DemoVenues.Latitude + place.North,
            Longitude = DemoVenues.Longitude + place.East,
            IsDemo = true,
            CreatedAt = time.Now,
        };
        db.Add(venue);
        foreach (var day in Enum.GetValues<DayOfWeek>())
            db.Add(new OpeningHours { VenueId = venue.Id, Weekday = day, Opens = new(8, 0), Closes = new(22, 0) });
        return venue;
    }

    Agreement Buy(Venue venue, DemoVenues.Place place, int number, Guid ownerUnionId)
    {
        var today = time.Today;
        var agreement = new Agreement
        {
            Number = $"DEMO-{today.Year}-{number:000}",
            Kind = AgreementKind.Purchase,
            VenueId = venue.Id,
            Counterparty = venue.Name,
            SignedOn = today.AddDays(-7 * Weeks - 10),
            StartsOn = today.AddDays(-7 * Weeks),
            EndsOn = today.AddDays(7 * Weeks),
            // One in six is a union's own first, so that the release ladder can be seen.
            OwnerUnionId = number % 6 == 0 ? ownerUnionId : null,
            OwnDays = 14,
            AllDays = number % 6 == 0 ? 7 : 14,
            ReturnHours = number % 2 == 0 ? 2 : null,
            ReturnPercent = 80,
            CreatedAt = time.Now,
        };
        db.Add(agreement);
        foreach (var room in place.Rooms)
            for (var i = 1; i <= room.Count; i++)
                AddSpace(venue, agreement, room, i);
        return agreement;
    }

    void AddSpace(Venue venue, Agreement agreement, DemoVenues.Room room, int index)
    {
        var taken = db.Set<Space>().Local.Count(s => s.VenueId == venue.Id && s.Name.StartsWith(room.Name, StringComparison.Ordinal));
        var suffix = room.Count > 1 || taken > 0 ? $" {taken + 1}" : "";
        var space = new Space
        {
            VenueId = venue.Id,
            Name = $"{room.Name}{suffix.TrimStart()}{(suffix.Length > 0 ? "号" : "")}",
            NameEn = room.NameEn + suffix,
            Activity = room.Activity,
            Capacity = room.Capacity,
            MaxParty = room.MaxParty,
            CreatedAt = time.Now,
        };
        db.Add(space);
        db.Add(Block(agreement, space, room, Weekdays, new(18, 0), new(22, 0)));
        db.Add(Block(agreement, space, room, Weekend, new(9, 0), new(12, 0)));
        db.Add(Block(agreement, space, room, Weekend, new(14, 0), new(20, 0)));
    }

    PurchaseBlock Block(Agreement agreement, Space space, DemoVenues.Room room, short weekdays, TimeOnly from, TimeOnly to) => new()
    {
        AgreementId = agreement.Id,
        Position = db.Set<PurchaseBlock>().Local.Count(b => b.AgreementId == agreement.Id),
        SpaceId = space.Id,
        Weekdays = weekdays,
        FromTime = from,
        ToTime = to,
        StartsOn = agreement.StartsOn,
        EndsOn = agreement.EndsOn,
        SlotMinutes = 60,
        Capacity = room.Capacity,
        HourPriceFen = room.YuanAnHour * 100,
        OnHolidays = true,
    };
}

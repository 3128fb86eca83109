using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A venue's day: every space with its times, as they are now. live.js asks for the grid again when something changes.</summary>
[AllowAnonymous]
public sealed class SlotsModel(AppDb db, Availability availability, MemberUsageReader usages, CurrentMember member, SiteTime time) : PageModel
{
    const int FewLeft = 2;

    IReadOnlyCollection<Guid> unionPath = [];
    Dictionary<Guid, Guid> mine = [];
    VenueDay day = null!;

    public VenueCard Venue { get; private set; } = null!;
    public DateOnly Date { get; private set; }
    public string? Activity { get; private set; }
    /// <summary>Days from today on that one can choose from.</summary>
    public int Offered { get; private set; }

    // Asked for by the grid alone, which most readers are shown as it was made for another.
    public IReadOnlyList<string> Activities => field ??= [.. Venues.Activities.All.Where(a => day.Spaces.Any(s => s.Activity == a))];
    public IReadOnlyList<SpaceDay> Spaces => field ??= [.. day.Spaces.Where(s => Activity is null || s.Activity == Activity)];
    IReadOnlyList<DateTimeOffset> Times => field ??= [.. Spaces.SelectMany(s => s.Slots).Select(s => s.StartsAt).Distinct().Order()];

    /// <summary>Enough spaces to compare: on a wide screen the same hour of all of them is in one row.</summary>
    public bool IsMatrix => Spaces.Count > 2;

    /// <summary>A space's slots; in a matrix with a gap for every time at which only others have one.</summary>
    public IEnumerable<SlotLine?> Row(SpaceDay space) =>
        IsMatrix ? Times.Select(at => space.Slots.FirstOrDefault(s => s.StartsAt == at)) : space.Slots;

    /// <summary>Nobody in particular looks: the page is the same for all of them, as long as everything it is made of is.</summary>
    public bool IsForAnybody => member.IdOrNull is null;
    public string GridKey => field ??= $"{day.Reading:N} {day.Passed(time.Now)} {time.Today:O} {Offered} {Venue} {Request.QueryString}";
    public static readonly TimeSpan GridKept = TimeSpan.FromMinutes(1);

    public string Iso => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public string StreamUrl => Url.RouteUrl(SlotStream.Name, new { date = Iso, venueId = Venue.Id })!;

    public async Task<IActionResult> OnGetAsync(Guid id, DateOnly? date, string? activity, CancellationToken ct)
    {
        var odd = ModelState.Unread();
        if (!time.IsNear(date))
            odd.Add("date");
        if (activity is not null && !Venues.Activities.IsKnown(activity))
            odd.Add("activity");
        (Date, Activity) = (date is { } asked && time.IsNear(asked) ? asked : time.Today, activity);
        // First, because what is said of the address waits for a page that is there.
        if (await availability.VenueAsync(id, Date, ct) is not { } venue)
            return NotFound();
        if (odd.Count > 0)
            return this.LeadToWithout(odd);
        Venue = venue;
        Offered = (await availability.DaysAsync(ct)).Offered;
        day = await availability.VenueDayAsync(id, Date, ct);
        if (member.IdOrNull is { } who)
            await LoadMineAsync(who, ct);
        return this.PageOrFragment("_SlotGrid");
    }

    /// <summary>How a slot looks to the reader, and where a tap on it leads.</summary>
    public (ChipState State, string? Note, string? Page, Guid Id) Chip(SlotLine slot, IStringLocalizer<BookingPageText> t, SiteTime site)
    {
        if (mine.TryGetValue(slot.Id, out var booking))
            return (ChipState.Mine, null, "/Bookings/Ticket", booking);
        if (site.Now >= slot.ClosesAt)
            return (ChipState.Past, null, null, default);
        if (slot.State != SlotState.Open)
            return (ChipState.Closed, t["slots_shut"], null, default);
        if (slot.OpensFor(unionPath) is var opens && opens > site.Now)
            return (ChipState.Closed, t["slots_opens", Opening(opens, site)], null, default);
        if (slot.Free == 0)
            return (ChipState.Full, null, null, default);
        return (!slot.IsExclusive && slot.Free <= FewLeft ? ChipState.Few : ChipState.Free, null, "/Bookings/Book", slot.Id);
    }

    /// <summary>What there is to know of a space; the activity only where the venue has several.</summary>
    public string Hint(SpaceDay space, IStringLocalizer<BookingPageText> t, Texts words)
    {
        var first = space.Slots[0];
        string room = first.IsExclusive ? t["slots_exclusive", first.MaxParty] : t["slots_places", first.Capacity];
        return Dotted.Line(Activities.Count > 1 ? words[Venues.Activities.TextKey(space.Activity)] : null, room);
    }

    static string Opening(DateTimeOffset at, SiteTime site) =>
        SiteTime.DayOf(at) == site.Today ? SiteTime.Time(at) : site.Date(SiteTime.DayOf(at));

    async Task LoadMineAsync(Guid who, CancellationToken ct)
    {
        unionPath = await usages.UnionPathAsync(who, ct);
        var (from, until) = (SiteTime.StartOf(Date), SiteTime.StartOf(Date.AddDays(1)));
        mine = await db.Set<Booking>()
            .Where(b => b.MemberId == who && b.VenueId == Venue.Id && b.StartsAt >= from && b.StartsAt < until)
            .Where(b => b.State == BookingState.Booked || b.State == BookingState.CheckedIn)
            .ToDictionaryAsync(b => b.SlotId, b => b.Id, ct);
    }
}

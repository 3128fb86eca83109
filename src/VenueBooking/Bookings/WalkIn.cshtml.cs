using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Somebody stands at the desk without a booking, and there is room.</summary>
[Authorize(Policy = Policies.Desk)]
public sealed class WalkInModel(DeskScope scope, WalkInSlots slots, WalkInHandler walkIn, Texts texts, IStringLocalizer<BookingPageText> t)
    : PageModel
{
    [BindProperty]
    public Guid RequestId { get; set; }
    [BindProperty]
    public Guid Slot { get; set; }
    [BindProperty]
    public string? Person { get; set; }
    [BindProperty]
    public string? Party { get; set; } = "1";

    public IReadOnlyList<VenueDeskScopes.Scope> Venues { get; private set; } = [];
    /// <summary>Null: it is still to be chosen.</summary>
    public VenueDeskScopes.Scope? Venue { get; private set; }
    public IReadOnlyList<SlotLine> Slots { get; private set; } = [];
    public Refusal? Refusal { get; private set; }
    public string Hours => slots.Hours;

    public IEnumerable<SelectListItem> VenueChoices => Venues.Select(v => new SelectListItem(v.LocalName, v.VenueId.ToString()));

    public async Task<IActionResult> OnGetAsync(Guid? venue, CancellationToken ct)
    {
        if (ModelState.Unread() is { Count: > 0 } odd)
            return this.LeadToWithout(odd);
        if (venue is null)
            return await ChooseAsync(ct);
        if (!await LoadAsync(venue.Value, ct))
            return NotFound();
        RequestId = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid venue, CancellationToken ct)
    {
        if (!await LoadAsync(venue, ct))
            return NotFound();
        if (RequestId == Guid.Empty)
            return BadRequest();
        var people = Check();
        if (!ModelState.IsValid)
            return Again(StatusCodes.Status422UnprocessableEntity);
        var outcome = await walkIn.HandleAsync(new(RequestId, Slot, Person!, people, scope.UserId, scope.SeesAll), ct);
        return outcome.IsRefused ? Refuse(outcome.Refusal)
            : RedirectToPage("/Bookings/Desk", DeskModel.ListOf(outcome.Value, slots.Today));
    }

    /// <summary>At the field that has to be changed, or, where it is none of these, in large letters above the form.</summary>
    PageResult Refuse(Refusal refusal)
    {
        if (FieldOf(refusal) is { } field)
            ModelState.AddModelError(field, Said(refusal, texts));
        else
            Refusal = refusal;
        // The next try is another wish.
        RequestId = Guid.CreateVersion7();
        ModelState.Remove(nameof(RequestId));
        return Again(refusal.Status);
    }

    static string? FieldOf(Refusal refusal) => refusal.Field switch
    {
        BookingRefusals.Member => nameof(Person),
        BookingRefusals.PartySize => nameof(Party),
        _ => null,
    };

    /// <summary>At which venue? Where there is but one, or none, nobody is asked.</summary>
    async Task<IActionResult> ChooseAsync(CancellationToken ct)
    {
        Venues = await scope.VenuesAsync(ct);
        return Venues switch
        {
            [] => RedirectToPage("/Bookings/Desk"),
            [var only] => RedirectToPage("/Bookings/WalkIn", new { venue = only.VenueId }),
            _ => Page(),
        };
    }

    public IEnumerable<SelectListItem> SlotChoices(IStringLocalizer<BookingPageText> words) => Slots.Select(s => new SelectListItem(
        Dotted.Line(DayOf(s), $"{SiteTime.Time(s.StartsAt)}–{SiteTime.End(s.EndsAt)}", s.SpaceLocalName, s.IsExclusive ? null : words["desk_walk_in_free", s.Free]),
        s.Id.ToString()));

    /// <summary>Null: today.</summary>
    string? DayOf(SlotLine slot) => SiteTime.DayOf(slot.StartsAt) is var day && day == slots.Today ? null : SiteTime.DayAndWeekday(day);

    /// <summary>A refusal speaks to the member; here the desk reads it, and where that matters it has words of its own.</summary>
    public static string Said(Refusal refusal, Texts words)
    {
        var key = "desk_" + refusal.Code;
        return words[key, refusal.Args] is var said && said != key ? said : words.Of(refusal);
    }

    /// <summary>What the form itself can tell is wrong, each at its field.</summary>
    /// <returns>How many people.</returns>
    int Check()
    {
        if (Slot == Guid.Empty)
            Say(nameof(Slot), "desk_walk_in_no_slot");
        if (string.IsNullOrWhiteSpace(Person))
            Say(nameof(Person), "desk_walk_in_missing");
        else if (Person.Trim().Length > WalkInHandler.LongestName)
            Say(nameof(Person), "desk_walk_in_too_long");
        var checks = new FieldChecks();
        var people = 0;
        if (Slots.FirstOrDefault(s => s.Id == Slot) is { } chosen)
            people = checks.Number(Party, nameof(Party), 1, chosen.MaxParty);
        // A slot that is not among the choices any more may be what this form was let in to: whoever asked twice gets the one answer.
        // Otherwise, how many it would have taken is of no use to anybody now.
        else if (Slot != Guid.Empty && !(TypedText.TryWhole(Party, out people) && people is >= 1 and <= Space.MostPeople))
            Say(nameof(Slot), "desk_walk_in_slot_gone");
        ModelState.AddRefusals(texts, checks.Problems);
        return people;
    }

    void Say(string field, string key)
    {
        ModelState[field]?.Errors.Clear();
        ModelState.AddModelError(field, t[key]);
    }

    PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    async Task<bool> LoadAsync(Guid venue, CancellationToken ct)
    {
        Venue = (await scope.VenuesAsync(ct)).FirstOrDefault(v => v.VenueId == venue);
        if (Venue is null)
            return false;
        Slots = await slots.OfAsync(venue, ct);
        return true;
    }
}

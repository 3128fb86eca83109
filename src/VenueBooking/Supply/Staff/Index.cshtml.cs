using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Supply.Staff;

[Authorize(Policy = Policies.Staff)]
public sealed class AgreementsModel(AgreementList agreements, AgreementDesk desk, IStringLocalizer<SupplyText> t) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }
    [BindProperty(SupportsGet = true)]
    public string? VenueId { get; set; }
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public NumberedPage<AgreementLine> List { get; private set; } = null!;
    public IEnumerable<SelectListItem> Venues { get; private set; } = [];
    public IEnumerable<SelectListItem> States => Enum.GetValues<AgreementState>().Select(s => new SelectListItem(StateName(s), SnakeCase.Word(s)));
    public bool IsFiltered => Q is { Length: > 0 } || State is { Length: > 0 } || VenueId is { Length: > 0 };

    AgreementQuery Query => new(Q is { Length: > 100 } ? Q[..100] : Q, State, Guid.TryParse(VenueId, out var id) ? id : null, Sort);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = NumberedPage.Param)] string? number, CancellationToken ct)
    {
        if (!NumberedPage.TryParse(number, out var page))
            return this.LeadToWithout(NumberedPage.Param);
        List = await agreements.PageAsync(Query, page, ct);
        Venues = (await desk.VenuesAsync(ct)).Select(v => new SelectListItem(v.LocalName, v.Id.ToString()));
        return this.PageOrLast(List);
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct) => TableFile.Of(format, "agreements",
        [t["number"], t["venue"], t["counterparty"], t["state"], t["starts_on"], t["ends_on"], t["slots"], t["hours"], t["used_hours"], t["amount_yuan"], t["saved_yuan"]],
        (await agreements.AllAsync(Query, ct)).Select(IReadOnlyList<object?> (l) =>
            [l.Number, l.Venue, l.Counterparty, StateName(l.State), l.StartsOn, l.EndsOn, l.Sums.Slots, l.Sums.Hours, l.Sums.UsedHours, l.Sums.PriceFen / 100m, l.Sums.SavedFen / 100m]));

    public string StateName(AgreementState state) => t["agreement_" + SnakeCase.Word(state)];

    public static Mood MoodOf(AgreementState state) => state switch
    {
        AgreementState.Active => Mood.Good,
        AgreementState.Draft => Mood.Info,
        AgreementState.Terminated => Mood.Bad,
        _ => Mood.Off,
    };
}

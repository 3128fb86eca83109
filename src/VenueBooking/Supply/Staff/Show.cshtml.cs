using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Supply.Staff;

[Authorize(Policy = Policies.Staff)]
[RequestSizeLimit(AgreementAttachment.MostBytes + 64 * 1024)]
public sealed class ShowModel(AgreementDesk desk, AgreementWeeks weeks, Attachments attachments, Texts texts, IStringLocalizer<SupplyText> t) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Week { get; set; }

    public AgreementView View { get; private set; } = null!;
    public AgreementSums Sums { get; private set; } = null!;
    public DateOnly Monday { get; private set; }
    public IReadOnlyList<Slot> Slots { get; private set; } = [];
    public IReadOnlyList<AttachmentLine> Papers { get; private set; } = [];
    public bool Running => View.Agreement.State == AgreementState.Active;
    public bool HasSlots => View.Agreement.State != AgreementState.Draft;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        return Page();
    }

    public async Task<IActionResult> OnPostAttachAsync(Guid id, IFormFile? file, CancellationToken ct)
    {
        var added = await attachments.AddAsync(id, file, ct);
        if (!added.IsRefused)
        {
            this.Flash(t["attachment_added"]);
            return RedirectToPage(new { id });
        }
        if (added.Refusal == Refusal.NotFound || !await LoadAsync(id, ct))
            return NotFound();
        ModelState.AddRefusal(texts, added.Refusal);
        Response.StatusCode = added.Refusal.Status;
        return Page();
    }

    public async Task<IActionResult> OnPostDetachAsync(Guid id, Guid attachment, CancellationToken ct)
    {
        if ((await attachments.RemoveAsync(id, attachment, ct)).IsRefused)
            return NotFound();
        this.Flash(t["attachment_removed"]);
        return RedirectToPage(new { id });
    }

    public string StateName(AgreementState state) => t["agreement_" + SnakeCase.Word(state)];
    public string SlotStateName(SlotState state) => t["slot_state_" + SnakeCase.Word(state)];

    /// <summary>19:00–20:00 · 1/4: when, and how many of its places are taken.</summary>
    public static string InNumbers(Slot slot) => Dotted.Line($"{SiteTime.Time(slot.StartsAt)}–{SiteTime.End(slot.EndsAt)}", $"{slot.Taken}/{slot.Capacity}");

    /// <summary>For slots that nothing can be done to any more: gone, or begun, and whether anybody used them.</summary>
    public string WordOf(Slot slot) => slot.State is SlotState.Withdrawn or SlotState.HandedBack ? SlotStateName(slot.State)
        : slot.Taken > 0 ? t["slot_used"] : t["slot_unused"];

    public static Mood MoodOf(Slot slot) => slot.State switch
    {
        SlotState.HandedBack => Mood.Info,
        SlotState.Withdrawn => Mood.Off,
        _ => slot.Taken > 0 ? Mood.Good : Mood.Off,
    };

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return false;
        View = view;
        Papers = await attachments.OfAsync(id, ct);
        if (!HasSlots)
            return true;
        Sums = await weeks.SumsAsync(id, ct);
        Monday = TableCells.TryDate(Week ?? "", out var day) && day.Year is > 2000 and < 2100 ? SiteTime.WeekOf(day) : await weeks.FirstWeekAsync(id, ct);
        Slots = await weeks.OfWeekAsync(id, Monday, ct);
        return true;
    }
}

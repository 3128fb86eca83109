using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>Withdraws, closes or opens the chosen slots: first what that hits, then, with the digest of what was shown, the deed.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class SlotChangeModel(AgreementDesk desk, ChangeSlots change, Texts texts, IStringLocalizer<SupplyText> t) : PageModel
{
    [BindProperty]
    public List<Guid> Slot { get; set; } = [];
    [BindProperty]
    public string? Doing { get; set; }
    [BindProperty]
    public string? Note { get; set; }

    public AgreementView View { get; private set; } = null!;
    public SlotsPreview Preview { get; private set; } = null!;
    public SlotAction Action { get; private set; }

    public IActionResult OnGet(Guid id) => RedirectToPage("/Supply/Staff/Show", new { id });

    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] string? digest, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return NotFound();
        if (!SnakeCase.TryParse<SlotAction>(Doing, out var action))
            return BadRequest();
        (View, Action) = (view, action);
        var ids = Slot.Distinct().Take(ChangeSlots.AtMost).ToArray();
        if (digest is null)
            return await ShowAsync(ids, null, ct);
        var checks = new FieldChecks();
        var note = checks.Text(Note, nameof(Note), 300);
        if (checks.Problems is [var problem, ..])
            return await ShowAsync(ids, problem, ct);
        var changed = await change.ApplyAsync(id, action, ids, digest, note, ct);
        if (changed.IsRefused)
            return await ShowAsync(ids, changed.Refusal, ct);
        this.Flash(t[$"done_{SnakeCase.Word(action)}", changed.Value.Slots, changed.Value.Cancelled ?? 0]);
        var first = await FirstDayAsync(id, ids, ct);
        return RedirectToPage("/Supply/Staff/Show", new { id, week = first });
    }

    async Task<IActionResult> ShowAsync(Guid[] ids, Refusal? refusal, CancellationToken ct)
    {
        Preview = await change.PreviewAsync(View.Agreement.Id, Action, ids, ct);
        await desk.RecordViewAsync(View.Agreement.Id, Preview.Hit, ct);
        if (refusal is not null)
        {
            ModelState.AddRefusal(texts, refusal);
            Response.StatusCode = refusal.Status;
        }
        return Page();
    }

    async Task<string?> FirstDayAsync(Guid id, Guid[] ids, CancellationToken ct) =>
        await change.FirstDayAsync(id, ids, ct) is { } day ? AgreementForm.Write(day) : null;
}

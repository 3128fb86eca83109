using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>The end before its time: first who is hit, then the deed.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class TerminationModel(AgreementDesk desk, TerminateAgreement terminate, SiteTime time, Texts texts, IStringLocalizer<SupplyText> t) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? LastDay { get; set; }
    [BindProperty]
    public string? Reason { get; set; }
    [BindProperty]
    public uint Version { get; set; }

    public AgreementView View { get; private set; } = null!;
    public SlotPlan? Plan { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct) || View.Agreement.State != AgreementState.Active)
            return NotFound();
        LastDay ??= AgreementForm.Write(time.Today);
        if (Read() is { } day)
            await PreviewAsync(day, ct);
        else
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return this.PageOrFragment("_Termination");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] string? digest, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var checks = new FieldChecks();
        var reason = checks.Text(Reason, nameof(Reason), 300, required: true);
        ModelState.AddRefusals(texts, checks.Problems);
        var day = Read();
        var done = day is { } last && checks.Problems.Count == 0 ? await terminate.ApplyAsync(id, Version, last, reason, digest, ct) : default;
        if (done is { IsRefused: false, Value: { } changed })
        {
            this.Flash(t["agreement_terminated_done", changed.Withdrawn, changed.Cancelled]);
            return RedirectToPage("/Supply/Staff/Show", new { id });
        }
        if (done.Refusal is { } refusal)
            ModelState.AddRefusal(texts, refusal);
        await LoadAsync(id, ct);
        if (day is { } shown)
            await PreviewAsync(shown, ct);
        Response.StatusCode = done.Refusal?.Status ?? StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    DateOnly? Read()
    {
        var checks = new FieldChecks();
        var day = checks.Day(LastDay, nameof(LastDay));
        if (checks.Problems.Count == 0 && (day < time.Today.AddDays(-1) || day > View.Agreement.EndsOn))
            checks.Refuse("last_day_out_of_range", nameof(LastDay), time.Date(View.Agreement.EndsOn));
        ModelState.AddRefusals(texts, checks.Problems);
        return checks.Problems.Count == 0 ? day : null;
    }

    async Task PreviewAsync(DateOnly day, CancellationToken ct)
    {
        Plan = await terminate.PreviewAsync(View.Agreement.Id, day, ct);
        await desk.RecordViewAsync(View.Agreement.Id, Plan.Hit, ct);
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return false;
        View = view;
        return true;
    }
}

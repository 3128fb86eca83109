using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>A later end: blocks that ran to the end run on.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class ExtensionModel(AgreementDesk desk, ChangeAgreement change, SiteTime time, Texts texts, IStringLocalizer<SupplyText> t) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? EndsOn { get; set; }
    [BindProperty]
    public uint Version { get; set; }

    public AgreementView View { get; private set; } = null!;
    /// <summary>The day that was asked for, where it can be.</summary>
    public DateOnly Until { get; private set; }
    public PlanView? Plan { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct) || View.Agreement.State != AgreementState.Active)
            return NotFound();
        if (EndsOn is null)
            return Page();
        var facts = Read();
        await PreviewAsync(facts, ct);
        if (facts is null)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return this.PageOrFragment("_Extension");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] string? digest, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var facts = Read();
        var changed = facts is null ? default : await change.ApplyAsync(id, Version, facts, digest, "", ct);
        if (facts is not null && !changed.IsRefused)
        {
            this.Flash(t["agreement_extended", changed.Value.Added]);
            return RedirectToPage("/Supply/Staff/Show", new { id });
        }
        if (changed.Refusal is { } refusal)
            ModelState.AddRefusal(texts, refusal);
        await LoadAsync(id, ct);
        await PreviewAsync(facts, ct);
        Response.StatusCode = changed.Refusal?.Status ?? StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    AgreementFacts? Read()
    {
        var checks = new FieldChecks();
        var day = checks.Day(EndsOn, nameof(EndsOn));
        if (checks.Problems.Count == 0 && day <= View.Agreement.EndsOn)
            checks.Refuse("extension_not_later", nameof(EndsOn), time.Date(View.Agreement.EndsOn));
        else if (checks.Problems.Count == 0 && View.Facts.ExtendedTo(day).WhyNot() is { } tooMuch)
            checks.Refuse(tooMuch with { Field = nameof(EndsOn) });
        ModelState.AddRefusals(texts, checks.Problems);
        return checks.Problems.Count == 0 ? View.Facts.ExtendedTo(day) : null;
    }

    async Task PreviewAsync(AgreementFacts? facts, CancellationToken ct)
    {
        if (facts is null)
            return;
        var plan = await change.PreviewAsync(View.Agreement, facts, ct);
        await desk.RecordViewAsync(View.Agreement.Id, plan.Hit, ct);
        Until = facts.EndsOn;
        Plan = new(plan, View, facts.Draw(View.Agreement.Id), facts.ReturnHours, [], true);
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return false;
        View = view;
        return true;
    }
}

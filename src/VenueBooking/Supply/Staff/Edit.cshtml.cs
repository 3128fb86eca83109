using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>
/// The form of an agreement with a live preview of its slots. A draft is saved as it is; the change of a running agreement is
/// made only when the preview that was seen is still what would happen.
/// </summary>
[Authorize(Policy = Policies.Staff)]
public sealed class AgreementEditModel(AgreementDesk desk, DraftAgreement drafts, ChangeAgreement change, Texts texts, IStringLocalizer<SupplyText> t) : PageModel
{
    List<Union> unions = [];

    [BindProperty]
    public AgreementForm Form { get; set; } = new();
    [BindProperty]
    public uint Version { get; set; }
    [BindProperty]
    public string? Digest { get; set; }
    [BindProperty]
    public string? Note { get; set; }

    public AgreementView View { get; private set; } = null!;
    public PlanView Plan { get; private set; } = null!;
    /// <summary>What differs in what somebody else saved meanwhile; empty where the form was filled in on what is stored.</summary>
    public IReadOnlyList<(string Label, string Now)> Stored(SiteTime time) =>
        Request.Method == HttpMethods.Post && Version != View.Agreement.Version ? new StoredNow(View, Form, time, t).Differences : [];
    public bool Running => View.Agreement.State != AgreementState.Draft;
    public IEnumerable<SelectListItem> Spaces => View.SpacesInUse.Select(s => new SelectListItem(t["space_choice", s.LocalName, s.Capacity], s.Id.ToString()));
    public IEnumerable<SelectListItem> Unions => unions.Select(u => new SelectListItem(u.Name, u.Id.ToString()));
    public IEnumerable<SelectListItem> Weekdays => Enumerable.Range(1, 7).Select(n => new SelectListItem(SiteTime.Weekday((DayOfWeek)(n % 7)), AgreementForm.Write(n % 7)));

    /// <summary>"时段块 2 · 1 号场 · 19:00–21:00"</summary>
    public string BlockTitle(int i)
    {
        var block = Form.Blocks[i];
        var space = Guid.TryParse(block.SpaceId, out var id) ? View.SpaceName(id) : "";
        var days = string.Join(t["list_comma"], Weekdays.Where(d => block.Weekdays.Contains(d.Value)).Select(d => d.Text));
        var time = block.FromTime is { Length: > 0 } && block.ToTime is { Length: > 0 } ? $"{block.FromTime}–{block.ToTime}" : "";
        return Dotted.Line(t["block_nth", i + 1], space, days, time);
    }

    /// <summary>A long list shows what is new or wrong; the rest is folded away.</summary>
    public bool IsOpen(int i) => Form.Blocks.Count <= 2 || string.IsNullOrEmpty(Form.Blocks[i].Id)
        || ModelState.Any(e => e.Value?.Errors.Count > 0 && e.Key.StartsWith($"Form.Blocks[{i}].", StringComparison.Ordinal));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct) || View.Agreement.State is AgreementState.Ended or AgreementState.Terminated)
            return NotFound();
        Form = AgreementForm.Of(View.Facts);
        if (Form.Blocks.Count == 0)
            Form.Blocks.Add(BlockForm.After(Form));
        await PreviewAsync(ct);
        return Page();
    }

    /// <summary>What the typed form would yield: the fragment for htmx, the whole page for a plain button.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        await PreviewAsync(ct);
        return Request.IsHtmx() ? Partial("_Plan", Plan) : Page();
    }

    public async Task<IActionResult> OnPostBlockAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Form.Blocks.Count < AgreementFacts.MostBlocks)
            Form.Blocks.Add(BlockForm.After(Form));
        await PreviewAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var problems = Read(out var facts);
        var note = new FieldChecks();
        var words = note.Text(Note, nameof(Note), 300);
        foreach (var problem in problems)
            ModelState.AddRefusal(texts, problem, nameof(Form));
        ModelState.AddRefusals(texts, note.Problems);
        if (!ModelState.IsValid)
            return await AgainAsync(StatusCodes.Status422UnprocessableEntity, ct);
        return Running ? await ChangeAsync(id, facts, words, ct) : await SaveAsync(id, facts, ct);
    }

    async Task<IActionResult> SaveAsync(Guid id, AgreementFacts facts, CancellationToken ct)
    {
        var saved = await drafts.SaveAsync(id, Version, facts, ct);
        if (saved.IsRefused)
            return await RefuseAsync(saved.Refusal, ct);
        this.Flash(t["draft_saved"]);
        return RedirectToPage("/Supply/Staff/Publication", new { id });
    }

    async Task<IActionResult> ChangeAsync(Guid id, AgreementFacts facts, string note, CancellationToken ct)
    {
        var changed = await change.ApplyAsync(id, Version, facts, Digest, note, ct);
        if (changed.IsRefused)
            return await RefuseAsync(changed.Refusal, ct);
        var done = changed.Value;
        this.Flash(t["agreement_changed", done.Added, done.Withdrawn, done.Altered, Money.Difference(done.DifferenceFen), done.Cancelled]);
        return RedirectToPage("/Supply/Staff/Show", new { id });
    }

    async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken ct)
    {
        ModelState.AddRefusal(texts, refusal, nameof(Form));
        await LoadAsync(View.Agreement.Id, ct);
        return await AgainAsync(refusal.Status, ct);
    }

    async Task<IActionResult> AgainAsync(int status, CancellationToken ct)
    {
        await PreviewAsync(ct);
        Response.StatusCode = status;
        return Page();
    }

    async Task PreviewAsync(CancellationToken ct)
    {
        var problems = Read(out var facts);
        var plan = problems.Count > 0 || facts.Blocks.Count == 0 ? null : await change.PreviewAsync(View.Agreement, facts, ct);
        if (plan is not null)
            await desk.RecordViewAsync(View.Agreement.Id, plan.Hit, ct);
        Plan = new(plan, View, facts.Draw(View.Agreement.Id), facts.ReturnHours, [.. problems.Select(InWords)], Running);
    }

    IReadOnlyList<Refusal> Read(out AgreementFacts facts)
    {
        var checks = new FieldChecks();
        facts = Form.Check(checks, View.SpacesInUse, unions.Select(u => u.Id).ToHashSet());
        if (Running && facts.Blocks.Count == 0)
            checks.Refuse(SupplyRefusals.LastBlock);
        return checks.Problems;
    }

    // "Blocks[2].FromTime" → "时段块 3：…"
    string InWords(Refusal problem) =>
        problem.Field is { } field && field.StartsWith("Blocks[", StringComparison.Ordinal) && int.TryParse(field.AsSpan(7, field.IndexOf(']', StringComparison.Ordinal) - 7), out var nth)
            ? t["block_problem", nth + 1, FieldName(field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..]), texts.Of(problem)]
            : t["field_problem", FieldName(problem.Field ?? ""), texts.Of(problem)];

    string FieldName(string field) => t[Data.SnakeCase.Of(field)];

    // One that has ended meanwhile too: what was typed comes back with the reason why it cannot be saved.
    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return false;
        View = view;
        unions = await desk.UnionsAsync(ct);
        return true;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;

namespace VenueBooking.Jobs;

/// <summary>Every job of the schedule: when it ran, what waits for it, what went wrong, and a button to run it now.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class IndexModel(JobBoard board, RunJobNow now, JobWords words, IStringLocalizer<JobText> texts, TimeProvider clock) : PageModel
{
    public IReadOnlyList<JobLine> Jobs { get; private set; } = [];
    public bool SchedulerRuns => board.SchedulerRuns;
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken ct) => Jobs = await board.AllAsync(ct);

    public async Task<IActionResult> OnPostRunAsync(string name, CancellationToken ct)
    {
        if (Schedule.Find(name) is not { } entry)
            return NotFound();
        switch (await now.RunAsync(entry, ct))
        {
            case { Error: { } error }:
                this.Flash(texts["run_failed", NameOf(entry), error], NoticeKind.Error);
                break;
            case { Done: { } done }:
                this.Flash(texts["run_done", NameOf(entry), done]);
                break;
            default:
                this.Flash(texts["run_goes_on", NameOf(entry)], NoticeKind.Info);
                break;
        }
        return RedirectToPage("/Jobs/Index");
    }

    public string NameOf(Schedule.Entry entry) => words.NameOf(entry);
    public string EveryOf(Schedule.Entry entry) => words.EveryOf(entry);
    public string OutcomeOf(JobRun run) => words.OutcomeOf(run, Now);
    public string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}

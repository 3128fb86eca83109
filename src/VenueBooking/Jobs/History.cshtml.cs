using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Jobs;

/// <summary>One job's runs, newest first.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class HistoryModel(JobHistory history, JobWords words, TimeProvider clock, SiteTime time) : PageModel
{
    const int PageSize = 50;

    public Schedule.Entry Entry { get; private set; } = null!;
    public Page<JobRun> Runs { get; private set; } = null!;
    public JobWords Words => words;
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string name, string? cursor, CancellationToken ct)
    {
        if (Schedule.Find(name) is not { } entry)
            return NotFound();
        if (!Cursor.TryParseTime(cursor, out var after))
            return this.LeadToWithout(nameof(cursor));
        (Entry, Runs) = (entry, await history.PageAsync(name, after, PageSize, ct));
        return Page();
    }

    /// <summary>To the second: runs are seconds apart.</summary>
    public string Exactly(DateTimeOffset at) => $"{time.Day(SiteTime.DayOf(at))} {SiteTime.Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";

    public string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}

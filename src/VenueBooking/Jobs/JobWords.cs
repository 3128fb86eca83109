using System.Globalization;
using Microsoft.Extensions.Localization;
using VenueBooking.Web;

namespace VenueBooking.Jobs;

/// <summary>Jobs and runs in people's words.</summary>
public sealed class JobWords(Texts all, IStringLocalizer<JobText> texts)
{
    /// <summary>The words under <c>job_</c> and its name, in any module's texts.</summary>
    public string NameOf(Schedule.Entry entry) => all["job_" + entry.Name];

    public string EveryOf(Schedule.Entry entry) => entry.Every switch
    {
        { TotalSeconds: < 60 } seconds => texts["every_seconds", seconds.TotalSeconds],
        { TotalMinutes: < 60 } minutes => texts["every_minutes", minutes.TotalMinutes],
        var hours => texts["every_hours", hours.TotalHours],
    };

    public string OutcomeOf(JobRun run, DateTimeOffset now) => run switch
    {
        { EndedAt: null } => now - run.StartedAt < JobBoard.LongestRun ? texts["outcome_running"] : texts["outcome_interrupted"],
        { Error: not null } => texts["outcome_failed", TookOf(run)],
        { Done: > 0 } => texts["outcome_done", run.Done, TookOf(run)],
        _ => texts["outcome_nothing", TookOf(run)],
    };

    static string TookOf(JobRun run)
    {
        var took = (run.EndedAt ?? run.StartedAt) - run.StartedAt;
        return took.TotalSeconds < 1 ? $"{took.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}\u00A0ms"
            : $"{took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)}\u00A0s";
    }
}

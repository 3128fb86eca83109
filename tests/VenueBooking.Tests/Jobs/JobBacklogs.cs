using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Jobs;

namespace VenueBooking.Tests.Jobs;

/// <summary>What waits for a job, asked as the jobs page asks.</summary>
static class JobBacklogs
{
    public static Task<Backlog> BacklogOf<TJob>(this App app) where TJob : class, IRecurringJob => app.With(async (TJob job) =>
        (await app.Services.GetRequiredService<NpgsqlDataSource>().BacklogsAsync([job.Waiting], default)).Single());
}

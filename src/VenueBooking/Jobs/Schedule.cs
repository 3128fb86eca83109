namespace VenueBooking.Jobs;

/// <summary>Every recurring job, one line each. This file alone knows both the jobs and the scheduler.</summary>
public static class Schedule
{
    public static readonly IReadOnlyList<Entry> All = [];

    /// <param name="Job">A class that implements <see cref="IRecurringJob"/>.</param>
    /// <param name="Every">Pause between two runs.</param>
    public sealed record Entry(Type Job, TimeSpan Every)
    {
        public string Name => Data.SnakeCase.Of(Job.Name);
    }
}

namespace VenueBooking.Notices;

/// <summary>When a mail that did not go is tried again: soon at first, then hourly, for a day.</summary>
static class RetryPlan
{
    static readonly TimeSpan[] Pauses =
        [.. new[] { 1, 2, 5, 15, 30 }.Select(m => TimeSpan.FromMinutes(m)), TimeSpan.FromHours(1)];
    static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <returns>Null when a day has passed.</returns>
    public static DateTimeOffset? Next(int attempts, DateTimeOffset dueAt, DateTimeOffset now) =>
        now - dueAt >= GiveUpAfter ? null : now + Pauses[Math.Clamp(attempts, 1, Pauses.Length) - 1];
}

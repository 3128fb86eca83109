using Microsoft.Extensions.Time.Testing;

namespace VenueBooking.Tests;

/// <summary>The service's one clock, in the test's hand. Every test begins on Monday 1 June 2026, 10:00 in Beijing.</summary>
public sealed class TestClock() : FakeTimeProvider(Monday)
{
    public static readonly DateTimeOffset Monday = new(2026, 6, 1, 2, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now => GetUtcNow();

    public void Set(DateTimeOffset now) => AdjustTime(now);
}

namespace VenueBooking.Bookings;

/// <summary>What is asked for on one day; null means any.</summary>
/// <param name="UnionPath">Of the asker's union: shows what is open to it already.</param>
public sealed record FindSlots(DateOnly Date, string? Activity = null, TimeOfDay? TimeOfDay = null, Guid? VenueId = null, Near? Near = null,
    IReadOnlyCollection<Guid>? UnionPath = null);

/// <summary>What a search finds on a day.</summary>
/// <param name="OpensAt">Nothing is free yet, but will be from then on.</param>
public readonly record struct FreeDay(int Free, DateTimeOffset? OpensAt);

public enum TimeOfDay { Morning, Afternoon, Evening }

using VenueBooking.Startup;

namespace VenueBooking.Bookings;

/// <summary>The numbers of the booking policy; <c>Bookings</c> in the configuration.</summary>
public sealed class BookingRules
{
    /// <summary>Minutes a member may have of one activity in one week (Monday to Sunday), until the quota is lifted.</summary>
    public int WeeklyMinutes { get; set; } = 180;
    /// <summary>Bookings a member may have open at once, until the quota is lifted.</summary>
    public int OpenBookings { get; set; } = 2;
    /// <summary>Minutes before a slot starts from which a desk checks in, at most a day.</summary>
    public int CheckInMinutes { get; set; } = 60;
    /// <summary>Minutes before a slot starts from which a desk gives what is free to who has not booked, at most a day.</summary>
    public int WalkInMinutes { get; set; } = 60;
    /// <summary>How old what is shown as free may be, at most 1000. Bookings made here show at once in any case.</summary>
    public int CacheMilliseconds { get; set; } = 800;
    /// <summary>Days after which the desk's guests are no longer known by name.</summary>
    public int GuestNamesKeptDays { get; set; } = 30;

    public DateTimeOffset CheckInFrom(DateTimeOffset startsAt) => startsAt.AddMinutes(-CheckInMinutes);
    public DateTimeOffset WalkInFrom(DateTimeOffset startsAt) => startsAt.AddMinutes(-WalkInMinutes);

    /// <exception cref="StartupException">A number that no desk could work with.</exception>
    public static BookingRules Of(IConfiguration configuration)
    {
        var rules = configuration.GetSection("Bookings").Get<BookingRules>() ?? new();
        foreach (var (name, minutes) in new[] { (nameof(CheckInMinutes), rules.CheckInMinutes), (nameof(WalkInMinutes), rules.WalkInMinutes) })
            if (minutes is < 0 or > 24 * 60)
                throw StartupProblems.Configuration($"Bookings:{name} is {minutes}; it is in minutes, from 0 to 1440");
        return rules;
    }

    /// <summary>A booking made further ahead than this has to be confirmed.</summary>
    public static readonly TimeSpan ConfirmWhenAhead = TimeSpan.FromDays(3);
    public static readonly TimeSpan ConfirmFrom = TimeSpan.FromHours(48), ConfirmBy = TimeSpan.FromHours(24);
    public static readonly TimeSpan RemindBefore = TimeSpan.FromHours(2);
    /// <summary>Who has not checked in this long after the start has not come.</summary>
    public static readonly TimeSpan NoShowAfter = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan UndoCheckInWithin = TimeSpan.FromMinutes(5);
}

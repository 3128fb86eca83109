using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Jobs;

/// <summary>Every recurring job, one line each. Whoever stands here is registered, run, shown and watched over.</summary>
public static class Schedule
{
    public static readonly IReadOnlyList<Entry> All =
    [
        Every<SendReminders>(TimeSpan.FromMinutes(1)),
        Every<AskReconfirmation>(TimeSpan.FromMinutes(5)),
        Every<ReleaseUnconfirmed>(TimeSpan.FromMinutes(5)),
        Every<MarkNoShows>(TimeSpan.FromMinutes(1)),
        Every<CloseAttended>(TimeSpan.FromMinutes(5)),
        Every<ForgetGuests>(TimeSpan.FromHours(6)),
        Every<ClosePastSlots>(TimeSpan.FromMinutes(10)),
        Every<SendDueNotices>(TimeSpan.FromSeconds(5)),
        Every<PruneNotices>(TimeSpan.FromHours(6)),
        Every<PruneJobRuns>(TimeSpan.FromHours(6)),
        Every<PruneIdempotencyKeys>(TimeSpan.FromHours(1)),
        Every<PruneRosterUploads>(TimeSpan.FromHours(1)),
        Every<PruneUnconfirmed>(TimeSpan.FromHours(6)),
        Every<HandBack>(TimeSpan.FromMinutes(1)),
        Every<CloseAgreements>(TimeSpan.FromMinutes(30)),
    ];

    static Entry Every<TJob>(TimeSpan pause) where TJob : class, IRecurringJob => new(typeof(TJob), pause);

    /// <param name="Job">A class that implements <see cref="IRecurringJob"/>.</param>
    /// <param name="Every">Pause between two runs.</param>
    public sealed record Entry(Type Job, TimeSpan Every)
    {
        public string Name { get; } = SnakeCase.Of(Job.Name);
    }

    public static Entry? Find(string? name) => All.FirstOrDefault(e => e.Name == name);
}

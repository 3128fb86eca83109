using VenueBooking.Jobs;

namespace VenueBooking.Accounts;

/// <summary>
/// An account whose address nobody confirmed within 30 days is deleted with what it asked for: often it is somebody else's name and card.
/// Not one that was given a role, or that a desk booked for.
/// </summary>
public sealed class PruneUnconfirmed(Retention retention) : IRecurringJob
{
    static readonly Keeping Accounts = new("users", "id", "created_at", TimeSpan.FromDays(30), $"""
        not email_confirmed and deleted_at is null and not has_bookings(users.id)
            and not exists (select from user_roles r where r.user_id = users.id and r.role_id <> '{Roles.WorkerId}')
        """);

    public Task<int> RunAsync(CancellationToken ct) => retention.DeleteAsync(Accounts, ct);

    public BacklogQuery Waiting => retention.Waiting(Accounts);
}

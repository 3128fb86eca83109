using Npgsql;

namespace VenueBooking.Supply;

/// <summary>How far ahead booking reaches.</summary>
public sealed class BookingWindow(NpgsqlDataSource database)
{
    /// <summary>Days from today on which, under some agreement that runs, somebody may book already; 0: today alone.</summary>
    public async Task<int> DaysAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select coalesce(max(case when owner_union_id is null then all_days else own_days end), 0) from agreements where state = 'active'
            """);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A member's bookings as a calendar to subscribe to. Whoever has the address sees them; only a hash of it is kept.</summary>
public sealed class CalendarFeeds(AppDb db, NpgsqlDataSource database, BookingCalendar calendar, SiteAddress site, TimeProvider clock)
{
    const int SecretBytes = 24;
    static readonly TimeSpan Back = TimeSpan.FromDays(90);

    /// <summary>The address of a new feed. The one before it, if any, stops working.</summary>
    public async Task<string> CreateAsync(Guid memberId, CancellationToken ct = default)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        await using var command = database.CreateCommand("""
            insert into calendar_feeds (user_id, token_hash, created_at) values ($1, $2, $3)
            on conflict (user_id) do update set token_hash = excluded.token_hash, created_at = excluded.created_at
            """).With(memberId, Hash(token), clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
        return site.Endpoint(Links.FeedName, new { token });
    }

    /// <summary>Since when there has been a feed; null: there is none.</summary>
    public async Task<DateTimeOffset?> SinceAsync(Guid memberId, CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("select created_at from calendar_feeds where user_id = $1").With(memberId);
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at) : null;
    }

    public async Task RevokeAsync(Guid memberId, CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("delete from calendar_feeds where user_id = $1").With(memberId);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The feed of this secret in its owner's language; null when there is none (any more).</summary>
    public async Task<string?> ReadAsync(string token, CancellationToken ct = default)
    {
        if (token.Length > 100)
            return null;
        await using var command = database.CreateCommand("""
            select f.user_id, u.language from calendar_feeds f join users u on u.id = f.user_id where f.token_hash = $1
            """).With(Hash(token));
        Guid owner;
        string language;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                return null;
            (owner, language) = (reader.GetGuid(0), reader.GetString(1));
        }
        var since = clock.GetUtcNow() - Back;
        var bookings = await BookingFacts.Of(db, db.Set<Booking>().AsNoTracking().Where(b => b.MemberId == owner && b.StartsAt >= since)).ToListAsync(ct);
        return Languages.In(language, () => calendar.Feed(bookings.OrderBy(f => f.Booking.StartsAt)));
    }

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

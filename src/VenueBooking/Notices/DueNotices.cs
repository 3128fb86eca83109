using System.Text.Json;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Jobs;
using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>A notice taken from the outbox for sending, and who it is for.</summary>
public sealed record ClaimedNotice(Notice Notice, string? Email, string? Name, string Language)
{
    public string? To => Notice.Address ?? Email;
}

/// <summary>
/// The outbox as a queue. A claim commits before anything is sent and is a lease: should the process die, the notice is
/// due again when the lease runs out. Any number of instances may claim at once.
/// </summary>
public sealed class DueNotices(NpgsqlDataSource database, HandedOver handedOver, TimeProvider clock)
{
    /// <summary>Longer than handing over a whole batch can take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    const int LongestError = 1000;

    /// <summary>Where no account is named any more (or never was one), the address alone says who was written to, and only the sending needs it.</summary>
    const string ForgetAddress = "address = case when recipient_id is null then '' else address end";

    public async Task<IReadOnlyList<ClaimedNotice>> ClaimAsync(int atMost, CancellationToken ct)
    {
        // Should the database have been away for longer than a lease, they still do not go again from here.
        await SentAsync(handedOver.All(), ct);
        await using var command = database.CreateCommand("""
            with due as (
                select id from outbox where state = 'due' and next_attempt_at <= $1
                order by next_attempt_at limit $2 for update skip locked),
            claimed as (
                update outbox o set attempts = o.attempts + 1, next_attempt_at = $3 from due where o.id = due.id
                returning o.*)
            select c.id, c.kind, c.dedupe_key, c.recipient_id, c.address, c.subject_id, c.payload, c.created_at, c.due_at,
                   c.expires_at, c.attempts, u.email, u.display_name, u.language
            from claimed c left join users u on u.id = c.recipient_id order by c.created_at
            """);
        var now = clock.GetUtcNow();
        return await command.With(now, atMost, now + Lease).ReadAsync(Read, ct);
    }

    static ClaimedNotice Read(NpgsqlDataReader row)
    {
        var notice = new Notice
        {
            Id = row.GetGuid(0),
            Kind = row.GetString(1),
            DedupeKey = row.GetString(2),
            RecipientId = row.Optional<Guid>(3),
            Address = row.OptionalText(4),
            SubjectId = row.Optional<Guid>(5),
            Payload = JsonDocument.Parse(row.GetString(6)),
            CreatedAt = row.Instant(7),
            DueAt = row.Instant(8),
            ExpiresAt = row.Optional<DateTimeOffset>(9),
            Attempts = row.GetInt32(10),
        };
        // A mail to somebody without an account says its language itself.
        return new(notice, row.OptionalText(11), row.OptionalText(12), row.OptionalText(13) ?? notice.Text("language") ?? Languages.Chinese);
    }

    /// <summary>All that should have gone by now, also what waits for its next try.</summary>
    public BacklogQuery Waiting => new("select count(*), min(due_at) from outbox where state = 'due' and due_at <= $1", clock.GetUtcNow());

    public async Task SentAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        handedOver.Add(ids);
        await UpdateAsync($"update outbox set state = 'sent', sent_at = $2, last_error = null, {ForgetAddress} where id = any($1) and state = 'due'", ids, ct, clock.GetUtcNow());
        handedOver.Remove(ids);
    }

    public Task DroppedAsync(Guid id, string why, CancellationToken ct) =>
        UpdateAsync($"update outbox set state = 'dropped', last_error = $2, {ForgetAddress} where id = any($1) and state = 'due'", [id], ct, Cut(why));

    public Task FailedAsync(Guid id, string error, CancellationToken ct) =>
        UpdateAsync("update outbox set state = 'failed', last_error = $2 where id = any($1) and state = 'due'", [id], ct, Cut(error));

    public Task RetryAsync(Guid id, DateTimeOffset at, string error, CancellationToken ct) =>
        UpdateAsync("update outbox set next_attempt_at = $2, last_error = $3 where id = any($1) and state = 'due'", [id], ct, at, Cut(error));

    /// <summary>Gives back what was claimed and not tried.</summary>
    public Task ReleaseAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        UpdateAsync("update outbox set attempts = attempts - 1, next_attempt_at = $2 where id = any($1) and state = 'due'", ids, ct, clock.GetUtcNow());

    async Task UpdateAsync(string sql, IReadOnlyCollection<Guid> ids, CancellationToken ct, params object[] others)
    {
        if (ids.Count == 0)
            return;
        await using var command = database.CreateCommand(sql).With([ids.ToArray(), .. others]);
        await command.ExecuteNonQueryAsync(ct);
    }

    static string Cut(string error)
    {
        var clean = error.Replace("\0", "", StringComparison.Ordinal);
        return clean.Length > LongestError ? clean[..LongestError] : clean;
    }
}

using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
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
public sealed class DueNotices(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Longer than handing over a whole batch can take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    const int LongestError = 1000;

    public async Task<IReadOnlyList<ClaimedNotice>> ClaimAsync(int atMost, CancellationToken ct)
    {
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
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = atMost });
        command.Parameters.Add(new() { Value = now + Lease });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<ClaimedNotice>(atMost);
        while (await reader.ReadAsync(ct)) claimed.Add(Read(reader));
        return claimed;
    }

    static ClaimedNotice Read(NpgsqlDataReader row)
    {
        var notice = new Notice
        {
            Id = row.GetGuid(0),
            Kind = row.GetString(1),
            DedupeKey = row.GetString(2),
            RecipientId = row.IsDBNull(3) ? null : row.GetGuid(3),
            Address = Text(4),
            SubjectId = row.IsDBNull(5) ? null : row.GetGuid(5),
            Payload = JsonDocument.Parse(row.GetString(6)),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(7),
            DueAt = row.GetFieldValue<DateTimeOffset>(8),
            ExpiresAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
            Attempts = row.GetInt32(10),
        };
        return new(notice, Text(11), Text(12), Text(13) ?? LanguageIn(notice.Payload));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    // A mail to somebody without an account says its language itself.
    static string LanguageIn(JsonDocument payload) =>
        payload.RootElement.ValueKind == JsonValueKind.Object && payload.RootElement.TryGetProperty("language", out var said)
        && said.ValueKind == JsonValueKind.String && Languages.IsKnown(said.GetString()) ? said.GetString()! : Languages.Chinese;

    public async Task<Backlog> BacklogAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select count(*), min(next_attempt_at) from outbox where state = 'due' and next_attempt_at <= $1");
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new((int)Math.Min(reader.GetInt64(0), int.MaxValue), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    public Task SentAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        UpdateAsync("update outbox set state = 'sent', sent_at = $2, last_error = null where id = any($1) and state = 'due'", ids, [new() { Value = clock.GetUtcNow() }], ct);

    public Task DroppedAsync(Guid id, string why, CancellationToken ct) =>
        UpdateAsync("update outbox set state = 'dropped', last_error = $2 where id = any($1) and state = 'due'", [id], [Error(why)], ct);

    public Task FailedAsync(Guid id, string error, CancellationToken ct) =>
        UpdateAsync("update outbox set state = 'failed', last_error = $2 where id = any($1) and state = 'due'", [id], [Error(error)], ct);

    public Task RetryAsync(Guid id, DateTimeOffset at, string error, CancellationToken ct) =>
        UpdateAsync("update outbox set next_attempt_at = $2, last_error = $3 where id = any($1) and state = 'due'", [id], [new() { Value = at }, Error(error)], ct);

    /// <summary>Gives back what was claimed and not tried.</summary>
    public Task ReleaseAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        UpdateAsync("update outbox set attempts = attempts - 1, next_attempt_at = $2 where id = any($1) and state = 'due'", ids, [new() { Value = clock.GetUtcNow() }], ct);

    async Task UpdateAsync(string sql, IReadOnlyCollection<Guid> ids, NpgsqlParameter[] others, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        command.Parameters.AddRange(others);
        await command.ExecuteNonQueryAsync(ct);
    }

    static NpgsqlParameter Error(string text)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        return new() { Value = clean.Length > LongestError ? clean[..LongestError] : clean, NpgsqlDbType = NpgsqlDbType.Varchar };
    }
}

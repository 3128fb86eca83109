using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VenueBooking.Data;

namespace VenueBooking.Notices;

public enum NoticeState { Due, Sent, Failed, Dropped }

/// <summary>A notice that is to go out: committed with what caused it, sent by a job, exactly one per (kind, dedupe key).</summary>
public sealed class Notice
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    /// <summary>Which template renders it: <c>booking_confirmed</c>.</summary>
    public required string Kind { get; init; }
    public required string DedupeKey { get; init; }
    public Guid? RecipientId { get; init; }
    /// <summary>Where the recipient is not (yet) an account's address; blank once the mail went to somebody who has none.</summary>
    public string? Address { get; init; }
    /// <summary>What it is about: the booking, say. The template loads it when the mail is sent.</summary>
    public Guid? SubjectId { get; init; }
    public JsonDocument Payload { get; init; } = JsonDocument.Parse("{}");
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    /// <summary>Not worth sending after this.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public NoticeState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset NextAttemptAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public string? LastError { get; init; }

    /// <summary>A text of the payload; null where there is none, or an empty one.</summary>
    public string? Text(string name) =>
        Payload.RootElement is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}

/// <summary>
/// Puts a notice into the outbox in the caller's unit of work. Set-based SQL inserts into <c>outbox</c> itself, with
/// <c>on conflict (kind, dedupe_key) do nothing</c>.
/// </summary>
public sealed class Outbox(AppDb db, TimeProvider clock, OutboxBell bell)
{
    const int MostAnHour = 3;

    bool rings;

    public void Add(string kind, string dedupeKey, Guid recipientId, Guid? subjectId = null, object? payload = null) =>
        Add(kind, dedupeKey, recipientId, null, subjectId, payload);

    public void AddTo(string address, string kind, string dedupeKey, Guid? recipientId = null, object? payload = null) =>
        Add(kind, dedupeKey, recipientId, address, null, payload);

    /// <summary>
    /// For a mail that anybody can have sent to somebody: a kind goes to one person or address at most three times within a clock hour;
    /// what is over that is left out without a word. The key's number decides, so that many askers at once are one. At once, within the
    /// caller's transaction if there is one: who has one rings the bell after the commit.
    /// </summary>
    /// <param name="about">Whom it goes to: the id of the account, or what stands for the address.</param>
    /// <returns>Whether it will go.</returns>
    public async Task<bool> AddSparinglyAsync(string kind, string about, Guid recipientId, string? address, object? payload, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var json = JsonSerializer.Serialize(payload ?? new { }, JsonSerializerOptions.Web);
        var hour = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{about}-{now.ToUnixTimeSeconds() / 3600}-");
        var added = await db.Database.ExecuteSqlAsync($"""
            insert into outbox (id, kind, dedupe_key, recipient_id, address, subject_id, payload, created_at, due_at, next_attempt_at)
            select {Guid.CreateVersion7()}, {kind}, key, {recipientId}, {address}::varchar, {recipientId}, {json}::jsonb, {now}, {now}, {now}
            from (select {hour} || n as key from generate_series(1, {MostAnHour}) n) as keys
            where not exists (select from outbox o where o.kind = {kind} and o.dedupe_key = keys.key)
            order by key limit 1
            on conflict (kind, dedupe_key) do nothing
            """, ct);
        if (added > 0 && db.Database.CurrentTransaction is null)
            bell.Ring();
        return added > 0;
    }

    /// <summary>
    /// Before an account is forgotten: what is still due of these kinds goes all the same, to the address itself and in its owner's
    /// language; once sent the address is gone too. In the caller's transaction.
    /// </summary>
    /// <param name="unlessDue">A kind that they take back: where that one has not gone out yet, neither need go.</param>
    public Task KeepAsync(Guid recipientId, string[] kinds, string unlessDue, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        update outbox o set address = coalesce(o.address, u.email), recipient_id = null, payload = o.payload || jsonb_build_object('language', u.language)
        from users u
        where u.id = {recipientId} and o.recipient_id = u.id and o.state = 'due' and o.kind = any({kinds})
            and not exists (select from outbox t where t.recipient_id = u.id and t.subject_id = o.subject_id and t.kind = {unlessDue} and t.state = 'due')
        """, ct);

    void Add(string kind, string dedupeKey, Guid? recipientId, string? address, Guid? subjectId, object? payload)
    {
        var now = clock.GetUtcNow();
        db.Set<Notice>().Add(new Notice
        {
            Kind = kind,
            DedupeKey = dedupeKey,
            RecipientId = recipientId,
            Address = address,
            SubjectId = subjectId,
            Payload = JsonSerializer.SerializeToDocument(payload ?? new { }, JsonSerializerOptions.Web),
            CreatedAt = now,
            DueAt = now,
            NextAttemptAt = now,
        });
        RingOnceSaved();
    }

    void RingOnceSaved()
    {
        if (rings)
            return;
        rings = true;
        db.SavedChanges += (_, _) => bell.Ring();
    }
}

/// <summary>What a template makes of a notice: subject and body in the recipient's language, and a calendar entry where one belongs.</summary>
/// <param name="Paragraphs">Plain text, one entry a paragraph; the mail's text and HTML are both made of them.</param>
/// <param name="Action">The one thing to do next: its words and an absolute address.</param>
/// <param name="Calendar">A whole VCALENDAR, and its METHOD.</param>
public sealed record NoticeContent(string Subject, IReadOnlyList<string> Paragraphs, NoticeAction? Action = null, NoticeCalendar? Calendar = null);

public sealed record NoticeAction(string Text, string Url);

public sealed record NoticeCalendar(string Method, string Ics);

/// <summary>A module's template for one kind of notice. Runs with the recipient's culture set.</summary>
public interface INoticeTemplate
{
    string Kind { get; }

    /// <summary>Null when there is no longer anything to say (the booking was cancelled before its reminder went): the notice is dropped.</summary>
    Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct);
}

sealed class NoticesConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("outbox");
        builder.Property(n => n.Kind).HasMaxLength(40);
        builder.Property(n => n.DedupeKey).HasMaxLength(120);
        builder.Property(n => n.Address).HasMaxLength(256);
        builder.Property(n => n.Payload).HasColumnType("jsonb");
        builder.Property(n => n.LastError).HasMaxLength(1000);
    }
}

using System.Text.Json;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>One field that is not as it was.</summary>
/// <param name="Before">Null where it was not there.</param>
public sealed record AuditChange(string Field, string? Before, string? After);

/// <summary>An entry of the audit log as it is read.</summary>
public sealed record AuditRow(AuditEntry Entry, string Actor, string Action, string Subject, string? SubjectName, IReadOnlyList<AuditChange> Changes);

/// <summary>What entries of the audit log tell: which thing it was, and what differs, field by field.</summary>
public sealed class AuditReader(AuditWords words, AuditNames names, SiteTime time)
{
    public async Task<IReadOnlyList<AuditRow>> ReadAsync(IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var ids = entries.SelectMany(e => IdsIn(e.Before).Concat(IdsIn(e.After)).Concat(e.SubjectId is { } id ? [id] : []));
        var things = await names.OfAsync(ids, ct);
        var known = things.Select(t => (t.Key, Name: t.Value.Local(time))).Where(t => t.Name.Length > 0).ToDictionary(t => t.Key, t => t.Name);
        return [.. entries.Select(e => new AuditRow(e, words.Actor(e), words.Action(e.Action), words.Subject(e.Subject),
            e.SubjectId is { } id ? things.GetValueOrDefault(id)?.InFull(time) : null, [.. ChangesOf(e, known)]))];
    }

    IEnumerable<AuditChange> ChangesOf(AuditEntry entry, IReadOnlyDictionary<Guid, string> known)
    {
        var (before, after) = (FieldsOf(entry.Before), FieldsOf(entry.After));
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var change = Differ(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name), known);
            if (change.Before != change.After)
                yield return change;
        }
    }

    AuditChange Differ(string name, JsonElement before, JsonElement after, IReadOnlyDictionary<Guid, string> known)
    {
        if (before.ValueKind != JsonValueKind.Array || after.ValueKind != JsonValueKind.Array)
            return new(words.Field(name), Said(before), Said(after));
        // Of two lists what went and what came; where only the order differs, both (of things with parts the order says nothing).
        var (was, now) = (Items(before), Items(after));
        var (gone, came) = (was.Except(now).ToList(), now.Except(was).ToList());
        var isOrdered = before.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Object);
        return gone.Count + came.Count == 0 ? new(words.Field(name), isOrdered ? words.List(was) : null, isOrdered ? words.List(now) : null)
            : new(words.Field(name), gone.Count == 0 ? null : words.List(gone), came.Count == 0 ? null : words.List(came));

        string? Said(JsonElement value) => words.Value(name, value, known) is { Length: > 0 } text ? text : null;
        List<string> Items(JsonElement list) => [.. list.EnumerateArray().Select(item => words.Value(name, item, known))];
    }

    /// <summary>Things within things are fields like others: what they are called together says nothing to people, nor does the id of one that came or went.</summary>
    static Dictionary<string, JsonElement> FieldsOf(JsonDocument? document)
    {
        var fields = new Dictionary<string, JsonElement>();
        void Take(JsonElement element)
        {
            foreach (var member in element.EnumerateObject())
                if (member.Value.ValueKind == JsonValueKind.Object)
                    Take(member.Value);
                else if (member.Name != "id")
                    fields[member.Name] = member.Value;
        }
        if (document?.RootElement is { ValueKind: JsonValueKind.Object } root)
            Take(root);
        else if (document is not null)
            fields["items"] = document.RootElement;
        return fields;
    }

    static IEnumerable<Guid> IdsIn(JsonDocument? document) => document is null ? [] : IdsIn(document.RootElement);

    static IEnumerable<Guid> IdsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => IdsIn(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(IdsIn),
        JsonValueKind.String when element.TryGetGuid(out var id) => [id],
        _ => [],
    };
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>What the audit log says by codes, ids and JSON, in the reader's words.</summary>
public sealed class AuditWords(IStringLocalizer<AuditText> words, Texts texts, SiteTime time)
{
    const string OfAction = "action_", OfSubject = "subject_", OfField = "field_", OfValue = "value_";
    const int MostListed = 6;

    /// <summary>What a thing's parts are told in; the database keeps them by the length of their names. Others follow.</summary>
    static readonly string[] PartOrder = ["spaceId", "weekday", "weekdays", "opens", "closes", "fromTime", "toTime", "startsOn", "endsOn", "hourPriceFen", "capacity"];

    public static string ActionKey(string action) => OfAction + action.Replace('.', '_');

    public static string FieldKey(string name) => OfField + SnakeCase.Of(name);

    public string Actor(AuditEntry entry) => entry.ActorId is null && entry.ActorName is Audit.System or Audit.Import ? words[entry.ActorName] : entry.ActorName;

    public string Action(string action) => Or(words[ActionKey(action)], action);

    public string Subject(string subject) => Or(words[OfSubject + subject], subject);

    public string Field(string name) => Or(words[FieldKey(name)], name);

    /// <summary>For a filter: all that can be done, by the code under which it is written down. Before its first point a code has no underscore.</summary>
    public IReadOnlyList<SelectListItem> Actions() => Choices(OfAction, key => key.IndexOf('_', StringComparison.Ordinal) is var point and > 0
        ? $"{key[..point]}.{key[(point + 1)..]}" : key);

    public IReadOnlyList<SelectListItem> Subjects() => Choices(OfSubject, key => key);

    /// <summary>From the texts, which have a word for each: the log itself is long, and grows.</summary>
    SelectListItem[] Choices(string prefix, Func<string, string> code) => [.. words.GetAllStrings(includeParentCultures: false)
        .Where(text => text.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(text => new SelectListItem(text.Value, code(text.Name[prefix.Length..])))
        .OrderBy(choice => choice.Text, StringComparer.CurrentCulture)];

    /// <param name="name">Of the field: it says what a number or a word means.</param>
    public string Value(string name, JsonElement value, IReadOnlyDictionary<Guid, string> names) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.True => texts["yes"],
        JsonValueKind.False => texts["no"],
        JsonValueKind.Number => Number(name, value),
        JsonValueKind.String => Text(name, value.GetString()!, names),
        JsonValueKind.Array => List([.. value.EnumerateArray().Select(item => Value(name, item, names))]),
        _ => string.Join(words["comma"], value.EnumerateObject().Where(m => m.Name != "id" && m.Value.ValueKind != JsonValueKind.Null)
            .OrderBy(m => Array.IndexOf(PartOrder, m.Name) is var place and >= 0 ? place : PartOrder.Length)
            .Select(m => words["pair", Field(m.Name), Value(m.Name, m.Value, names)].Value)),
    };

    /// <summary>The first few, and how many there are.</summary>
    public string List(IReadOnlyList<string> items) => string.Join(words["semicolon"], items.Take(MostListed))
        + (items.Count > MostListed ? words["in_all", items.Count].Value : "");

    string Number(string name, JsonElement value) => name switch
    {
        "hours" => words["of_hours", value.GetDecimal().ToString("0.##", CultureInfo.InvariantCulture)],
        "differenceFen" when value.TryGetInt64(out var difference) => Money.Difference(difference),
        _ when name.EndsWith("Fen", StringComparison.OrdinalIgnoreCase) && value.TryGetInt64(out var fen) => Money.Yuan(fen),
        "weekdays" when value.TryGetInt32(out var days) => string.Join(' ', Enumerable.Range(0, 7).Where(day => (days & (1 << day)) != 0).Select(day => SiteTime.Weekday((DayOfWeek)day))),
        _ => value.GetRawText(),
    };

    string Text(string name, string text, IReadOnlyDictionary<Guid, string> names)
    {
        if (Guid.TryParseExact(text, "D", out var id))
            return names.GetValueOrDefault(id) ?? words["unnamed", text[^6..]];
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return time.Date(day);
        if (TimeOnly.TryParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
            return SiteTime.Time(clock);
        if (text.Length > 18 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return at.Year > 9000 ? words["for_good"] : $"{time.Date(SiteTime.DayOf(at))} {SiteTime.Time(at)}";
        return Word(name, text);
    }

    string Word(string name, string text) => name switch
    {
        "state" => Or(words[OfValue + SnakeCase.Of(text)], text),
        "kind" => Known("notice_" + text, Known("kind_" + text, text)),
        "role" or "roles" => Known("role_" + text, text),
        "activity" => Known("activity_" + text, text),
        "job" => Known("job_" + text, text),
        "what" => Action(text),
        "subject" => Subject(text),
        "weekday" when Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var weekday) => SiteTime.Weekday(weekday),
        "standsIn" when Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var weekday) => SiteTime.WeekdayInFull(weekday),
        _ => text,
    };

    string Known(string key, string otherwise) => texts[key] is var found && found != key ? found : otherwise;

    static string Or(LocalizedString found, string otherwise) => found.ResourceNotFound ? otherwise : found.Value;
}

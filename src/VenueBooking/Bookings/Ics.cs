using System.Globalization;
using System.Text;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>An entry of a calendar.</summary>
/// <param name="Uid">The same for ever: a later version of the entry replaces the earlier one.</param>
/// <param name="Sequence">Grows with every change.</param>
/// <param name="Stamp">When this version came about.</param>
public sealed record IcsEvent(string Uid, int Sequence, DateTimeOffset Stamp, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Summary, string Location)
{
    public string Description { get; init; } = "";
    public string? Url { get; init; }
    public bool IsCancelled { get; init; }
    /// <summary>Minutes before the start at which the calendar itself reminds; null: not.</summary>
    public int? AlarmMinutes { get; init; }
    /// <summary>Who invites and who is invited: what mail programs want in a REQUEST or CANCEL.</summary>
    public (string Name, string Address)? Organizer { get; init; }
    public (string Name, string Address)? Attendee { get; init; }
}

/// <summary>Writes RFC 5545: CRLF, lines folded at 75 octets, text escaped, times in the site's zone with its definition.</summary>
public static class Ics
{
    public const string MediaType = "text/calendar";
    const int LongestLine = 75;

    /// <param name="method">REQUEST or CANCEL in mails, PUBLISH for files and feeds.</param>
    /// <param name="name">Of the calendar, for feeds.</param>
    public static string Write(string method, IEnumerable<IcsEvent> events, string? name = null)
    {
        var text = new StringBuilder(1024);
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//VenueBooking//VenueBooking//ZH");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, $"METHOD:{method}");
        if (name is not null)
        {
            Line(text, $"NAME:{Escape(name)}");
            Line(text, $"X-WR-CALNAME:{Escape(name)}");
            Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
            Line(text, "X-PUBLISHED-TTL:PT1H");
        }
        TimeZone(text);
        foreach (var entry in events)
            Event(text, entry);
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    static void TimeZone(StringBuilder text)
    {
        // One standard offset since 1991: no daylight saving to describe.
        foreach (var line in (string[])["BEGIN:VTIMEZONE", $"TZID:{SiteTime.ZoneName}", "BEGIN:STANDARD", "DTSTART:19910915T000000", "TZOFFSETFROM:+0800",
            "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE"])
            Line(text, line);
    }

    static void Event(StringBuilder text, IcsEvent entry)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{Escape(entry.Uid)}");
        Line(text, $"SEQUENCE:{entry.Sequence.ToString(CultureInfo.InvariantCulture)}");
        Line(text, $"DTSTAMP:{entry.Stamp.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        Line(text, $"DTSTART;TZID={SiteTime.ZoneName}:{Local(entry.StartsAt)}");
        Line(text, $"DTEND;TZID={SiteTime.ZoneName}:{Local(entry.EndsAt)}");
        Line(text, $"SUMMARY:{Escape(entry.Summary)}");
        Line(text, $"LOCATION:{Escape(entry.Location)}");
        if (entry.Description.Length > 0)
            Line(text, $"DESCRIPTION:{Escape(entry.Description)}");
        if (entry.Url is { } url)
            Line(text, $"URL:{url}");
        Line(text, entry.IsCancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        Line(text, entry.IsCancelled ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
        if (entry.Organizer is { } organizer)
            Line(text, $"ORGANIZER;CN={Quote(organizer.Name)}:mailto:{organizer.Address}");
        if (entry.Attendee is { } attendee)
            Line(text, $"ATTENDEE;CN={Quote(attendee.Name)};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{attendee.Address}");
        if (entry is { AlarmMinutes: { } minutes, IsCancelled: false })
            Alarm(text, minutes, entry.Summary);
        Line(text, "END:VEVENT");
    }

    static void Alarm(StringBuilder text, int minutes, string summary)
    {
        Line(text, "BEGIN:VALARM");
        Line(text, "ACTION:DISPLAY");
        Line(text, $"TRIGGER:-PT{minutes.ToString(CultureInfo.InvariantCulture)}M");
        Line(text, $"DESCRIPTION:{Escape(summary)}");
        Line(text, "END:VALARM");
    }

    static string Local(DateTimeOffset at) => SiteTime.Local(at).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    static string Escape(string text) => Clean(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>A parameter's value: quoted, and a quote inside it cannot be written at all.</summary>
    static string Quote(string text) => $"\"{Clean(text).Replace('"', '\'').Replace("\n", " ", StringComparison.Ordinal)}\"";

    static string Clean(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c)));

    /// <summary>Folds between characters, never inside one: the limit is in octets of UTF-8.</summary>
    static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}

namespace VenueBooking.Web;

/// <summary>What is said in one line with a dot between its parts: 羽毛球 · 职工文化宫. A line that wraps may end with a dot, not begin with one.</summary>
public static class Dotted
{
    const string End = "\u00a0·";

    /// <summary>Parts that say nothing are left out.</summary>
    public static string Line(params IEnumerable<string?> parts) => string.Join(End + " ", parts.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The parts of such a line, each with the dot that follows it.</summary>
    public static IEnumerable<string> Parts(string line)
    {
        var parts = line.Split('·', StringSplitOptions.TrimEntries);
        return parts.Select((part, i) => i < parts.Length - 1 ? part + End : part);
    }
}

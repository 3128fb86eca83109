using System.Text.RegularExpressions;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Guards;

/// <summary>Which module may know which. Everybody stands on Data, Web, Jobs, Startup, Shared and Text.</summary>
public sealed partial class ModuleTests
{
    static readonly string[] Ground = ["Data", "Web", "Jobs", "Startup", "Shared", "Text"];

    /// <summary>Beyond the ground. A new line here is a decision: say why in the commit.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        // The ground itself knows who is asking, and nothing else of the modules.
        ["Data"] = [],
        ["Web"] = ["Accounts"],
        ["Jobs"] = ["Accounts", "Bookings", "Notices", "Supply", "Unions"],
        ["Startup"] = [],
        ["Shared"] = ["Accounts"],
        ["Text"] = [],
        ["Notices"] = ["Accounts"],
        ["Accounts"] = ["Notices"],
        ["Unions"] = ["Accounts", "Notices"],
        ["Venues"] = ["Accounts", "Unions", "Notices"],
        ["Supply"] = ["Accounts", "Notices", "Unions", "Venues"],
        ["Bookings"] = ["Accounts", "Notices", "Supply", "Unions", "Venues"],
        // The demo fills every module's tables.
        ["Demo"] = ["Accounts", "Bookings", "Notices", "Supply", "Unions", "Venues"],
    };

    [Fact]
    public void Modules_know_only_those_they_are_listed_with()
    {
        var broken = Uses().Where(use => !Ground.Contains(use.To) && !Allowed.GetValueOrDefault(use.From, []).Contains(use.To))
            .Select(use => $"{use.File}: {use.From} uses {use.To}");

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_module_is_listed() =>
        Assert.Empty(Uses().Select(u => u.From).Distinct().Except(Allowed.Keys));

    static IEnumerable<(string File, string From, string To)> Uses() =>
        from file in SourceFiles.In("src/VenueBooking", "*.cs").Concat(SourceFiles.In("src/VenueBooking", "*.cshtml"))
        let relative = Path.GetRelativePath(Repository.Path("src/VenueBooking"), file)
        where relative.Contains('/', StringComparison.Ordinal)
        let module = relative.Split('/')[0]
        from line in File.ReadLines(file)
        from Match match in Reference().Matches(line)
        where match.Groups[1].Value != module
        select (relative, module, match.Groups[1].Value);

    [GeneratedRegex(@"\bVenueBooking\.([A-Z]\w+)\b")]
    private static partial Regex Reference();
}

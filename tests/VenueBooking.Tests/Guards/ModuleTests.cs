using System.Text.RegularExpressions;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Guards;

/// <summary>Which module may know which. Everybody stands on Data, Web, Jobs, Startup, Shared and Text.</summary>
public sealed partial class ModuleTests
{
    static readonly string[] Ground = ["Data", "Web", "Jobs", "Startup", "Shared", "Text"];

    /// <summary>Beyond the ground. A new line here is a decision: say why in the commit.</summary>
    public static readonly Dictionary<string, string[]> Allowed = new()
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

    /// <summary>
    /// The few types of a module that others may use, beside <c>AddX</c> and <c>MapX</c>. Jobs names every job in its schedule, and the
    /// demo makes what people would make.
    /// </summary>
    static readonly Dictionary<string, string[]> Shown = new()
    {
        ["Accounts"] = ["AppUser", "CurrentMember", "EndedSessionsMiddleware", "IMemberships", "IPersonalData", "IRoleScope", "PersonNames", "Roles",
            "ScopeChoice", "UnionChoice"],
        ["Notices"] = ["INoticeKeys", "INoticeTemplate", "MailOptions", "Notice", "NoticeAction", "NoticeCalendar", "NoticeContent", "Outbox",
            "OutboxBell", "PlainNotice", "PlainNotices"],
        ["Supply"] = ["BookingWindow", "IStandingBookings", "Slot", "SlotEnd", "SlotState", "StandingBooking"],
        ["Unions"] = ["CardNumbers", "IMembershipEffect", "Membership", "MembershipState", "Union", "UnionLevels"],
        ["Venues"] = ["Activities", "Closure", "ClosureImpact", "ComingSlots", "Holiday", "HolidayCalendar", "HolidayCalendars", "IInventory",
            "INextFree", "NextFree", "OpeningHours", "Space", "Venue", "VenueDesk", "VenueDeskScopes", "VenueLocks", "VenueMap", "VenueNames"],
    };

    [Fact]
    public void Modules_know_only_those_they_are_listed_with() =>
        None(Uses().Select(use => (use.Where, use.From, use.To)).Concat(Written()).Where(use => !Ground.Contains(use.To) && !MayKnow(use.From, use.To))
            .Select(use => $"{use.Where}: {use.From} uses {use.To}"));

    [Fact]
    public void Every_module_is_listed() =>
        Assert.Empty(Uses().Select(u => u.From).Distinct().Except(Allowed.Keys));

    [Fact]
    public void What_others_use_of_a_module_is_what_it_shows() =>
        None(Uses().Where(use => !Ground.Contains(use.To) && use.From is not ("Jobs" or "Demo") && !Shown.GetValueOrDefault(use.To, []).Contains(use.Type.Name))
            .Select(use => $"{use.Where}: {use.To} does not show {use.Type.Name}"));

    [Fact]
    public void What_a_module_shows_is_used() =>
        None(Shown.SelectMany(s => s.Value.Select(type => $"{s.Key}: {type}")).Except(Uses().Select(use => $"{use.To}: {use.Type.Name}")));

    static void None(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults.Distinct()));

    public static bool MayKnow(string module, string other) => module == other || Allowed.GetValueOrDefault(module, []).Contains(other);

    public static string? ModuleOf(Type type)
    {
        if (type.DeclaringType is { } outer)
            return ModuleOf(outer);
        if (type.Assembly != typeof(Program).Assembly)
            return null;
        // Pages are compiled into classes named after their path.
        if (type.Namespace == "AspNetCoreGeneratedDocument")
            return type.Name.Split('_')[0] is var folder && Allowed.ContainsKey(folder) ? folder : null;
        return type.Namespace?.Split('.') is ["VenueBooking", var module, ..] ? module : null;
    }

    static IEnumerable<(string Where, string From, string To, Type Type)> Uses() =>
        from type in Compiled.Types
        let module = ModuleOf(type)
        where module is not null
        from used in Compiled.TypesIn(type)
        let other = ModuleOf(used)
        where other is not null && other != module
        select (type.FullName!, module, other, Outermost(used));

    static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Constants are nobody's in compiled code: they are looked for in the text.</summary>
    static IEnumerable<(string Where, string From, string To)> Written() =>
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

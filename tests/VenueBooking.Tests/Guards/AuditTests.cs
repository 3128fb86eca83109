using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts.Admin;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Tests.Guards;

/// <summary>A deed that is written down can be read: nobody should have to guess at a code.</summary>
public sealed partial class AuditTests(AppLease lease) : AppTest(lease)
{
    IStringLocalizer<AuditText> Words => App.Services.GetRequiredService<IStringLocalizer<AuditText>>();

    [Fact]
    public void Every_deed_has_its_words()
    {
        var deeds = Deeds().Concat(Enum.GetValues<SlotAction>().Select(a => $"slots.{SnakeCase.Word(a)}")).Distinct().ToList();

        Assert.True(deeds.Count > 40, "the deeds are written down in another way than this test looks for");
        Assert.Empty(from language in Languages.All from deed in deeds where IsMissing(language, AuditWords.ActionKey(deed)) select $"{language}: {deed}");
    }

    [Fact]
    public void Every_thing_has_its_word() =>
        Assert.Empty(from subject in SourceText().SelectMany(text => Subject().Matches(text)).Select(m => m.Groups[1].Value).Distinct()
                     where IsMissing(Languages.English, "subject_" + subject)
                     select subject);

    [Theory]
    [InlineData(typeof(VenueFacts)), InlineData(typeof(SpaceFacts)), InlineData(typeof(HolidayFacts)), InlineData(typeof(ClosureFacts)), InlineData(typeof(Period))]
    [InlineData(typeof(AgreementFacts)), InlineData(typeof(BlockFacts)), InlineData(typeof(Published)), InlineData(typeof(Changed)), InlineData(typeof(TakenAway))]
    [InlineData(typeof(SlotsChanged))]
    public void Every_field_has_its_word(Type facts) => Assert.DoesNotContain(facts.GetProperties().Select(p => p.Name),
        name => name != "Id" && IsMissing(Languages.English, AuditWords.FieldKey(name)));

    [Fact]
    public void The_log_calls_what_became_of_a_mail_as_the_list_of_mails_does() => Assert.Empty(
        from language in Languages.All
        from state in Enum.GetValues<NoticeState>().Select(SnakeCase.Word)
        where Languages.In(language, () => Words["value_" + state].Value != App.Services.GetRequiredService<IStringLocalizer<NoticeText>>()["state_" + state].Value)
        select $"{language}: {state}");

    bool IsMissing(string language, string key) => Languages.In(language, () => Words[key].ResourceNotFound);

    static IEnumerable<string> Deeds() => SourceText().Where(text => Uses().IsMatch(text)).SelectMany(text => Deed().Matches(text)).Select(m => m.Groups[1].Value);

    static IEnumerable<string> SourceText() => SourceFiles.In("src/VenueBooking", "*.cs").Select(File.ReadAllText);

    [GeneratedRegex(@"\b[aA]udit\.Record\(|\.LookedAsync\(")]
    private static partial Regex Uses();

    [GeneratedRegex("\"([a-z]+\\.[a-z_]+)\"")]
    private static partial Regex Deed();

    [GeneratedRegex(@"\.Record\([^,]+, ""([a-z_]+)""")]
    private static partial Regex Subject();
}

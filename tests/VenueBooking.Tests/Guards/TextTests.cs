using System.Text.RegularExpressions;
using System.Xml.Linq;
using VenueBooking.Bookings;
using VenueBooking.Tests.Support;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Tests.Guards;

/// <summary>Chinese and English are both complete, and say the same things.</summary>
public sealed partial class TextTests
{
    static readonly Dictionary<string, Dictionary<string, string>> Chinese = Read("zh-CN"), English = Read("en");

    [Fact]
    public void Every_text_exists_in_both_languages()
    {
        var missing = from source in Chinese.Keys.Union(English.Keys)
                      let chinese = Chinese.GetValueOrDefault(source, [])
                      let english = English.GetValueOrDefault(source, [])
                      from key in chinese.Keys.Union(english.Keys)
                      where string.IsNullOrWhiteSpace(chinese.GetValueOrDefault(key)) || string.IsNullOrWhiteSpace(english.GetValueOrDefault(key))
                      select $"{source}: {key}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Both_languages_have_the_same_gaps_to_fill()
    {
        var different = from source in Chinese
                        from text in source.Value
                        let english = English.GetValueOrDefault(source.Key, []).GetValueOrDefault(text.Key, "")
                        where !Gaps(text.Value).SetEquals(Gaps(english))
                        select $"{source.Key}: {text.Key}: '{text.Value}' and '{english}'";

        Assert.Empty(different);
    }

    [Fact]
    public void An_account_is_called_by_one_word() =>
        Assert.Empty(from source in Chinese from text in source.Value where text.Value.Contains("账号", StringComparison.Ordinal) || text.Value.Contains('帐') select $"{source.Key}: {text.Key}");

    [Fact]
    public void No_english_text_is_chinese() =>
        Assert.Empty(from source in English from text in source.Value where IsUntranslated(text.Value) select $"{source.Key}: {text.Key}: {text.Value}");

    [Fact]
    public void Every_text_source_has_its_files() =>
        Assert.Empty(Texts.Sources.Select(s => s.Name).Except(Chinese.Keys));

    [Fact]
    public void Every_refusal_has_its_text() => Assert.Empty(Refusals().Where(r => !Has(r.Code)).Select(r => $"{r.File}: {r.Code}"));

    [Fact]
    public void Every_activity_has_its_name() => Assert.All(Activities.All.Select(Activities.TextKey), key => Assert.True(Has(key), key));

    [Fact]
    public void Every_end_of_a_booking_has_its_words() =>
        Assert.All(Enum.GetValues<EndReason>().SelectMany(r => new[] { r.TextKey(), r.ShortKey() }).OfType<string>(), key => Assert.True(Has(key), key));

    [Fact]
    public void Every_text_that_pages_ask_for_is_there() => Assert.Empty(AskedFor().Where(a => !a.Sources.Any(s => HasIn(s, a.Key))).Select(a => $"{a.File}: {a.Key}"));

    /// <summary>What is looked up over all modules: there the first that has a key wins, so another's would never be seen, or be seen instead.</summary>
    [Fact]
    public void What_is_looked_up_over_all_modules_stands_in_one_alone()
    {
        var keys = Refusals().Select(r => r.Code).Concat(AskedOverAll()).Concat(Activities.All.Select(Activities.TextKey))
            .Concat(Chinese.Values.SelectMany(s => s.Keys).Where(k => OverAll().IsMatch(k)));

        Assert.All(keys.Distinct(), key => Assert.True(Texts.Sources.Count(source => HasIn(source.Name, key)) == 1, key));
    }

    static bool Has(string key) => Texts.Sources.Any(source => HasIn(source.Name, key));

    static bool HasIn(string source, string key) => Chinese.GetValueOrDefault(source, []).ContainsKey(key);

    static IEnumerable<(string File, string Code)> Refusals() =>
        from file in SourceFiles.In("src/VenueBooking", "*.cs")
        let text = File.ReadAllText(file)
        from code in MadeHere(text)
        select (Path.GetFileName(file), code);

    /// <summary>Codes in what makes a refusal, wherever it is made and however many stand there (one for each branch, say).</summary>
    public static IEnumerable<string> MadeHere(string source) =>
        from Match statement in Refusing().Matches(source)
        from Match code in Code().Matches(statement.Value)
        select code.Groups[1].Value;

    [Theory]
    [InlineData("return new Refusal(\"a_b\");", "a_b")]
    [InlineData("public static readonly Refusal One = new(\"one\"), Two = Refusal.Invalid(\"two\", \"field\");", "one two")]
    [InlineData("checks.Refuse(isEmpty ? \"none\" : \"odd\", nameof(Day));", "none odd")]
    [InlineData("this.Refuse(texts, \"wrong\", nameof(Code));", "wrong")]
    [InlineData("return Refusal.Invalid(many ? \"many\" : \"one\");", "many one")]
    public void The_codes_of_refusals_are_seen_however_they_are_made(string source, string codes) => Assert.Equal(codes.Split(' '), MadeHere(source));

    /// <summary>Literal keys in pages, with the source that stands behind the name they are asked of.</summary>
    static IEnumerable<(string File, string Key, string[] Sources)> AskedFor() =>
        from file in SourceFiles.In("src/VenueBooking", "*.cshtml")
        let text = File.ReadAllText(file)
        let localizers = Localizers(file).ToLookup(l => l.Name, l => l.Source)
        from Match match in Asked().Matches(text)
        where localizers.Contains(match.Groups[1].Value)
        select (Path.GetFileName(file), match.Groups[2].Value, localizers[match.Groups[1].Value].ToArray());

    /// <summary>Literal keys asked of <see cref="Texts"/>, in code and in pages.</summary>
    static IEnumerable<string> AskedOverAll() =>
        from file in SourceFiles.In("src/VenueBooking", "*.cs").Concat(SourceFiles.In("src/VenueBooking", "*.cshtml"))
        let text = File.ReadAllText(file)
        let names = TextsNamed().Matches(text).Concat(NearestImports(file).SelectMany(t => TextsNamed().Matches(t))).Select(m => m.Groups[1].Value).ToHashSet()
        from Match match in Asked().Matches(text)
        where names.Contains(match.Groups[1].Value)
        select match.Groups[2].Value;

    static IEnumerable<string> NearestImports(string file) => file.EndsWith(".cshtml", StringComparison.Ordinal)
        && Path.Combine(Path.GetDirectoryName(file)!, "_ViewImports.cshtml") is var imports && File.Exists(imports) ? [File.ReadAllText(imports)] : [];

    /// <summary>Injected by the page itself, or else by the nearest _ViewImports above it.</summary>
    static IEnumerable<(string Name, string Source)> Localizers(string page)
    {
        var names = new HashSet<string>();
        List<string> files = [page];
        for (var d = Path.GetDirectoryName(page)!; d.StartsWith(Repository.Path("src/VenueBooking"), StringComparison.Ordinal); d = Path.GetDirectoryName(d)!)
            files.Add(Path.Combine(d, "_ViewImports.cshtml"));
        foreach (var file in files.Where(File.Exists))
            foreach (var (name, source) in Injected().Matches(File.ReadAllText(file)).Select(m => (m.Groups[2].Value, m.Groups[1].Value)).ToList())
                if (names.Add(name)) yield return (name, source);
    }

    static HashSet<string> Gaps(string text) => [.. Gap().Matches(text).Select(m => m.Groups[1].Value)];

    /// <summary>Names of the language itself and of columns in people's files stay as they are.</summary>
    static readonly string[] StayChinese = ["中文", "中", "卡号", "姓名", "周一", "周日"];

    public static bool IsUntranslated(string english) =>
        Han().IsMatch(StayChinese.Aggregate(english, (text, word) => text.Replace(word, "", StringComparison.Ordinal)));

    static Dictionary<string, Dictionary<string, string>> Read(string language) =>
        SourceFiles.In("src/VenueBooking", $"*.{language}.resx").ToDictionary(
            f => Path.GetFileName(f).Split('.')[0],
            f => XDocument.Load(f).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value));

    [GeneratedRegex(@"\bRefusal \w+ = [^;]*;|\bRefuse\([^;]*;|(?:new Refusal|Refusal\.Invalid)\([^;]*?\)")]
    private static partial Regex Refusing();

    [GeneratedRegex(@"(?:\(|texts, |\? |: )""([a-z0-9_]+)""")]
    private static partial Regex Code();

    [GeneratedRegex(@"@inject\s+IStringLocalizer<(\w+)>\s+(\w+)")]
    private static partial Regex Injected();

    [GeneratedRegex(@"\b(\w+)\[""([A-Za-z0-9_.-]+)""[\],]")]
    private static partial Regex Asked();

    /// <summary>Navigation, jobs, rules of forms, kinds and words of notices: their keys are put together from names.</summary>
    [GeneratedRegex("^(nav|job|rule|notice|booking|membership|mail)_")]
    private static partial Regex OverAll();

    [GeneratedRegex(@"\bTexts (\w+)\b")]
    private static partial Regex TextsNamed();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}

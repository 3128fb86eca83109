using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Guards;

/// <summary>Where things are and how big they may become.</summary>
public sealed partial class RepositoryTests
{
    const int LongestFile = 300, LongestProgram = 80, MostOthers = 5;

    static readonly string[] TopLevel =
    [
        ".ci", ".editorconfig", ".gitignore", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "Dockerfile",
        "LICENSE", "README.md", "VenueBooking.sln", "docker-compose.yml", "docs", "global.json", "migrations", "package-lock.json",
        "package.json", "run", "src", "test", "tests",
    ];

    /// <summary>Made by tools and ignored by git.</summary>
    static readonly string[] Made = [".data", ".git", ".vs", ".vscode", "TestResults", "artifacts", "bin", "node_modules", "obj"];

    [Fact]
    public void The_top_level_holds_what_is_listed_and_nothing_else()
    {
        var found = Directory.GetFileSystemEntries(Repository.Root).Select(p => Path.GetFileName(p)).Except(Made);

        Assert.Equal(TopLevel.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Program_only_composes() =>
        Assert.InRange(File.ReadLines(Repository.Path("src/VenueBooking/Program.cs")).Count(), 1, LongestProgram - 1);

    [Fact]
    public void No_source_file_is_too_long_to_read()
    {
        var long_ = Sources("*.cs").Concat(Sources("*.cshtml")).Concat(Sources("*.css"))
            .Select(f => (File: Path.GetRelativePath(Repository.Root, f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > LongestFile && !f.File.EndsWith(".css", StringComparison.Ordinal))
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.File}: {f.Lines} lines"));

        Assert.Empty(long_);
    }

    /// <summary>What needs more does more than one thing. What a class of the framework asks of those that stand on it is not their doing.</summary>
    [Fact]
    public void No_class_is_made_with_more_than_five_others()
    {
        var crowded = from type in Compiled.Types.Where(IsWritten)
                      let others = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Max(c => Others(c, type.BaseType))
                      where others > MostOthers
                      select $"{type.FullName}: {others}";

        Assert.Empty(crowded);
    }

    /// <summary>Records are data, and made of as much as there is to say.</summary>
    static bool IsWritten(Type type) => type is { IsClass: true, IsAbstract: false } && !type.IsSubclassOf(typeof(Delegate))
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.GetMethod("<Clone>$") is null;

    static int Others(ConstructorInfo constructor, Type? parent)
    {
        var inherited = parent?.Assembly == typeof(Program).Assembly ? [] : parent?.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType).ToHashSet() ?? [];
        return constructor.GetParameters().Count(p => !inherited.Contains(p.ParameterType) && !p.ParameterType.IsValueType && p.ParameterType != typeof(string)
            && p.ParameterType.GetMethod("<Clone>$") is null);
    }

    /// <summary>So that one reads it without looking twice: what follows an <c>if</c> stands below it, and what stops work is <c>ct</c>.</summary>
    [Fact]
    public void One_dialect_is_spoken() =>
        Assert.Empty(from file in SourceFiles.In("src", "*.cs")
                     from line in File.ReadLines(file)
                     where Dialect().IsMatch(line)
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}");

    [GeneratedRegex(@"^\s*(?:else )?(?:if|while|foreach) \(.+\) (?:return|throw|continue|break|await)\b.*;$|CancellationToken cancel\b")]
    private static partial Regex Dialect();

    [Fact]
    public void Migrations_are_numbered_from_one_without_a_gap()
    {
        var numbers = Directory.GetFiles(Repository.Path("migrations")).Select(f => Path.GetFileName(f)[..4]).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => n.ToString("0000", CultureInfo.InvariantCulture)), numbers);
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        // Written apart, so that this file does not find itself.
        string[] marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "Skip" + " ="];
        var left = Sources("*.cs").Concat(Sources("*.cshtml"))
            .Where(f => File.ReadLines(f).Any(l => marks.Any(m => l.Contains(m, StringComparison.Ordinal))))
            .Select(f => Path.GetRelativePath(Repository.Root, f));

        Assert.Empty(left);
    }

    static IEnumerable<string> Sources(string pattern) => SourceFiles.In("src", pattern).Concat(SourceFiles.In("tests", pattern));
}

/// <summary>What people wrote, as against what the build put beside it.</summary>
static class SourceFiles
{
    public static IEnumerable<string> In(string directory, string pattern) =>
        Directory.EnumerateFiles(Repository.Path(directory), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal));
}

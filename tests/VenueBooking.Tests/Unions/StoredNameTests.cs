using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Unions;

namespace VenueBooking.Tests.Unions;

/// <summary>A database from before, in which names were kept as they came.</summary>
public sealed class StoredNameTests
{
    [Fact]
    public async Task Names_kept_before_are_in_the_form_that_requests_come_in()
    {
        await using var app = await App.StartAsync();
        var union = await app.Make.GrassrootsUnion();
        var member = await app.Make.UnverifiedWorker(union, "王 小\u3000明", "AB-0001");
        var names = Odd().Concat(Borders()).ToArray();
        await app.Execute("""
            insert into roster_entries (id, union_id, card_number, name, imported_at)
            select gen_random_uuid(), $1, 'T-' || n, name, now() from unnest($2::text[]) with ordinality as given(name, n)
            """, union.Id, names);
        await app.Execute("update memberships set state = 'ended', needs_officer = true, card_number = 'T-1'");
        await app.Execute("alter table roster_entries drop column needs_officer");

        await app.Execute(Migration.FromAssembly(typeof(Migration).Assembly).Single(m => m.Number == 15).Sql);

        var kept = await app.Query(db => db.Set<RosterEntry>().ToDictionaryAsync(r => r.CardNumber));
        Assert.Empty(names.Select((name, i) => (Given: name, Kept: kept[$"T-{i + 1}"].Name)).Where(n => n.Kept != PersonNames.Clean(n.Given)).Select(n => Escaped(n.Given)));
        Assert.Equal("T-1", Assert.Single(kept.Values, r => r.NeedsOfficer).CardNumber);
        Assert.Equal("王小明", await app.Scalar<string>("select name from memberships where user_id = $1", member.Id));
    }

    /// <summary>All that is a blank or not seen, in all places.</summary>
    static IEnumerable<string> Odd() => Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid).Select(c => new Rune(c))
        .Where(r => Rune.IsWhiteSpace(r) || r == Rune.ReplacementChar || Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format)
        .Select(r => $"{r}王{r} 明{r}\u3000Li{r}X {r}李{r}");

    /// <summary>Where Chinese characters begin and end.</summary>
    static IEnumerable<string> Borders() =>
        new[] { 0x33FF, 0x3400, 0x9FFF, 0xA000, 0xF8FF, 0xF900, 0xFAFF, 0xFB00, 0x1FFFD, 0x20000, 0x3FFFD, 0x40000 }.Select(c => new Rune(c)).Select(r => $"王 {r} 明");

    static string Escaped(string name) => string.Join(' ', name.EnumerateRunes().Select(r => $"{r.Value:x}"));
}

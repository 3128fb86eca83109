using VenueBooking.Accounts;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>One person of an uploaded roster.</summary>
public sealed record RosterRow(int Number, string CardNumber, string Name);

/// <summary>
/// A roster as unions keep it: columns 卡号 (card number) and 姓名 (name), in any order; a column 工会 (union) is optional
/// on the page, where the union is chosen; others are ignored. Read whole or
/// refused with every fault named by row and column.
/// </summary>
/// <param name="Rows">Empty when there are errors.</param>
/// <param name="CardHeader">What the file calls the column of cards: faults are named as people see them.</param>
public sealed record RosterSheet(IReadOnlyList<RosterRow> Rows, IReadOnlyList<TableError> Errors, string CardHeader)
{
    public const string Card = "卡号";
    public static readonly string[] UnionColumn = ["工会", "union", "所在工会", "基层工会", "所在基层工会"];
    static readonly string[] CardColumn = [Card, "会员卡号", "工会卡号", "card number", "card"];
    static readonly string[] NameColumn = ["姓名", "会员姓名", "name"];

    /// <summary>Rows that the file itself gives to another union, or to none, than the one it is imported for.</summary>
    public static IEnumerable<TableError> OfOtherUnions(Table table, string union)
    {
        if (table.Find(UnionColumn) is not { } at)
            return [];
        return table.Rows.Where(r => r[at] != union).Select(r => new TableError(r.Number, table.Headers[at].Trim(),
            r[at].Length == 0 ? Refusal.Invalid("roster_union_blank", null, union) : Refusal.Invalid("roster_union_other", null, r[at], union)));
    }

    public static Outcome<RosterSheet> Read(Table table)
    {
        var (card, name) = (table.Require(CardColumn), table.Require(NameColumn));
        if ((card.Refusal ?? name.Refusal ?? table.Twice(UnionColumn)) is { } refusal)
            return refusal;
        var (cardHeader, nameHeader) = (table.Headers[card.Value].Trim(), table.Headers[name.Value].Trim());
        var rows = new List<RosterRow>(table.Rows.Count);
        var errors = new List<TableError>();
        var seen = new Dictionary<string, int>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var number = CardNumbers.Clean(row[card.Value]) ?? "";
            if (!CardNumbers.IsValid(number))
                errors.Add(new(row.Number, cardHeader, UnionRefusals.CardInvalid));
            else if (!seen.TryAdd(number, row.Number))
                errors.Add(new(row.Number, cardHeader, Refusal.Invalid("roster_card_twice", null, seen[number])));
            if (PersonNames.Clean(row[name.Value]) is not { Length: > 0 and <= PersonNames.Longest } person)
                errors.Add(new(row.Number, nameHeader, UnionRefusals.NameMissing));
            else
                rows.Add(new(row.Number, number, person));
        }
        return new RosterSheet(errors.Count == 0 ? rows : [], errors, cardHeader);
    }
}

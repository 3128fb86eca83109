using System.Buffers.Text;
using System.Text;

namespace VenueBooking.Web;

/// <summary>One page of a list: <c>{ "items": [...], "next": cursor | null }</c>. The next page comes by <c>?cursor=</c>.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public static class Page
{
    /// <param name="found">What was read: one row more than the page shows, where there are more.</param>
    /// <param name="size">Rows of a page.</param>
    /// <param name="cursor">Of a row.</param>
    public static Page<T> Of<T>(IReadOnlyList<T> found, int size, Func<T, Cursor> cursor) =>
        found.Count > size ? new([.. found.Take(size)], cursor(found[size - 1]).ToString()) : new(found, null);
}

/// <summary>
/// Where the next page begins: the sort key and id of the last row shown, opaque to the caller.
/// A cursor that is not ours is refused, never guessed at.
/// </summary>
public sealed record Cursor(string Key, Guid Id)
{
    public const string Description = "Of a page before this: its `next`";
    public static readonly Refusal Refused = Refusal.Invalid("invalid_cursor", "cursor");

    public static Cursor Of(DateTimeOffset at, Guid id) => new(at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), id);

    public DateTimeOffset At => new(long.Parse(Key, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Id:N}{Key}"));

    public static bool TryParse(string? text, out Cursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (text.Length > 400 || !Base64Url.IsValid(text))
            return false;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        if (plain.Length < 32 || !Guid.TryParseExact(plain[..32], "N", out var id))
            return false;
        cursor = new(plain[32..], id);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, for lists sorted by time: also refuses a key that is no instant.</summary>
    public static bool TryParseTime(string? text, out Cursor? cursor) =>
        TryParse(text, out cursor)
        && (cursor is null || (long.TryParse(cursor.Key, out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks));
}

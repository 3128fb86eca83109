using System.Globalization;

namespace VenueBooking.Web;

/// <summary>One page of a list that is counted. The next page comes by <c>?page=</c>, from 1.</summary>
public sealed record NumberedPage<T>(IReadOnlyList<T> Items, int Number, int Size, int Total)
{
    public string? Next => (long)Number * Size < Total ? (Number + 1).ToString(CultureInfo.InvariantCulture) : null;
    /// <summary>There is a list, but not so many pages of it.</summary>
    public bool IsBeyondEnd => Items.Count == 0 && Number > 1;
    /// <summary>The last page that has something on it; the first where there is nothing at all.</summary>
    public int Last => Math.Max(1, (Total + Size - 1) / Size);
}

public static class NumberedPage
{
    public const string Param = "page";
    const int Most = 100_000;

    /// <summary>Nothing is the first page.</summary>
    public static bool TryParse(string? text, out int number)
    {
        number = 1;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= Most);
    }
}

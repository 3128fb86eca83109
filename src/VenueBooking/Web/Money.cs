using System.Globalization;

namespace VenueBooking.Web;

/// <summary>Money is whole 分 (1/100 yuan) everywhere but in front of people.</summary>
public static class Money
{
    /// <summary>¥1,250.50</summary>
    public static string Yuan(long fen) =>
        (fen < 0 ? "-¥" : "¥") + (Math.Abs(fen) / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>+¥240.00</summary>
    public static string Difference(long fen) => (fen > 0 ? "+" : "") + Yuan(fen);
}

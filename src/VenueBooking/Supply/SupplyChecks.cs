using System.Globalization;
using VenueBooking.Venues;
using VenueBooking.Web.Tables;

namespace VenueBooking.Supply;

/// <summary>Days, times and prices as forms send them and as people write them.</summary>
static class SupplyChecks
{
    static readonly string[] Times = ["H:mm", "HH:mm:ss", "H.mm", "H：mm"];

    public static DateOnly Day(this FieldChecks checks, string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
            checks.Refuse("field_required", field);
        else if (TableCells.TryDate(value.Trim(), out var day) && day.Year is >= 2000 and < 2100)
            return day;
        else
            checks.Refuse("field_day", field);
        return new(2000, 1, 1);
    }

    public static TimeOnly TimeOfDay(this FieldChecks checks, string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
            checks.Refuse("field_required", field);
        else if (TimeOnly.TryParseExact(value.Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Second == 0)
            return time;
        else
            checks.Refuse("field_time", field);
        return default;
    }

    /// <summary>An amount of yuan with at most two places, as 分.</summary>
    public static int Fen(this FieldChecks checks, string? value, string field, int most)
    {
        if (string.IsNullOrWhiteSpace(value))
            checks.Refuse("field_required", field);
        else if (decimal.TryParse(value.Trim().TrimStart('¥', '￥'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var yuan)
            && yuan * 100 <= most && yuan * 100 == Math.Floor(yuan * 100))
            return (int)(yuan * 100);
        else
            checks.Refuse("field_price", field, most / 100);
        return 0;
    }
}

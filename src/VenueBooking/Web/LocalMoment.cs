namespace VenueBooking.Web;

/// <summary>
/// An instant as people at the site say it, in the language that is current when it is put into a text: what is read on another day
/// than it was written has no "tomorrow".
/// </summary>
public sealed record LocalMoment(DateTimeOffset At)
{
    public override string ToString()
    {
        var day = SiteTime.DayOf(At);
        return $"{SiteTime.DayAndWeekday(day)} {SiteTime.Time(At)}";
    }
}

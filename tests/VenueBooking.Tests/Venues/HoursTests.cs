using VenueBooking.Venues;

namespace VenueBooking.Tests.Venues;

public sealed class HoursTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("9-21", "09:00–21:00")]
    [InlineData("14:00～21:30， 9：00—12：00", "09:00–12:00, 14:00–21:30")]
    [InlineData("8:30 至 12 / 13 到 24:00", "08:30–12:00, 13:00–24:00")]
    [InlineData("18:00-0:00", "18:00–24:00")]
    [InlineData("0:00-0:00", "00:00–24:00")]
    [InlineData("８：３０－２４：００", "08:30–24:00")]
    public void Hours_are_read_as_people_write_them(string text, string written) =>
        Assert.Equal(written, Hours.Write(Hours.Read(DayOfWeek.Monday, text)!));

    [Theory, InlineData("abc"), InlineData("9"), InlineData("21-9"), InlineData("9-9"), InlineData("9-25"), InlineData("9:60-10"), InlineData("9-12, 11-13"), InlineData("9-12x"), InlineData("109-12"), InlineData("9-123")]
    public void What_is_no_opening_hour_is_not_guessed_at(string text) => Assert.Null(Hours.Read(DayOfWeek.Monday, text));
}

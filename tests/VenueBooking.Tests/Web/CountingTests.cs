using System.Globalization;
using VenueBooking.Web;

namespace VenueBooking.Tests.Web;

public sealed class CountingTests
{
    [Theory]
    [InlineData("Publish {0:# slot|# slots}", 1, "Publish 1 slot")]
    [InlineData("Publish {0:# slot|# slots}", 0, "Publish 0 slots")]
    [InlineData("Publish {0:# slot|# slots}", 1204, "Publish 1,204 slots")]
    [InlineData("Tried {0:once|# times}", 1, "Tried once")]
    [InlineData("{0:# hour|# hours} of {0:0.0}", 1.5, "1.5 hours of 1.5")]
    [InlineData("{0:# hour|# hours}", "1", "1 hour")]
    [InlineData("{0} hours", 1, "1 hours")]
    public void A_text_says_one_and_many(string text, object count, string said)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal(said, Counting.Fill(text, [count]));
    }
}

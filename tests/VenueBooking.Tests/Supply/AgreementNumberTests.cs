namespace VenueBooking.Tests.Supply;

/// <summary>How numbers in the form of an agreement are read.</summary>
public sealed class AgreementNumberTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task Numbers_are_taken_as_a_Chinese_keyboard_makes_them()
    {
        var (staff, space) = (await Staff(), await Make.Space());

        await (await NewDraft(staff, space)).Press("保存草稿", [.. Block(space), ("Form.OwnDays", "１５"), ("每小时价格", "￥６０．５０")]);

        Assert.Equal(15, await App.Scalar<int>("select own_days from agreements"));
        Assert.Equal(6050, await App.Scalar<int>("select hour_price_fen from purchase_blocks"));
    }

    [Theory]
    [InlineData("６０。５０", 6050), InlineData("60｡5", 6050), InlineData("1，２34．50", 123_450), InlineData("￥1,000,000", 100_000_000)]
    [InlineData("６０，５０", null), InlineData("60,50", null), InlineData("1,23", null), InlineData(",500", null), InlineData("1234,567", null)]
    [InlineData("1.000,50", null), InlineData("60。", null), InlineData("1。2。3", null)]
    public async Task A_price_has_commas_before_groups_of_three_only_and_a_point_however_a_Chinese_keyboard_makes_it(string typed, int? fen)
    {
        var (staff, space) = (await Staff(), await Make.Space());

        var answer = await (await NewDraft(staff, space)).Press("保存草稿", [.. Block(space), ("每小时价格", typed)]);

        Assert.Equal(fen is null, answer.All("[id$=HourPrice-error]").Count == 1);
        if (fen is { } saved)
            Assert.Equal(saved, await App.Scalar<int>("select hour_price_fen from purchase_blocks"));
    }
}

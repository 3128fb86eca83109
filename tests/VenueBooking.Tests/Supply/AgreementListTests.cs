using Microsoft.EntityFrameworkCore;

namespace VenueBooking.Tests.Supply;

/// <summary>All agreements: page by page, narrowed, sorted, counted, exported.</summary>
public sealed class AgreementListTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task A_page_beyond_the_end_of_a_list_leads_back_to_its_last()
    {
        await Draft(await Make.Space(), a => a.Number = "甲-1");
        var staff = await Staff();
        var admin = await App.SignedInAs(await Make.Admin());

        var first = await staff.Get("/staff/agreements?q=甲&page=9");
        Assert.StartsWith("/staff/agreements?q=", first.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("page=", first.Path, StringComparison.Ordinal);
        Assert.Contains("甲-1", first.Text);
        for (var n = 0; n < 20; n++)
            await Make.Venue();
        var venues = await staff.Get("/staff/venues?page=9");
        Assert.EndsWith("?page=2", venues.Path, StringComparison.Ordinal);
        Assert.Single(venues.All("tbody tr"));
        Assert.NotEmpty((await staff.Get("/staff/venues?page=9")).All("tbody tr"));
        Assert.NotEmpty((await admin.Get("/admin/users?page=9")).All("tbody tr"));
    }

    [Fact]
    public async Task The_list_is_narrowed_sorted_and_exported()
    {
        var staff = await Staff();
        await Publish(await Draft(await Make.Space(), a => a.Number = "甲-1"));
        await Draft(await Make.Space(), a => a.Number = "乙-2");

        var active = await staff.Get("/staff/agreements?state=active&q=甲");
        Assert.Contains("甲-1", active.Text);
        Assert.DoesNotContain("乙-2", active.Text);
        Assert.Contains("8", active.One("tbody tr td:nth-child(5)").TextContent);

        var sorted = await staff.Get("/staff/agreements?sort=-number");
        Assert.Equal(["甲-1", "乙-2"], sorted.All("tbody tr td:first-child").Select(e => e.TextContent.Trim()).OrderByDescending(n => n, StringComparer.Ordinal));

        var csv = await staff.Get("/staff/agreements?handler=Export&format=csv");
        Assert.Equal("text/csv", csv.Response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("甲-1", csv.Body);
        Assert.Contains("480", csv.Body);
        Assert.Contains("用了（小时）", csv.Body);
        var excel = await staff.Get("/staff/agreements?handler=Export&format=xlsx");
        Assert.StartsWith("PK", excel.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_says_how_many_of_the_bought_hours_were_used()
    {
        var agreement = await Draft(await Make.Space());
        await Publish(agreement);
        var slots = await SlotsOf(agreement);
        await Make.Booking(slots[0]);
        await Make.Booking(slots[5]);
        Clock.Set(slots[3].EndsAt);

        var list = await (await Staff()).Get("/staff/agreements");

        Assert.Equal("1 / 8 小时", list.One("tbody tr td:nth-child(6)").TextContent.Trim());
    }
}

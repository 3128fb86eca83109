using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Jobs;
using VenueBooking.Web;

namespace VenueBooking.Tests.Guards;

/// <summary>A job that nobody watches may be dead for months.</summary>
public sealed class JobTests(AppLease lease) : AppTest(lease)
{
    [Theory, InlineData("zh-CN"), InlineData("en")]
    public async Task Every_scheduled_job_stands_on_the_jobs_page_under_its_name(string language)
    {
        var page = await (await App.SignedInAs(await Make.Staff(), language)).Get("/staff/jobs");

        var names = Schedule.All.Select(entry => (Key: "job_" + entry.Name, Name: NameOf("job_" + entry.Name, language))).ToList();
        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, n => n.Name == n.Key);
        Assert.All(names, n => Assert.Contains(n.Name, page.All("th[scope=row]").Select(cell => cell.TextContent.Trim())));
    }

    string NameOf(string key, string language) => Languages.In(language, () => App.Services.GetRequiredService<Texts>()[key]);
}

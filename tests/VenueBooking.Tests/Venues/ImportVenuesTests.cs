using System.Text;
using VenueBooking.Startup;
using VenueBooking.Web.Tables;

namespace VenueBooking.Tests.Venues;

/// <summary>Tables of venues and spaces, taken in by command.</summary>
public sealed class ImportVenuesTests(AppLease lease) : AppTest(lease)
{
    Task<(bool Done, IReadOnlyList<string> Lines)> Import(string csv) => App.With((IEnumerable<IImport> imports) =>
        imports.Single(i => i.Kind == "venues").RunAsync(TableReader.Read(Encoding.UTF8.GetBytes(csv)).Value!, default));

    [Fact]
    public async Task Venues_and_spaces_are_made_and_the_same_table_again_changes_nothing()
    {
        const string csv = "场馆,地址,场地,活动,容量\n甲馆,甲路 1 号,1 号场,羽毛球,1\n甲馆,甲路 1 号,泳池,swimming,30\n";

        Assert.Contains("新增 3 个，修改 0 个", Assert.Single((await Import(csv)).Lines), StringComparison.Ordinal);
        Assert.Contains("新增 0 个，修改 0 个", Assert.Single((await Import(csv)).Lines), StringComparison.Ordinal);

        Assert.Equal(30, await App.Scalar<int>("select capacity from spaces where activity = 'swimming'"));
    }

    [Fact]
    public async Task The_log_says_that_it_was_an_import()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "场馆,地址\n甲馆,甲路 1 号\n");
        Assert.Equal(0, await App.With((IEnumerable<ICommand> all) => all.Single(c => c.Name == "import").RunAsync(["venues", file], default)));
        File.Delete(file);

        var line = (await (await App.SignedInAs(await Make.Admin())).Get("/admin/audit?what=venue.create")).One("main tbody tr").TextContent;

        Assert.Contains("命令行导入", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wrong_row_makes_no_other_wrong()
    {
        var venue = await Make.Venue("乙馆");
        await Make.Space(venue, name: "1 号场");
        await Make.Space(venue, name: "2 号场");

        var (done, lines) = await Import("场馆,地址,场地,每次人数\n甲馆,,,\n乙馆,乙路 2 号,1 号场,3\n乙馆,乙路 2 号,2 号场,3\n");

        Assert.False(done);
        Assert.StartsWith("第 2 行，地址", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from spaces where max_party = 3"));
    }
}

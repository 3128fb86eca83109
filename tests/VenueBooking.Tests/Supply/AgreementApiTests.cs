using System.Net;
using System.Text;
using VenueBooking.Startup;
using VenueBooking.Venues;
using VenueBooking.Web.Tables;

namespace VenueBooking.Tests.Supply;

/// <summary>Agreements on the wire, and tables of them taken in.</summary>
public sealed class AgreementApiTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task Staff_read_agreements_and_an_unchanged_one_is_not_sent_again()
    {
        var agreement = await Draft(await Make.Space(), a => a.Number = "购-9");
        await Publish(agreement);
        var api = await App.ApiAs(await Make.Staff());

        var list = await api.Get("/api/v1/agreements?state=active");
        Assert.Equal("购-9", Assert.Single(list.Items).GetProperty("number").GetString());

        var one = await api.Get($"/api/v1/agreements/{agreement.Id}");
        Assert.Equal(8, one["totals"].GetProperty("slots").GetInt32());
        Assert.Equal("19:00", one["blocks"][0].GetProperty("fromTime").GetString());
        var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/agreements/{agreement.Id}");
        // A digest of what is said: another instance, or this one started again, says the same.
        Assert.Matches("^\"[0-9a-f]{16}\"$", one.Response.Headers.ETag!.Tag);
        again.Headers.IfNoneMatch.Add(one.Response.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await api.Send(again)).Status);
    }

    [Fact]
    public async Task What_is_not_there_or_makes_no_sense_is_said_so_and_workers_are_kept_out()
    {
        var api = await App.ApiAs(await Make.Staff());
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get($"/api/v1/agreements/{Guid.CreateVersion7()}")).Status);
        Assert.Equal("invalid_state", (await api.Get("/api/v1/agreements?state=lost")).Code);
        Assert.Equal("invalid_cursor", (await api.Get("/api/v1/agreements?cursor=!!")).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await App.ApiAs(await Make.Worker())).Get("/api/v1/agreements")).Status);
    }

    const string Header = "协议编号,场馆,对方,开始日期,结束日期,场地,星期,从,到,时段分钟,每小时价格,容量,节假日\n";

    Task<(bool Done, IReadOnlyList<string> Lines)> Import(string csv) => App.With((IEnumerable<IImport> imports) =>
        imports.Single(i => i.Kind == "agreements").RunAsync(TableReader.Read(Encoding.UTF8.GetBytes(Header + csv)).Value!, default));

    async Task<(Venue Venue, Space Space)> Place()
    {
        var venue = await Make.Venue("东城馆");
        return (venue, await Make.Space(venue, name: "一号场"));
    }

    [Fact]
    public async Task A_table_of_blocks_becomes_drafts_and_the_same_table_twice_changes_nothing()
    {
        await Place();
        const string rows = "购-1,东城馆,某公司,2026-06-01,2026-06-30,一号场,一三五,19:00,21:00,60,80,,否\n购-1,东城馆,某公司,2026-06-01,2026-06-30,一号场,6 7,9:00,12:00,60,50.5,1,是\n";

        Assert.True((await Import(rows)).Done);
        Assert.True((await Import(rows)).Done);

        Assert.Equal(1, await App.Scalar<long>("select count(*) from agreements where state = 'draft'"));
        Assert.Equal(2, await App.Scalar<long>("select count(*) from purchase_blocks"));
        Assert.Equal((short)0b0101010, await App.Scalar<short>("select weekdays from purchase_blocks where hour_price_fen = 8000"));
        Assert.Equal((short)0b1000001, await App.Scalar<short>("select weekdays from purchase_blocks where hour_price_fen = 5050 and on_holidays"));
    }

    [Fact]
    public async Task A_draft_that_is_there_gets_the_blocks_in_the_order_of_the_table_and_keeps_what_that_does_not_say()
    {
        var (venue, space) = await Place();
        var union = await Make.GrassrootsUnion();
        var draft = await Draft(space, a => (a.Number, a.OwnerUnionId, a.ReturnHours, a.Notes) = ("购-1", union.Id, 48, "别忘了"));
        string[] hours = ["15", "09", "20", "12", "18", "10", "21", "08", "13", "16", "11", "19", "14", "17"];

        var (done, lines) = await Import(string.Concat(hours.Select(h => $"购-1,{venue.Name},某公司,2026-06-01,2026-06-30,一号场,一,{h}:00,{h}:30,30,80,,\n")));

        Assert.True(done, string.Join('\n', lines));
        var after = await Reload(draft);
        Assert.Equal((union.Id, 48, "别忘了", "某公司"), (after.OwnerUnionId, after.ReturnHours, after.Notes, after.Counterparty));
        var shown = await (await App.SignedInAs(await Make.Staff())).Get($"/staff/agreements/{draft.Id}");
        Assert.Equal(hours.Select(h => $"{h}:00–{h}:30"), shown.All("tbody tr td:nth-child(3)").Select(c => c.TextContent.Trim()));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'agreement.edit' and before->>'counterparty' = '示例体育公司'"));
    }

    [Fact]
    public async Task A_table_with_faults_names_each_by_row_and_column_and_imports_nothing()
    {
        await Place();
        var (done, lines) = await Import(
            "购-1,东城馆,某公司,2026-06-01,2026-06-30,一号场,一,19:00,21:00,60,80,,\n"
            + "购-1,东城馆,某公司,2026-06-01,2026-06-30,九号场,一,19:00,21:00,60,免费,,\n"
            + "购-2,没有的馆,某公司,2026-06-01,2026-06-30,一号场,一,19:00,21:00,60,80,,\n");

        Assert.False(done);
        Assert.Contains(lines, l => l.StartsWith("第 3 行，场地", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("第 3 行，每小时价格", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("第 4 行，场馆", StringComparison.Ordinal));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from agreements"));
    }
}

using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Tests.Support;
using VenueBooking.Unions;

namespace VenueBooking.Tests.Unions;

public sealed class UnionTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task The_roster_of_a_union_that_ended_holds_no_card_and_verifies_nobody()
    {
        var (ended, next) = (await Make.GrassrootsUnion(), await Make.GrassrootsUnion());
        await Make.RosterEntry(ended, "张三", "AB-0001");
        var staff = await App.SignedInAs(await Make.Staff());
        await (await staff.Get($"/staff/unions/{ended.Id}")).Press($"停用“{ended.Name}”");

        var asked = await (await (await App.SignedInAs(await Make.User("张三"))).Get("/account/membership")).Submit(("姓名", "张三"), ("会员卡号", "AB-0001"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        var preview = await (await staff.Get("/officer/roster")).Press("预览", ("工会", next.Name),
            ("名册文件", new Upload("roster.csv", Encoding.UTF8.GetBytes("卡号,姓名\nAB-0001,张三\n"), "text/csv")));
        await preview.Press("确认导入");
        Assert.Equal(next.Id, await App.Scalar<Guid>("select union_id from roster_entries where removed_at is null"));
    }

    [Fact]
    public async Task Who_asks_while_the_union_is_being_ended_finds_it_ended()
    {
        var union = await Make.GrassrootsUnion();
        var form = await (await App.SignedInAs(await Make.User("张三"))).Get("/account/membership");
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var ending = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "select 1 from unions where id = $1 for update", union.Id);
        await ExecuteAsync(connection, "update unions set ended_at = now() where id = $1", union.Id);
        var asking = form.Submit(("姓名", "张三"), ("工会", union.Name));
        await Task.Delay(300);
        Assert.False(asking.IsCompleted);
        await ending.CommitAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await asking).Status);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from memberships"));
    }

    [Fact]
    public async Task A_union_that_somebody_is_joining_at_this_moment_is_not_ended()
    {
        var union = await Make.GrassrootsUnion();
        var user = await Make.User("张三");
        var page = await (await App.SignedInAs(await Make.Staff())).Get($"/staff/unions/{union.Id}");
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var joining = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "insert into memberships (user_id, union_id, name, asked_at) values ($1, $2, '张三', now())", user.Id, union.Id);
        var ending = page.Press($"停用“{union.Name}”");
        await Task.Delay(300);
        Assert.False(ending.IsCompleted);
        await joining.CommitAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await ending).Status);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from unions where ended_at is not null"));
    }

    [Fact]
    public async Task A_refused_request_and_one_of_an_unconfirmed_address_keep_no_union_open_and_who_made_it_reads_why_it_was_not_approved()
    {
        var union = await Make.GrassrootsUnion();
        var (refused, unconfirmed, waiting) = (await Make.UnverifiedWorker(union), await Make.UnverifiedWorker(union), await Make.UnverifiedWorker(union, "张三"));
        await App.Execute("update memberships set rejected_at = now(), rejected_reason = '查无此人' where user_id = $1", refused.Id);
        await App.Execute("update users set email_confirmed = false where id = $1", unconfirmed.Id);
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get($"/staff/unions/{union.Id}")).Press($"停用“{union.Name}”");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);

        await (await staff.Get($"/officer/members/{waiting.Id}")).Press("不予认证", ("原因", "查无此人"));
        await page.Press($"停用“{union.Name}”");

        Assert.Equal(1, await App.Scalar<long>("select count(*) from unions where ended_at is not null"));
        Assert.Equal(3, await App.Scalar<long>("select count(*) from memberships where state = 'unverified' and rejected_at is not null"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from outbox where kind = 'membership_ended'"));
        await App.Execute("update users set email_confirmed = true where id = $1", unconfirmed.Id);
        foreach (var (who, why) in new[] { (refused, "查无此人"), (waiting, "查无此人"), (unconfirmed, "您选择的工会已停用") })
        {
            var own = await (await App.SignedInAs(who)).Get("/account/membership");
            Assert.Contains("上次申请未通过", own.Text, StringComparison.Ordinal);
            Assert.Contains(why, own.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("已终止", own.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_union_ended_by_mistake_has_a_successor_of_its_name_and_is_changed_no_more()
    {
        var union = await Make.Union(await Make.Union(await Make.Union(name: "东区总工会"), "银杏街道总工会"), "朝阳小学工会");
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await staff.Get($"/staff/unions/{union.Id}");
        await page.Press("停用“朝阳小学工会”");

        await (await staff.Get("/staff/unions")).Press("添加工会", ("上级工会", "银杏街道总工会"), ("工会名称", "朝阳小学工会"));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from unions where name = '朝阳小学工会' and ended_at is null"));
        Assert.Equal(HttpStatusCode.NotFound, (await page.Press("保存", ("工会名称", "新名"))).Status);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from unions where name = '新名'"));
    }

    [Fact]
    public async Task Of_two_who_change_a_union_the_second_sees_what_the_first_saved()
    {
        var union = await Make.GrassrootsUnion("朝阳小学工会");
        var page = await (await App.SignedInAs(await Make.Staff())).Get($"/staff/unions/{union.Id}");
        await (await (await App.SignedInAs(await Make.Staff())).Get($"/staff/unions/{union.Id}")).Press("保存", ("工会名称", "朝阳中学工会"), ("每日人数上限", "7"));

        var stale = await page.Press("保存", ("每日人数上限", "9"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("朝阳中学工会", stale.One("dl").TextContent, StringComparison.Ordinal);
        Assert.Equal("朝阳小学工会", stale.One("[name=Name]").GetAttribute("value"));
        await stale.Press("保存");
        Assert.Equal("朝阳小学工会 9", await App.Scalar<string>("select name || ' ' || daily_cap from unions where id = $1", union.Id));
    }

    [Theory, InlineData("abc"), InlineData("2.5"), InlineData("0"), InlineData("100001")]
    public async Task A_daily_cap_that_is_no_whole_number_in_its_range_is_refused_with_the_range(string typed)
    {
        var union = await Make.GrassrootsUnion();
        var page = await (await App.SignedInAs(await Make.Staff())).Get($"/staff/unions/{union.Id}");

        var refused = await page.Press("保存", ("每日人数上限", typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("每日上限应是 1 到 100000 的整数", refused.Text, StringComparison.Ordinal);
        Assert.Equal(typed, refused.One("[name=DailyCap]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_parent_that_cannot_be_read_makes_no_district()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var token = (await staff.Get("/staff/unions")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;

        var refused = await staff.Post("/staff/unions", ("ParentId", "zz"), ("Name", "新工会"), ("__RequestVerificationToken", token));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from unions where name = '新工会'"));
    }

    [Fact]
    public async Task Unions_are_listed_from_the_district_down()
    {
        var district = await Make.Union(name: "丙区总工会");
        var branch = await Make.Union(district, "乙街道总工会");
        await Make.Union(branch, "甲小学工会");
        var page = await (await App.SignedInAs(await Make.Staff())).Get("/officer/members");
        Assert.Equal(["丙区总工会", "乙街道总工会", "甲小学工会"], page.All("select[name=Union] option").Skip(1).Select(o => o.TextContent.Trim()));
    }

    [Fact]
    public async Task A_roster_that_nobody_took_over_is_gone_after_a_day()
    {
        var union = await Make.GrassrootsUnion();
        var officer = await App.SignedInAs(await Make.Officer(union));
        await (await officer.Get("/officer/roster")).Press("预览", ("工会", union.Name),
            ("名册文件", new Upload("roster.csv", Encoding.UTF8.GetBytes("卡号,姓名\nAB-0001,张三\n"), "text/csv")));
        Assert.Equal(0, await RunAsync());
        Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await App.Scalar<long>("select count(*) from roster_uploads"));
    }

    Task<int> RunAsync() => App.With((IServiceProvider scope) => ActivatorUtilities.CreateInstance<PruneRosterUploads>(scope).RunAsync(default));

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] arguments)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments)
            command.Parameters.Add(new() { Value = argument });
        await command.ExecuteNonQueryAsync();
    }
}

using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Notices;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Tests.Unions;

public sealed class MembershipTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Who_asks_with_the_card_and_name_of_the_roster_is_verified_at_once()
    {
        var union = await App.Make.GrassrootsUnion();
        await App.Make.RosterEntry(union, "张三", "AB-0001");
        var user = await App.Make.User("张三");
        var visitor = await App.SignedInAs(user);
        var page = await (await visitor.Get("/account/membership")).Submit(("姓名", "张三"), ("会员卡号", "ａｂ-0001"));
        Assert.Contains("您是认证会员", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_without_a_roster_waits_for_the_officer_who_approves()
    {
        var union = await App.Make.GrassrootsUnion();
        var user = await App.Make.User("张三");
        await (await (await App.SignedInAs(user)).Get("/account/membership")).Submit(("姓名", "张三"), ("工会", union.Name));
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var person = await (await officer.Get("/officer/members?state=unverified")).Follow("张三");
        var done = await person.Press("认证", ("工会", union.Name));
        Assert.Contains("已认证", done.Text, StringComparison.Ordinal);
        Assert.Equal(1, await App.Query(db => db.Set<Notice>().CountAsync(n => n.RecipientId == user.Id && n.Kind == "membership_verified")));
        Assert.Equal(["member.view", "membership.approve"], await App.Query(db => db.Set<AuditEntry>()
            .Where(a => a.SubjectId == user.Id).OrderBy(a => a.Action).Select(a => a.Action).Distinct().ToListAsync()));
    }

    [Fact]
    public async Task Nobody_is_approved_or_matched_before_the_address_is_confirmed()
    {
        var union = await App.Make.GrassrootsUnion();
        var user = await App.Make.UnverifiedWorker(union, "张三", "AB-0001");
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var (offered, listed) = (await officer.Get($"/officer/members/{user.Id}"), await officer.Get("/officer/members"));
        await App.Execute("update users set email_confirmed = false where id = $1", user.Id);

        var refused = await offered.Press("认证", ("工会", union.Name));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("邮箱还没有确认", refused.Text, StringComparison.Ordinal);
        Assert.Empty(refused.All("form[action*=Approve]"));
        await listed.Press("认证所选", ("选择 张三", true));
        var list = await officer.Get("/officer/members");
        Assert.Contains("邮箱未确认", list.Text, StringComparison.Ordinal);
        Assert.Empty(list.All("input[name=ids]"));
        var roster = await (await officer.Get("/officer/roster")).Press("预览", ("工会", union.Name),
            ("名册文件", new Support.Upload("roster.csv", System.Text.Encoding.UTF8.GetBytes("卡号,姓名\nAB-0001,张三\n"), "text/csv")));
        await roster.Press("确认导入");
        Assert.Equal("unverified", await App.Scalar<string>("select state from memberships where user_id = $1", user.Id));
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_which_the_person_reads_and_may_answer()
    {
        var union = await App.Make.GrassrootsUnion();
        var user = await App.Make.UnverifiedWorker(union, "张三");
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var page = await officer.Get($"/officer/members/{user.Id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await page.Press("不予认证")).Status);
        await page.Press("不予认证", ("原因", "卡号不在册"));
        var own = await (await App.SignedInAs(user)).Get("/account/membership");
        Assert.Contains("卡号不在册", own.Text, StringComparison.Ordinal);
        var known = JsonDocument.Parse((await (await App.SignedInAs(user)).Get("/account/data?handler=Export")).Body).RootElement.GetProperty("membership");
        Assert.Equal(("卡号不在册", App.Now), (known.GetProperty("rejectedReason").GetString(), known.GetProperty("rejectedAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Who_has_a_card_that_no_roster_knows_is_asked_for_the_union_and_then_its_officer_finds_them()
    {
        var union = await App.Make.GrassrootsUnion();
        var user = await App.Make.User("张三");
        var visitor = await App.SignedInAs(user);
        var asked = await (await visitor.Get("/account/membership")).Submit(("姓名", "张三"), ("会员卡号", "AB-0001"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("请选择您所在的工会", asked.Text, StringComparison.Ordinal);
        await asked.Submit(("工会", union.Name));
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        Assert.Contains("张三", (await officer.Get("/officer/members?state=unverified")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ending_a_membership_says_what_is_booked_and_cancels_it_with_a_reason()
    {
        var union = await App.Make.GrassrootsUnion();
        var member = await App.Make.Worker(union, "张三");
        var slot = await App.Make.Slot();
        await App.Make.Booking(slot, member);
        await App.Make.Booking(await App.Make.Slot(), member);
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var page = await officer.Get($"/officer/members/{member.Id}");
        Assert.Contains("2 个未开始的预约", page.Text, StringComparison.Ordinal);

        await page.Press("终止 张三 的会员资格");

        Assert.Equal(0, await App.Scalar<int>("select taken from slots where id = $1", slot.Id));
        Assert.Equal(2, await App.Scalar<long>("select count(*) from bookings where state = 'cancelled' and end_reason = 'membership_ended'"));
        Assert.Equal(2, await App.Scalar<long>("select count(*) from outbox where kind = 'booking_cancelled' and recipient_id = $1", member.Id));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from outbox where kind = 'membership_ended' and recipient_id = $1", member.Id));
        Assert.Equal(2, await App.Scalar<int>("select (after->>'cancelled')::int from audit_entries where action = 'membership.end'"));
    }

    [Fact]
    public async Task Whose_membership_an_officer_ended_is_not_verified_again_by_the_roster_but_by_an_officer()
    {
        var union = await App.Make.GrassrootsUnion();
        await App.Make.RosterEntry(union, "张三", "AB-0001");
        var user = await App.Make.User("张三");
        var own = await App.SignedInAs(user);
        await (await own.Get("/account/membership")).Submit(("姓名", "张三"), ("会员卡号", "AB-0001"));
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        await (await officer.Get($"/officer/members/{user.Id}")).Press("终止 张三 的会员资格");
        Clock.Advance(TimeSpan.FromMinutes(1));

        await (await own.Get("/account/membership")).Submit(("姓名", "张三"), ("会员卡号", "AB-0001"));
        Assert.Equal("unverified", await StateOf(user.Id));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from memberships where verified_at is not null or verified_how is not null"));
        await (await (await officer.Get("/officer/roster")).Press("预览", ("工会", union.Name),
            ("名册文件", new Support.Upload("roster.csv", System.Text.Encoding.UTF8.GetBytes("卡号,姓名\nAB-0001,张三\nAB-0002,李四\n"), "text/csv")))).Press("确认导入");
        Assert.Equal("unverified", await StateOf(user.Id));
        var second = await App.Make.User("张三");
        await (await (await App.SignedInAs(second)).Get("/account/membership")).Submit(("姓名", "张三"), ("会员卡号", "AB-0001"));
        Assert.Equal("unverified", await StateOf(second.Id));

        var page = await officer.Get($"/officer/members/{user.Id}");
        Assert.Contains("曾由工会干部终止", page.Text, StringComparison.Ordinal);
        await page.Press("认证", ("工会", union.Name));
        Assert.Equal("verified", await StateOf(user.Id));
    }

    [Fact]
    public async Task The_waiting_stand_first_the_longest_waiting_at_the_top_and_the_list_says_how_many_there_are()
    {
        var union = await App.Make.GrassrootsUnion();
        await App.Make.UnverifiedWorker(union, "先来的");
        Clock.Advance(TimeSpan.FromHours(1));
        await App.Make.UnverifiedWorker(union, "后来的");
        Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 28; i++)
            await App.Make.Worker(union, $"会员{i:00}");
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var page = await officer.Get("/officer/members");
        Assert.Equal(["先来的", "后来的"], Names(page).Take(2));
        Assert.Contains("共 30 人", page.Text, StringComparison.Ordinal);
        Assert.Equal("会员00", Names(await officer.Get("/officer/members?sort=name"))[0]);
        var last = await officer.Get("/officer/members?sort=-name&page=2");
        Assert.Equal(5, Names(last).Count);
    }

    static List<string> Names(Support.WebPage page) => [.. page.All("tbody tr td:nth-child(2)").Select(c => c.TextContent.Trim())];

    Task<string> StateOf(Guid user) => App.Scalar<string>("select state from memberships where user_id = $1", user);

    [Fact]
    public async Task An_officer_does_not_see_members_of_other_unions()
    {
        var mine = await App.Make.GrassrootsUnion();
        var own = await App.Make.UnverifiedWorker(mine, "自己人");
        var foreign = await App.Make.UnverifiedWorker(await App.Make.GrassrootsUnion(), "外人");
        var officer = await App.SignedInAs(await App.Make.Officer(mine));
        Assert.Equal(["自己人"], Names(await officer.Get("/officer/members")));
        Assert.Equal(HttpStatusCode.OK, (await officer.Get($"/officer/members/{own.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.Get($"/officer/members/{foreign.Id}")).Status);
    }

    [Fact]
    public async Task Another_unions_roster_shows_an_officer_that_it_has_the_card_and_not_whose_it_is()
    {
        var (mine, other) = (await App.Make.GrassrootsUnion(), await App.Make.GrassrootsUnion());
        await App.Make.RosterEntry(other, "真名", "AB-0001");
        await App.Make.RosterEntry(mine, "张三丰", "AB-0002");
        var officer = await App.SignedInAs(await App.Make.Officer(mine));
        var page = await officer.Get($"/officer/members/{(await App.Make.UnverifiedWorker(mine, "张三", "AB-0001")).Id}");
        Assert.Contains("此卡号在其他工会的名册中", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("真名", page.Text, StringComparison.Ordinal);
        page = await officer.Get($"/officer/members/{(await App.Make.UnverifiedWorker(mine, "张三", "AB-0002")).Id}");
        Assert.Contains("姓名“张三丰”", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_deed_that_shows_the_person_again_is_a_look_at_them_too()
    {
        var union = await App.Make.GrassrootsUnion();
        var user = await App.Make.UnverifiedWorker(union, "张三");
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var page = await (await officer.Get($"/officer/members/{user.Id}")).Press("不予认证", ("原因", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(2, await App.Scalar<long>("select count(*) from audit_entries where action = 'member.view' and subject_id = $1", user.Id));
    }

    [Fact]
    public async Task Members_are_found_whichever_letters_are_capital()
    {
        var union = await App.Make.GrassrootsUnion();
        foreach (var name in new[] { "Anna Müller", "Bob" })
            await App.Make.Worker(union, name);
        Assert.Equal(["Anna Müller"], Names(await (await App.SignedInAs(await App.Make.Officer(union))).Get("/officer/members?q=anna")));
    }

    [Fact]
    public async Task Whom_the_roster_drops_at_this_moment_waits_for_an_officer()
    {
        var union = await App.Make.GrassrootsUnion();
        await App.Make.RosterEntry(union, "张三", "AB-0001");
        var form = await (await App.SignedInAs(await App.Make.User("张三"))).Get("/account/membership");
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var dropping = await connection.BeginTransactionAsync();
        await using var drop = new NpgsqlCommand("update roster_entries set removed_at = now()", connection);
        await drop.ExecuteNonQueryAsync();
        var asking = form.Submit(("姓名", "张三"), ("工会", union.Name), ("会员卡号", "AB-0001"));
        await Task.Delay(300);
        await dropping.CommitAsync();

        await asking;
        Assert.Equal("unverified", await App.Scalar<string>("select state from memberships"));
    }

    [Fact]
    public async Task A_look_at_the_list_is_written_down_and_a_search_that_nobody_can_type_is_refused()
    {
        var union = await App.Make.GrassrootsUnion();
        var officer = await App.Make.Officer(union);
        var visitor = await App.SignedInAs(officer);
        await visitor.Get("/officer/members");
        Assert.Equal(officer.Id, await App.Query(db => db.Set<AuditEntry>().Where(a => a.Action == "members.list").Select(a => a.ActorId).SingleAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Get("/officer/members?q=%00")).Status);
    }

    [Fact]
    public async Task One_card_belongs_to_one_verified_member_however_many_ask_at_once()
    {
        var union = await App.Make.GrassrootsUnion();
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => App.Make.UnverifiedWorker(union, "张三", "AB-0001")));
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var pages = new List<Support.WebPage>();
        foreach (var person in people)
            pages.Add(await officer.Get($"/officer/members/{person.Id}"));
        await Task.WhenAll(pages.Select(p => p.Press("认证", ("工会", union.Name))));
        Assert.Equal(1, await App.Query(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Verified)));
    }

    [Fact]
    public async Task A_union_with_members_cannot_be_ended_and_says_why()
    {
        var union = await App.Make.GrassrootsUnion();
        await App.Make.Worker(union);
        var staff = await App.SignedInAs(await App.Make.Staff());
        var page = await (await staff.Get($"/staff/unions/{union.Id}")).Press($"停用“{union.Name}”");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("不能停用", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_unions_of_one_parent_have_two_names()
    {
        var district = await App.Make.Union(name: "东区总工会");
        var staff = await App.SignedInAs(await App.Make.Staff());
        await (await staff.Get("/staff/unions")).Press("添加工会", ("上级工会", district.Name), ("工会名称", "银杏街道总工会"));
        var again = await (await staff.Get("/staff/unions")).Press("添加工会", ("上级工会", district.Name), ("工会名称", "银杏街道总工会"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("已有这个名称", again.Text, StringComparison.Ordinal);

        again = await (await staff.Get("/staff/unions")).Press("添加工会", ("工会名称", district.Name));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("已有这个名称", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_has_a_second_page_with_the_people_who_were_not_on_the_first()
    {
        var union = await App.Make.GrassrootsUnion();
        for (var i = 0; i < 30; i++)
            await App.Make.Worker(union, $"会员{i:00}");
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var first = await officer.Get("/officer/members");
        var second = await first.Follow("下一页");
        var names = first.All("tbody tr td:nth-child(2)").Concat(second.All("tbody tr td:nth-child(2)")).Select(c => c.TextContent.Trim()).ToList();
        Assert.Equal(30, names.Distinct().Count());
        Assert.Null(second.Link("下一页"));
    }
}

using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Startup;
using VenueBooking.Venues;
using VenueBooking.Web.Tables;

namespace VenueBooking.Tests.Supply;

/// <summary>What staff do on the pages of agreements.</summary>
public sealed class AgreementPageTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task A_draft_is_made_filled_in_previewed_and_published()
    {
        var (staff, space) = (await Staff(), await Make.Space());

        var edit = await NewDraft(staff, space);
        var publication = await edit.Press("保存草稿", Block(space));
        Assert.Contains("发布 8 个时段", publication.Text);
        Assert.Contains("¥480.00", publication.Text);
        var shown = await publication.Press("发布 8 个时段");

        Assert.Contains("已发布，写入 8 个时段", shown.Body);
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where state = 'open'"));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'agreement.publish'"));
    }

    [Fact]
    public async Task The_preview_follows_what_is_typed_and_names_what_is_in_the_way()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var other = await Draft(space, a => a.Number = "先-7", b => b.EndsOn = FirstTuesday);
        await Publish(other);
        var edit = await NewDraft(staff, space);

        var fragment = await edit.PressHtmx("预览时段", Block(space));

        Assert.Empty(fragment.All("h1"));
        Assert.Contains("与别的时段重叠：2 个", fragment.Text);
        Assert.Contains("先-7", fragment.Text);
        Assert.Equal(2, await App.Scalar<long>("select count(*) from slots"));
        Assert.Contains("与别的时段重叠：2 个", (await edit.Press("预览时段", Block(space))).Text);
    }

    [Fact]
    public async Task The_preview_leads_nobody_away_from_a_form_when_the_session_has_ended_elsewhere()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var edit = await NewDraft(staff, space);
        staff.Cookies.Remove("__Host-session");

        var preview = await edit.PressHtmx("预览时段", Block(space));

        Assert.Equal(HttpStatusCode.Unauthorized, preview.Status);
        Assert.False(preview.Response.Headers.Contains("HX-Redirect"));
    }

    [Fact]
    public async Task A_price_beyond_all_bounds_is_named_in_the_preview_and_in_an_import()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var price = new string('9', 28);

        var fragment = await (await NewDraft(staff, space)).PressHtmx("预览时段", [.. Block(space), ("每小时价格", price)]);
        Assert.Equal(HttpStatusCode.OK, fragment.Status);
        Assert.Contains("请填 0 到", fragment.Text);

        var names = await App.Query(db => (from s in db.Set<Space>() join v in db.Set<Venue>() on s.VenueId equals v.Id select new { Space = s.Name, Venue = v.Name }).SingleAsync());
        var (done, lines) = await App.With((IEnumerable<IImport> imports) => imports.Single(i => i.Kind == "agreements").RunAsync(TableReader.Read(Encoding.UTF8.GetBytes($"""
            协议编号,场馆,对方,开始日期,结束日期,场地,星期,从,到,时段分钟,每小时价格
            购-9,{names.Venue},示例体育公司,2026-06-01,2026-06-23,{names.Space},二,19:00,21:00,60,{price}
            """)).Value!, default));
        Assert.False(done);
        Assert.Contains("请填 0 到", Assert.Single(lines));
    }

    [Fact]
    public async Task Blocks_of_one_draft_that_overlap_are_told_apart()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var two = await (await NewDraft(staff, space)).Press("再加一块", Block(space));
        Assert.Contains("时段块 2", two.Text);

        var preview = await two.Press("预览时段", ("Form.Blocks[1].SpaceId", space.Id.ToString()));

        Assert.Contains("与别的时段重叠：8 个", preview.Text);
        Assert.Contains("与时段块 1 重叠", preview.Text);
    }

    [Theory]
    [InlineData("从", "25:00", "请写成 19:00 这样的时间")]
    [InlineData("到", "18:00", "结束时间要晚于开始时间")]
    [InlineData("每小时价格", "-5", "请填 0 到")]
    [InlineData("每小时价格", "9999999999999999999999999999", "请填 0 到")]
    [InlineData("截止日期", "2027-01-01", "日期要在协议期限内")]
    [InlineData("起始日期", "明天", "日期")]
    [InlineData("每个时段", "7", "15")]
    [InlineData("每个时段容量", "99", "1")]
    [InlineData("协议编号", "", "")]
    public async Task What_cannot_be_right_is_refused_beside_its_field_and_kept_as_typed(string field, string value, string message)
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var edit = await NewDraft(staff, space);

        var refused = await edit.Press("保存草稿", [.. Block(space), (field, value)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(message, refused.One(".errors").TextContent);
        Assert.Contains(refused.All("[aria-invalid]"), e => e.GetAttribute("value") == value);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from purchase_blocks"));
    }

    [Fact]
    public async Task A_day_that_is_missing_is_said_once()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var edit = await NewDraft(staff, space);

        var refused = await edit.Press("保存草稿", [.. Block(space), ("Form.EndsOn", ""), ("Form.OwnDays", "")]);

        Assert.Equal(2, refused.All(".errors li").Count);
        Assert.Contains("这里必须填写", refused.One("#Form_EndsOn-error").TextContent, StringComparison.Ordinal);
        var made = await (await staff.Get("/staff/agreements/new")).Press("建草稿，继续", ("Form.StartsOn", "2026-06-01"));
        Assert.Equal(["Form_EndsOn-error"], made.All("[id$=EndsOn-error]").Select(e => e.Id));
        Assert.Single(made.All(".errors a[href='#Form_EndsOn']"));
    }

    [Fact]
    public async Task A_stale_edit_is_refused_and_what_was_typed_is_kept()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var (mine, theirs) = (await NewDraft(staff, space), await staff.Get("/staff/agreements"));
        theirs = await (await theirs.Follow("购-1")).Follow("继续编辑");
        await theirs.Press("保存草稿", [.. Block(space), ("对方", "后来的公司")]);

        var refused = await mine.Press("保存草稿", [.. Block(space), ("对方", "我填的公司")]);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("已经有人改过", refused.Text);
        Assert.Contains(refused.All("input"), i => i.GetAttribute("value") == "我填的公司");
        Assert.Equal("后来的公司", await App.Scalar<string>("select counterparty from agreements"));
    }

    [Fact]
    public async Task A_stale_change_of_a_running_agreement_shows_what_is_stored_before_it_may_be_saved_over()
    {
        var (staff, agreement) = (await Staff(), await Draft(await Make.Space()));
        await Publish(agreement);
        var mine = await staff.Get($"/staff/agreements/{agreement.Id}/edit");
        var theirs = await staff.Get($"/staff/agreements/{agreement.Id}/edit");
        await (await theirs.Press("预览时段", ("每小时价格", "77"), ("停止取消", "5"))).Press("确认变更");

        // By whatever way the page comes back, it shows what it would be saved over.
        foreach (var button in new[] { "确认变更", "预览时段", "再加一块" })
        {
            var again = await mine.Press(button, ("对方", "我填的公司"));
            Assert.Contains("别人改过了", again.Text);
            Assert.Contains("每小时价格 ¥77", again.Text);
            Assert.Equal(["对方", "停止取消", "时段块 1"], again.All(".notice dt").Select(e => e.TextContent.Trim()));
        }
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where price_fen = 7700"));
    }

    [Fact]
    public async Task Publishing_what_is_no_longer_so_is_refused_with_the_new_preview()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var publication = await (await NewDraft(staff, space)).Press("保存草稿", Block(space));
        await Publish(await Draft(space, a => a.Number = "先-7", b => b.EndsOn = FirstTuesday));

        var refused = await publication.Press("发布 8 个时段");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("发布 6 个时段，跳过 2 个", refused.Text);
        Assert.Contains("先-7", refused.Text);
        Assert.Equal(2, await App.Scalar<long>("select count(*) from slots"));
    }

    [Fact]
    public async Task Terms_that_a_colleague_changed_after_the_preview_are_not_published()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var publication = await (await NewDraft(staff, space)).Press("保存草稿", Block(space));
        var draft = await App.Scalar<Guid>("select id from agreements");
        await (await staff.Get($"/staff/agreements/{draft}/edit")).Press("保存草稿", ("停止取消", "48"));

        var refused = await publication.Press("发布 8 个时段");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("已经有人改过", refused.Text);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from slots"));
        await refused.Press("发布 8 个时段");
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where cancel_until = starts_at - interval '48 hours'"));
    }

    [Fact]
    public async Task A_number_is_used_once()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        await NewDraft(staff, space);
        var again = await NewDraft(staff, space);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("这个协议编号已经有了", again.Text);
    }

    [Fact]
    public async Task A_draft_is_deleted_and_a_published_agreement_is_not()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        var draft = await Draft(space);
        var list = await (await staff.Get($"/staff/agreements/{draft.Id}/deletion")).Press("删除");
        Assert.Equal("/staff/agreements", list.Path);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from agreements"));

        var published = await Draft(space);
        var page = await staff.Get($"/staff/agreements/{published.Id}/deletion");
        await Publish(published);
        Assert.Equal(HttpStatusCode.Conflict, (await page.Press("删除")).Status);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from agreements"));
        var late = await staff.Get($"/staff/agreements/{published.Id}/deletion");
        Assert.Contains("不是草稿", late.Text);
        Assert.DoesNotContain("删了找不回来", late.Text);
    }

    [Fact]
    public async Task The_union_that_goes_first_is_chosen_from_the_district_down()
    {
        var district = await Make.Union(name: "丙区总工会");
        await Make.Union(await Make.Union(district, "乙街道"), "甲厂工会");
        var draft = await Draft(await Make.Space());

        var page = await (await Staff()).Get($"/staff/agreements/{draft.Id}/edit");

        Assert.Equal(["丙区总工会", "乙街道", "甲厂工会"], page.All("[name='Form.OwnerUnionId'] option").Skip(1).Select(o => o.TextContent.Trim()));
    }

    [Fact]
    public async Task A_block_may_end_at_midnight()
    {
        var (staff, space) = (await Staff(), await Make.Space());
        await App.Execute("insert into opening_hours (venue_id, weekday, opens, closes) values ($1, 2, '09:00', '22:00')", space.VenueId);

        var publication = await (await NewDraft(staff, space)).Press("保存草稿", Block(space, "20:00", "24:00"));
        Assert.Contains("23:00–24:00", publication.Text);
        Assert.Contains("有 8 个时段在场馆开放时间之外", publication.Text);
        var shown = await publication.Press("发布 16 个时段");

        Assert.Contains("20:00–24:00", shown.Text);
        Assert.Contains("23:00–24:00", shown.Text);
        Assert.Equal(TimeSpan.FromHours(16), await App.Scalar<TimeSpan>("select sum(ends_at - starts_at) from slots"));
        Assert.Equal("24:00", await App.Scalar<Guid>("select id from agreements") is var id
            ? (await (await App.ApiAs(await Make.Staff())).Get($"/api/v1/agreements/{id}"))["blocks"][0].GetProperty("toTime").GetString() : null);
        var edit = await staff.Get($"/staff/agreements/{id}/edit");
        Assert.Equal("24:00", edit.One("[name='Form.Blocks[0].ToTime']").GetAttribute("value"));
        Assert.Contains("23:00–24:00", (await App.Visitor().Get($"/venues/{space.VenueId}/slots?date=2026-06-02")).Text);
    }

    [Fact]
    public async Task A_change_of_what_a_colleague_has_ended_meanwhile_is_refused_with_all_that_was_typed()
    {
        var (staff, agreement) = (await Staff(), await Draft(await Make.Space()));
        await Publish(agreement);
        var edit = await staff.Get($"/staff/agreements/{agreement.Id}/edit");
        await App.Execute("update agreements set state = 'terminated' where id = $1", agreement.Id);

        var refused = await edit.Press("确认变更", ("对方", "我填的公司"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("这份协议不在执行中", refused.Text);
        Assert.Contains(refused.All("input"), i => i.GetAttribute("value") == "我填的公司");
    }

    [Fact]
    public async Task Only_staff_come_in()
    {
        var (draft, running) = (await Draft(await Make.Space()), await Draft(await Make.Space()));
        await Publish(running);
        var (worker, staff) = (await App.SignedInAs(await Make.Worker()), await Staff());
        foreach (var path in new[] { "", "/new", $"/{draft.Id}", $"/{draft.Id}/edit", $"/{draft.Id}/publication", $"/{running.Id}/termination" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await worker.Get("/staff/agreements" + path)).Status);
            Assert.Equal(HttpStatusCode.OK, (await staff.Get("/staff/agreements" + path)).Status);
        }
    }

    [Fact]
    public async Task Every_page_speaks_English_too()
    {
        var staff = await App.SignedInAs(await Make.Staff(), "en");
        var agreement = await Draft(await Make.Space());
        Assert.Contains("Block 1", (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Text);
        Assert.Contains("Publish 8 slots", (await staff.Get($"/staff/agreements/{agreement.Id}/publication")).Text);
        await Publish(agreement);
        Assert.Contains("Cost per used hour", (await staff.Get($"/staff/agreements/{agreement.Id}")).Text);
    }
}

using System.Text.Json;
using VenueBooking.Tests.Support;
using VenueBooking.Web;

namespace VenueBooking.Tests.Accounts;

/// <summary>The audit log in people's words.</summary>
public sealed class AuditLogTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData("zh-CN", "变更了协议", "每小时价格 ¥80.00 → ¥60.50", "最后一天 6月30日", "状态 执行中 → 已终止", "节假日也开放 否 → 是", "协议")]
    [InlineData("en", "Changed a running agreement", "Price per hour ¥80.00 → ¥60.50", "Last day of use 30 Jun", "State Running → Terminated", "On holidays too No → Yes", "Agreement")]
    public async Task Deeds_fields_and_values_are_words(string language, string deed, string price, string last, string state, string holidays, string thing)
    {
        var agreement = await Make.Agreement();
        await Entry("agreement.change", "agreement", agreement.Id,
            new { hourPriceFen = 8000, state = "active", onHolidays = false, counterparty = "某公司" },
            new { facts = new { hourPriceFen = 6050, state = "terminated", onHolidays = true, counterparty = "某公司" }, lastDay = "2026-06-30" });

        var page = await (await App.SignedInAs(await Make.Admin(), language)).Get("/admin/audit");

        Assert.All([deed, price, last, state, holidays, $"{thing} {agreement.Number}"], words => Assert.Contains(words, page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("某公司", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Things_have_their_names_and_of_lists_only_what_went_and_came_is_shown()
    {
        var (kept, left, added) = (await Make.Union(name: "甲工会"), await Make.Union(name: "乙工会"), await Make.Union(name: "丙工会"));
        var officer = await Make.User("李干部");
        await Entry("officer.unions", "user", officer.Id, new { unions = new[] { kept.Id, left.Id } }, new { unions = new[] { kept.Id, added.Id } });

        var page = await (await App.SignedInAs(await Make.Admin())).Get("/admin/audit");

        Assert.Equal(("乙工会", "丙工会"), (page.One("main del").TextContent, page.One("main ins").TextContent));
        Assert.NotNull(page.Link("账户 李干部"));
        Assert.Contains("只看与“李干部”有关的记录", (await page.Follow("账户 李干部")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "协议 购-7\u00a0· 晨光馆", "闭馆 晨光馆\u00a0· 2号场\u00a0· 6月1日 08:00 – 6月2日 20:00", "场地 2号场\u00a0· 晨光馆", "照片 北门\u00a0· 晨光馆", "时段 晨光馆\u00a0· 2号场\u00a0· 6月3日 19:00–20:00")]
    [InlineData("en", "Agreement 购-7\u00a0· Dawn Hall", "Closure Dawn Hall\u00a0· Court 2\u00a0· 1 Jun 08:00 – 2 Jun 20:00", "Space Court 2\u00a0· Dawn Hall", "Photo 北门\u00a0· Dawn Hall", "Slot Dawn Hall\u00a0· Court 2\u00a0· 3 Jun 19:00–20:00")]
    public async Task What_belongs_to_a_venue_names_it(string language, string agreement, string closure, string space, string photo, string slot)
    {
        var hall = await Make.Venue("晨光馆", "Dawn Hall");
        var court = await Make.Space(hall, name: "2号场");
        await App.Execute("update spaces set name_en = 'Court 2'");
        var bought = await Make.Agreement(hall);
        await App.Execute("update agreements set number = '购-7'");
        var (shut, shown, day) = (Guid.CreateVersion7(), Guid.CreateVersion7(), new DateOnly(2026, 6, 1));
        await App.Execute("insert into closures (id, venue_id, space_id, starts_at, ends_at, reason, created_at) values ($1, $2, $3, $4, $5, '漏水', $4)",
            shut, hall.Id, court.Id, SiteTime.At(day, new(8, 0)), SiteTime.At(day.AddDays(1), new(20, 0)));
        await App.Execute("""
            insert into venue_photos (id, venue_id, position, caption, content_type, width, height, bytes, thumbnail, created_at)
            values ($1, $2, 1, '北门', 'image/webp', 1, 1, '', '', $3)
            """, shown, hall.Id, App.Now);
        var time = await Make.Slot(court, SiteTime.At(day.AddDays(2), new(19, 0)));
        foreach (var (action, subject, id) in new[] { ("agreement.create", "agreement", bought.Id), ("closure.apply", "closure", shut), ("space.edit", "space", court.Id), ("photo.caption", "photo", shown) })
            await Entry(action, subject, id, null, new { id, name = "甲" });
        await Entry("booking.walk_in", "booking", null, null, new { slotId = time.Id });

        var page = await (await App.SignedInAs(await Make.Admin(), language)).Get("/admin/audit");

        Assert.All([agreement, closure, space, photo], words => Assert.Contains(words, page.All("main tbody a").Select(a => a.TextContent)));
        Assert.Contains(slot, page.All("main tbody td:last-child > div > div").Select(d => string.Join(' ', d.TextContent.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim()));
        // The id of a thing is nothing to people.
        Assert.DoesNotContain(shut.ToString()[^6..], page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_in_another_order_are_no_change_but_photos_are()
    {
        await Entry("venue.edit", "venue", null, new { hours = new[] { new { weekday = "sunday" }, new { weekday = "monday" } } }, new { hours = new[] { new { weekday = "monday" }, new { weekday = "sunday" } } });
        await Entry("photo.order", "venue", null, new[] { "a", "b" }, new[] { "b", "a" });

        var page = await (await App.SignedInAs(await Make.Admin())).Get("/admin/audit");

        Assert.Equal("a；b → b；a", page.One("main del").TextContent + " → " + page.One("main ins").TextContent);
    }

    [Fact]
    public async Task The_log_narrows_by_deed_thing_and_day_and_is_exported_in_words()
    {
        await Entry("venue.edit", "venue", Guid.CreateVersion7(), new { name = "旧名" }, new { name = "新名" });
        await Entry("job.run", "job", null, null, new { job = "reminders" });
        var admin = await App.SignedInAs(await Make.Admin());

        var venues = await admin.Get("/admin/audit?what=venue.edit&subject=venue&from=2026-01-01");
        Assert.Contains("旧名", venues.Text, StringComparison.Ordinal);
        Assert.Single(venues.All("main tbody tr"));
        // All that can be done, not what was: that would be a look through the whole log.
        Assert.Contains("终止了协议", venues.All("select[name=what] option").Select(o => o.TextContent.Trim()));
        Assert.Equal("修改了场馆", venues.One("select[name=what] option[selected]").TextContent.Trim());
        Assert.Contains("没有记录", (await admin.Get("/admin/audit?from=0001-01-01&until=2020-01-01")).Text, StringComparison.Ordinal);

        var csv = (await admin.Get("/admin/audit?handler=Export&format=csv&what=venue.edit")).Body;
        Assert.StartsWith("时间,操作人,操作,对象,名称,字段,改前,改后,网络地址", csv, StringComparison.Ordinal);
        Assert.Contains(",修改了场馆,场馆,,名称,旧名,新名,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_it_is_found_whichever_letters_are_capital()
    {
        var admin = await App.SignedInAs(await Make.Admin("Wang Wei"));
        await admin.Get("/admin/audit?handler=Export&format=csv");
        Assert.Single((await admin.Get("/admin/audit?who=wang")).All("main tbody tr"));
        Assert.Empty((await admin.Get("/admin/audit?who=w_ng")).All("main tbody tr"));
    }

    [Fact]
    public async Task Of_many_who_are_meant_the_newest_come_first_and_the_pages_have_every_entry_once()
    {
        // One did much, and many each a little, some of it at the same instant.
        await App.Execute("""
            insert into audit_entries (id, at, actor_name, action, subject)
            select gen_random_uuid(), $1 - interval '1 minute' * (n / 2), case when n % 3 = 0 then '乙 busy' else '乙 ' || n end, 'venue.edit', 'venue' from generate_series(1, 120) n
            """, App.Now);
        var expected = await App.Scalar<string[]>("select array_agg(actor_name order by at desc, id desc) from audit_entries where actor_name like '乙%'");
        var admin = await App.SignedInAs(await Make.Admin());

        var pages = new List<WebPage> { await admin.Get("/admin/audit?who=乙&what=venue.edit") };
        while (pages[^1].All("a[rel=next]") is [var next])
            pages.Add(await admin.Get(next.GetAttribute("href")!));

        Assert.Equal(3, pages.Count);
        Assert.Equal(expected, pages.SelectMany(p => p.All("main tbody td:nth-child(2)")).Select(cell => cell.TextContent.Trim()));
        Assert.Empty((await admin.Get("/admin/audit?who=乙&what=venue.delete")).All("main tbody tr"));
    }

    [Theory]
    [InlineData("zh-CN", "按哪天安排 周五")]
    [InlineData("en", "Runs as a Friday")]
    public async Task The_day_that_a_moved_workday_stands_in_for_is_said_in_full(string language, string said)
    {
        await Entry("holiday.edit", "holiday", null, new { standsIn = (string?)null }, new { standsIn = "friday" });

        var page = await (await App.SignedInAs(await Make.Admin(), language)).Get("/admin/audit");

        Assert.Contains(said, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_cut_and_still_narrows_the_log_and_what_is_exported()
    {
        await Entry("venue.edit", "venue", Guid.CreateVersion7(), new { name = "旧名" }, new { name = "新名" });
        var admin = await App.SignedInAs(await Make.Admin());

        foreach (var tooLong in new[] { new string('x', 101), new string('x', 99) + "😀" })
        {
            var page = await admin.Get("/admin/audit?who=" + Uri.EscapeDataString(tooLong));
            Assert.Contains("没有记录", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("旧名", (await admin.Get("/admin/audit?handler=Export&format=csv&who=" + Uri.EscapeDataString(tooLong))).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_parts_of_a_block_are_in_the_order_in_which_one_reads_them_and_its_end_is_midnight()
    {
        await Entry("agreement.edit", "agreement", null, new { blocks = Array.Empty<object>() },
            new { blocks = new[] { new { capacity = 4, toTime = "23:59:00", fromTime = "22:00:00", weekdays = 2, startsOn = "2026-06-01" } } });

        var said = (await (await App.SignedInAs(await Make.Admin(), "en")).Get("/admin/audit")).One("main ins").TextContent;

        Assert.Contains("24:00", said, StringComparison.Ordinal);
        string[] parts = ["Mon", "22:00", "24:00", "1 Jun", "4"];
        var places = parts.Select(part => said.LastIndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    Task<int> Entry(string action, string subject, Guid? id, object? before, object? after) => App.Query(db =>
    {
        db.Add(new AuditEntry
        {
            At = App.Now,
            ActorName = "管理员甲",
            Action = action,
            Subject = subject,
            SubjectId = id,
            Before = before is null ? null : JsonSerializer.SerializeToDocument(before),
            After = after is null ? null : JsonSerializer.SerializeToDocument(after),
        });
        return db.SaveChangesAsync();
    });
}

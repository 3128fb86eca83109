using System.Net;
using System.Text;
using VenueBooking.Startup;
using VenueBooking.Tests.Support;
using VenueBooking.Venues;

namespace VenueBooking.Tests.Venues;

public sealed class HolidayTests(AppLease lease) : AppTest(lease)
{
    const string Good = "day,name,kind,stands_in\n2026-10-01,国庆节,假日,\n2026/10/10,国庆节调休,调休上班,周四\n";

    [Theory, InlineData("utf-8"), InlineData("GB18030")]
    public async Task A_calendar_is_previewed_then_imported_and_again_changes_nothing(string encoding)
    {
        var bytes = (encoding == "utf-8" ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(encoding)!).GetBytes(Good);
        var staff = await App.SignedInAs(await Make.Staff());
        var preview = await (await staff.Get("/staff/holidays/import")).Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", bytes)));
        Assert.Contains("会新增 2 天，修改 0 天；0 天不变", preview.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from holidays"));

        var list = await preview.Press("导入这 2 天");
        Assert.Contains("已导入：新增 2 天", list.Text, StringComparison.Ordinal);
        Assert.Contains("国庆节调休 调休上班 周四", list.Text, StringComparison.Ordinal);

        var again = await (await staff.Get("/staff/holidays/import")).Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", bytes)));
        Assert.Contains("文件里的 2 天都已经是这样了", again.Text, StringComparison.Ordinal);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'holiday.import'"));
    }

    [Fact]
    public async Task Mistakes_are_named_by_row_and_column_and_nothing_is_imported()
    {
        const string file = "日期,名称,类型,顶替\n2026-13-01,甲,假日,\n2026-05-01,,假日,\n2026-05-02,乙,歇业,\n2026-05-03,丙,假日,周一\n2026-05-04,丁,假日,\n2026-05-04,戊,上班,某日\n2026-05-04,己,假日,\n";
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get("/staff/holidays/import")).Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", Encoding.UTF8.GetBytes(file))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["2 日期", "3 名称", "4 类型", "5 顶替", "7 顶替", "8 日期"],
            page.All("tbody tr").Select(r => $"{r.Children[0].TextContent.Trim()} {r.Children[1].TextContent.Trim()}"));
        Assert.Contains("这一天在第 6 行已经有了", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from holidays"));
    }

    [Theory, InlineData("放假", "workday", 1), InlineData("休", "补班", 1), InlineData("法定节假日", "调休", 1), InlineData("休息", "工作日", 1), InlineData("歇业", "班", 0)]
    public async Task Days_off_and_days_worked_are_understood_as_people_write_them_and_other_words_are_told_which(string off, string worked, int understood)
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var file = $"日期,名称,类型\n2026-10-01,国庆节,{off}\n2026-10-10,国庆节,{worked}\n";

        var page = await (await staff.Get("/staff/holidays/import")).Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", Encoding.UTF8.GetBytes(file))));

        Assert.Contains(understood == 1 ? "会新增 2 天" : "放假的日子请写：holiday / 假日 / 放假", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_nobody_knows_is_one_mistake()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var file = new Upload("h.csv", "日期,名称,类型,按周几算\n2026-10-10,国庆节调休,歇业,周四\n"u8.ToArray());

        var page = await (await staff.Get("/staff/holidays/import")).Press("预览", ("CSV 或 Excel 文件", file));

        Assert.Contains("类型", page.One("main tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_needed_column_or_that_is_no_table_is_refused_in_words()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await staff.Get("/staff/holidays/import");
        Assert.Contains("缺少“类型”这一列", (await page.Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", "day,name\n2026-01-01,x"u8.ToArray())))).Text, StringComparison.Ordinal);
        Assert.Contains("请先选一个文件", (await page.Press("预览")).Text, StringComparison.Ordinal);
        var big = await page.Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", new byte[6 * 1024 * 1024])));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, big.Status);
    }

    [Fact]
    public async Task The_columns_are_called_as_the_pages_call_them_and_one_that_nobody_knows_is_refused()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await staff.Get("/staff/holidays/import");

        var preview = await page.Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", "日期,名称,类型,按周几算\n2026-10-10,国庆节调休,调休上班,周四\n"u8.ToArray())));
        Assert.Contains("国庆节调休 调休上班 周四", preview.Text, StringComparison.Ordinal);

        var refused = await page.Press("预览", ("CSV 或 Excel 文件", new Upload("h.csv", "日期,名称,类型,算周几\n2026-10-10,国庆节调休,调休上班,周四\n"u8.ToArray())));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("不认识“算周几”这一列", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_that_comes_along_goes_through_the_same_preview()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var list = await (await (await staff.Get("/staff/holidays/import")).Press("用 2026 年的安排")).Press("导入这");
        Assert.Equal(39, list.All("tbody tr").Count);
        var calendar = await App.With((HolidayCalendars c) => c.LoadAsync(new(2026, 1, 1), new(2026, 12, 31)));
        Assert.True(calendar.IsHoliday(new(2026, 2, 17)));
        Assert.False(calendar.IsHoliday(new(2026, 2, 14)));
        Assert.Equal("春节调休", calendar.NameOf(new(2026, 2, 14)));
    }

    [Fact]
    public async Task A_moved_workday_counts_as_the_weekday_it_stands_in_for()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get("/staff/holidays/day")).Press("保存", ("日期", "2026-10-10"), ("名称", "国庆节调休"), ("调休上班", "true"), ("按周几算", "周四"));
        Assert.Contains("已保存", page.Text, StringComparison.Ordinal);
        var calendar = await App.With((HolidayCalendars c) => c.LoadAsync(new(2026, 10, 1), new(2026, 10, 31)));
        Assert.Equal(DayOfWeek.Thursday, calendar.CountsAs(new(2026, 10, 10)));
        Assert.Equal(DayOfWeek.Sunday, calendar.CountsAs(new(2026, 10, 11)));
        Assert.False(calendar.IsHoliday(new(2026, 10, 10)));

        var twice = await (await staff.Get("/staff/holidays/day")).Press("保存", ("日期", "2026-10-10"), ("名称", "又一次"));
        Assert.Equal(HttpStatusCode.Conflict, twice.Status);
        Assert.Contains("这一天已经在日历里了", twice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_is_changed_and_deleted_and_a_stale_page_is_refused()
    {
        await App.Execute("insert into holidays (day, name, kind) values ('2026-05-01', '劳动节', 'holiday')");
        var staff = await App.SignedInAs(await Make.Staff());
        var (first, second) = (await staff.Get("/staff/holidays/day/2026-05-01"), await staff.Get("/staff/holidays/day/2026-05-01"));
        await first.Press("保存", ("名称", "五一"));
        var stale = await second.Press("保存", ("名称", "国际劳动节"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("五一", stale.One(".notice-warning").TextContent, StringComparison.Ordinal);
        Assert.True((await stale.Press("保存")).Redirected);
        Assert.Equal("国际劳动节", await App.Scalar<string>("select name from holidays"));
        await first.Press("删除这一天");
        Assert.Equal(0, await App.Scalar<long>("select count(*) from holidays"));
    }

    [Theory, InlineData("/staff/holidays/day/tomorrow"), InlineData("/staff/holidays/day/2026-01-01")]
    public async Task A_day_that_is_not_there_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await App.SignedInAs(await Make.Staff())).Get(path)).Status);

    [Fact]
    public void A_year_whose_notice_is_not_out_has_the_days_fixed_by_law_and_moves_none()
    {
        var days = HolidayLibrary.Of(2027)!;

        Assert.Equal(13, days.Count);
        Assert.All(days, d => Assert.Equal(HolidayKind.Holiday, d.Kind));
    }

    [Fact]
    public async Task The_demo_knows_the_coming_holidays()
    {
        await using var app = await App.StartAsync();
        await app.With((IEnumerable<ICommand> all) => all.Single(c => c.Name == "seed").RunAsync(["demo", "--force"], default));

        Assert.Equal(["元旦", "国庆节"], [await NameAsync(2027, 1), await NameAsync(2026, 10)]);

        Task<string> NameAsync(int year, int month) => app.Scalar<string>("select name from holidays where day = $1", new DateOnly(year, month, 1));
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

public sealed class AdminTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData("/admin/users")]
    [InlineData("/admin/audit")]
    public async Task Only_administrators_come_in(string path)
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await (await App.SignedInAs(await Make.Worker())).Get(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await App.SignedInAs(await Make.Staff())).Get(path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await App.SignedInAs(await Make.Admin())).Get(path)).Status);
    }

    [Fact]
    public async Task Accounts_are_found_by_a_part_of_name_or_address_and_by_role()
    {
        await Make.User("王小明", "wang@test.example");
        await Make.User("李大海", "100%li@test.example", roles: Roles.Desk);
        var visitor = await App.SignedInAs(await Make.Admin());
        Assert.Contains("王小明", (await visitor.Get("/admin/users?q=WANG@")).Text, StringComparison.Ordinal);
        var odd = await visitor.Get("/admin/users?q=0%25l");
        Assert.Contains("李大海", odd.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", odd.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", (await visitor.Get("/admin/users?role=Desk")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_is_paged_without_gap_or_repeat()
    {
        for (var i = 0; i < 60; i++)
            await Make.User($"职工{i:00}");
        var visitor = await App.SignedInAs(await Make.Admin());
        var first = await visitor.Get("/admin/users");
        var second = await visitor.Get(first.One("a[rel=next]").GetAttribute("href")!);
        var names = first.All("tbody th").Concat(second.All("tbody th")).Select(th => th.TextContent.Trim()).ToList();
        Assert.Equal(61, names.Count);
        Assert.Equal(61, names.Distinct().Count());
        Assert.Contains("共 61 个账户", second.Text, StringComparison.Ordinal);
        Assert.Equal("职工00", (await visitor.Get("/admin/users?q=职工&sort=name")).All("tbody th")[0].TextContent.Trim());
        Assert.Equal(61, (await visitor.Get("/admin/users?handler=Export&format=csv&q=职工")).Body.Split('\n').Count(line => line.StartsWith("职工", StringComparison.Ordinal)));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'account.export'"));
    }

    [Fact]
    public async Task Looking_at_somebody_and_every_change_is_in_the_audit_log_with_before_and_after()
    {
        var union = await Make.GrassrootsUnion();
        var venue = await Make.Venue();
        var user = await Make.User("王小明");
        var admin = await Make.Admin("管理员甲");
        var visitor = await App.SignedInAs(admin);
        var page = await visitor.Get($"/admin/users/{user.Id}");
        await page.Press("保存", ("基层工会干部", "true"), (union.Name, "true"), ("场馆前台", "true"), (venue.Name, "true"));

        Assert.Equal(1, await App.Scalar<long>("select count(*) from union_officers where user_id = $1 and union_id = $2", user.Id, union.Id));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from venue_desks where user_id = $1 and venue_id = $2", user.Id, venue.Id));
        Assert.True(await App.Scalar<long>("select count(*) from audit_entries where action = 'account.view' and subject_id = $1 and actor_id = $2", user.Id, admin.Id) > 0);
        var log = await visitor.Get($"/admin/audit?what=account.roles&subjectId={user.Id}");
        Assert.Contains("管理员甲", log.Text, StringComparison.Ordinal);
        Assert.Contains("基层工会干部", log.One("main ins").TextContent, StringComparison.Ordinal);

        await (await visitor.Get($"/admin/users/{user.Id}")).Press("保存", ("基层工会干部", "false"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from union_officers where user_id = $1", user.Id));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from venue_desks where user_id = $1", user.Id));
    }

    [Fact]
    public async Task A_venue_that_is_retired_while_a_desk_is_given_is_refused_and_nothing_is_saved()
    {
        var (held, given) = (await Make.Venue("留着的馆"), await Make.Venue("停用的馆"));
        var clerk = await Make.Desk(held);
        var page = await (await App.SignedInAs(await Make.Admin())).Get($"/admin/users/{clerk.Id}");
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using (var other = await connection.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand("select from user_roles where user_id = $1 for update", connection, other) { Parameters = { new() { Value = clerk.Id } } };
            await hold.ExecuteNonQueryAsync();
            var giving = page.Press("保存", (held.Name, "false"), (given.Name, "true"));
            await Task.Delay(300);
            Assert.False(giving.IsCompleted);
            await App.Execute("update venues set retired_at = now() where id = $1", given.Id);
            await other.RollbackAsync();

            var refused = await giving;
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("没有这个场馆，或者它已停用", refused.Text, StringComparison.Ordinal);
        }
        Assert.Equal(held.Id, await App.Scalar<Guid>("select venue_id from venue_desks where user_id = $1", clerk.Id));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from audit_entries where action in ('desk.remove', 'account.roles')"));
    }

    [Fact]
    public async Task A_form_that_another_administrator_has_overtaken_takes_no_role_away()
    {
        var user = await Make.User();
        var first = await (await App.SignedInAs(await Make.Admin())).Get($"/admin/users/{user.Id}");
        var second = await (await App.SignedInAs(await Make.Admin())).Get($"/admin/users/{user.Id}");
        await second.Press("保存", ("区总工会工作人员", "true"));

        var refused = await first.Press("保存", ("管理员", "true"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("Staff", await App.Scalar<string>("select string_agg(n.name, ',') from user_roles r join roles n on n.id = r.role_id where r.user_id = $1", user.Id));
        await refused.Press("保存", ("管理员", "true"));
        Assert.Equal(2, await App.Scalar<long>("select count(*) from user_roles where user_id = $1", user.Id));
    }

    [Fact]
    public async Task A_role_that_reaches_nothing_is_not_given()
    {
        var user = await Make.User();
        await Make.GrassrootsUnion();
        var page = await (await App.SignedInAs(await Make.Admin())).Get($"/admin/users/{user.Id}");
        var refused = await page.Press("保存", ("基层工会干部", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("至少选择一个工会或场馆", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from user_roles where user_id = $1", user.Id));
    }

    [Fact]
    public async Task A_search_of_any_length_leaves_a_short_line_in_the_log()
    {
        var visitor = await App.SignedInAs(await Make.Admin());
        await visitor.Get("/admin/users?q=" + new string('x', 5000));
        await visitor.Get("/officer/members?q=" + new string('x', 5000));
        Assert.Equal(100, await App.Scalar<int>("select max(length(after->>'q')) from audit_entries"));
    }

    [Fact]
    public async Task A_locked_account_is_out_at_once_and_cannot_come_back()
    {
        var user = await Make.User();
        var theirs = await App.SignedInAs(user);
        var visitor = await App.SignedInAs(await Make.Admin());
        var page = await (await visitor.Get($"/admin/users/{user.Id}")).Press($"锁定 {user.DisplayName} 的账户");
        Assert.Contains("已锁定", page.Text, StringComparison.Ordinal);

        Assert.StartsWith("/account/login", (await theirs.Get("/account")).Path, StringComparison.Ordinal);
        Assert.Contains("管理员锁定了这个账户", (await SignIn(user)).Text, StringComparison.Ordinal);
        await page.Press("解除锁定");
        Assert.Equal("/account", (await SignIn(user)).Path);
    }

    [Fact]
    public async Task Resetting_the_second_factor_lets_somebody_in_who_lost_it()
    {
        var user = await Make.User();
        await App.Execute("update users set two_factor_enabled = true where id = $1", user.Id);
        await App.Execute("insert into user_tokens (user_id, login_provider, name, value) values ($1, '[AspNetUserStore]', 'AuthenticatorKey', 'ABCDEFGHIJKLMNOP')", user.Id);
        Assert.Equal("两步验证", (await SignIn(user)).Title);
        await (await (await App.SignedInAs(await Make.Admin())).Get($"/admin/users/{user.Id}")).Press($"重置 {user.DisplayName} 的两步验证");
        Assert.Equal("/account", (await SignIn(user)).Path);
    }

    [Fact]
    public async Task Nobody_locks_themselves_out_and_the_last_administrator_stays()
    {
        var admin = await Make.Admin();
        var visitor = await App.SignedInAs(admin);
        var page = await visitor.Get($"/admin/users/{admin.Id}");
        Assert.Equal(HttpStatusCode.Conflict, (await page.Press($"锁定 {admin.DisplayName} 的账户")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await page.Press("保存", ("管理员", "false"))).Status);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from user_roles r join roles n on n.id = r.role_id where n.name = 'Admin'"));
    }

    [Fact]
    public async Task Of_a_change_that_is_refused_to_the_last_administrator_nothing_is_saved_with_what_comes_next()
    {
        var admin = await Make.Admin();
        var page = await (await App.SignedInAs(admin)).Get($"/admin/users/{admin.Id}");
        await App.Execute("update users set concurrency_stamp = 'meanwhile' where id = $1", admin.Id);
        Assert.Equal(HttpStatusCode.Conflict, (await page.Press("保存", ("管理员", "false"))).Status);
        Assert.Equal("meanwhile", await App.Scalar<string>("select concurrency_stamp from users where id = $1", admin.Id));
    }

    [Fact]
    public async Task The_audit_log_narrows_exports_and_says_not_found_for_unknown_people()
    {
        var user = await Make.User("王小明");
        var visitor = await App.SignedInAs(await Make.Admin("=cmd"));
        await visitor.Get($"/admin/users/{user.Id}");
        var csv = await visitor.Get("/admin/audit?handler=Export&format=csv&what=account.view");
        Assert.Equal("text/csv", csv.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("查看了账户", csv.Body, StringComparison.Ordinal);
        Assert.Equal("account.view", await App.Scalar<string>("select after->>'what' from audit_entries where action = 'audit.export'"));
        Assert.DoesNotContain(",=cmd", csv.Body, StringComparison.Ordinal);
        Assert.Contains("没有记录", (await visitor.Get("/admin/audit?until=2020-01-01")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/admin/users/{Guid.CreateVersion7()}")).Status);
    }

    async Task<WebPage> SignIn(AppUser user) =>
        await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
}

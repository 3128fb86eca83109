using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Notices;
using VenueBooking.Tests.Support;
using VenueBooking.Web;

namespace VenueBooking.Tests.Accounts;

/// <summary>The mails that lie in the outbox, as their recipients would read them.</summary>
static class AccountMails
{
    public static async Task<NoticeContent> MailAsync(this App app, string kind, string language = "zh-CN")
    {
        await using var scope = app.Services.CreateAsyncScope();
        var notices = await app.Query(db => db.Set<Notice>().AsNoTracking().Where(n => n.Kind == kind).OrderBy(n => n.CreatedAt).ToListAsync());
        var template = scope.ServiceProvider.GetServices<INoticeTemplate>().Single(t => t.Kind == kind);
        return await Languages.In(language, () => template.RenderAsync(notices[^1], default))
            ?? throw new InvalidOperationException($"the mail {kind} would be dropped");
    }

    /// <summary>Path and query of the mail's link.</summary>
    public static async Task<string> MailedLinkAsync(this App app, string kind) =>
        new Uri((await app.MailAsync(kind)).Action!.Url).PathAndQuery;

    /// <summary>Follows the newest confirmation mail and gives the password there.</summary>
    public static Task<WebPage> ConfirmByMailAsync(this App app) => app.ConfirmByMailAsync(app.Visitor());

    public static async Task<WebPage> ConfirmByMailAsync(this App app, Visitor visitor, string password = Make.Password) =>
        await (await visitor.Get(await app.MailedLinkAsync("account_confirm"))).Press("确认并登录", ("密码", password));

    public static Task<long> MailCountAsync(this App app, string kind) =>
        app.Scalar<long>("select count(*) from outbox where kind = $1", kind);
}

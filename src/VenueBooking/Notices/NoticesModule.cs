using Microsoft.Extensions.Options;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Notices;

public static class NoticesModule
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.AddSingleton<OutboxBell>().AddHostedService<OutboxBellListener>();
        services.AddSingleton<MailFolder>().AddSingleton<HandedOver>().AddSingleton<DueNotices>().AddSingleton<MailLayout>();
        services.AddSingleton<IMailer>(sp => sp.GetRequiredService<IOptions<MailOptions>>().Value.UsesSmtp
            ? ActivatorUtilities.CreateInstance<SmtpMailer>(sp)
            : ActivatorUtilities.CreateInstance<FileMailer>(sp));
        services.AddSingleton<LocalMailbox>().AddScoped<NoticesOfPeople>().AddScoped<NoticeList>().AddScoped<SendAgain>().AddScoped<NoticeWatch>();
        services.AddNav(new NavItem("nav_mail", "/Notices/Index", Policies.Staff, 60));
        services.Names(db => from n in db.Set<Notice>() join u in db.Set<AppUser>() on n.RecipientId equals u.Id select new AuditName { Id = n.Id, Name = u.DisplayName });
        return services.AddScoped<Outbox>().AddScoped<NoticeRenderer>().AddScoped<IPersonalData, NoticePersonalData>();
    }

    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder routes) => routes;
}

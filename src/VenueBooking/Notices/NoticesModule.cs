using Microsoft.Extensions.Options;

namespace VenueBooking.Notices;

public static class NoticesModule
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.AddSingleton<OutboxBell>().AddHostedService<OutboxBellListener>();
        services.AddSingleton<MailFolder>().AddSingleton<DueNotices>().AddSingleton<MailLayout>();
        services.AddSingleton<IMailer>(sp => sp.GetRequiredService<IOptions<MailOptions>>().Value.UsesSmtp
            ? ActivatorUtilities.CreateInstance<SmtpMailer>(sp)
            : ActivatorUtilities.CreateInstance<FileMailer>(sp));
        return services.AddScoped<Outbox>().AddScoped<NoticeRenderer>();
    }

    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder routes) => routes;
}

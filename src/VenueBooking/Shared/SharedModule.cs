using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VenueBooking.Shared;

public static class SharedModule
{
    public static IServiceCollection AddShared(this IServiceCollection services)
    {
        services.AddSingleton<Navigation>().AddSingleton<DemoMode>();
        services.AddSingleton<IConfigureOptions<MvcOptions>, ValidationWords>()
            .AddSingleton<IConfigureOptions<MvcDataAnnotationsLocalizationOptions>, ValidationWords>();
        services.Configure<CookieTempDataProviderOptions>(options => options.Cookie.Name = FlashMessages.Cookie);
        return services.AddNav(
            new NavItem("nav_settings", "/Shared/Settings", null, 90) { Place = NavPlace.Account, Icon = "settings" });
    }

    /// <summary>Contributes a module's ways to the navigation; the layout names no module.</summary>
    public static IServiceCollection AddNav(this IServiceCollection services, params NavItem[] items)
    {
        foreach (var item in items)
            services.AddSingleton(item);
        return services;
    }
}

/// <summary>Whether the site runs on demonstration data: every page then says so. Set when the service starts.</summary>
public sealed class DemoMode
{
    public bool IsOn { get; set; }
}

/// <summary>Keeps a signed-in person's choice of language and text size beyond the cookie (implemented by Accounts).</summary>
public interface IPreferenceKeeper
{
    Task Keep(HttpContext context, string language, bool elder);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.WebEncoders;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Web;

/// <summary>What every module stands on: pages, texts, the clock, JSON, keys, and the order in which a request passes through the house.</summary>
public static class WebModule
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddLanguages();
        services.AddSingleton(TimeProvider.System).AddSingleton<SiteTime>().AddSingleton<SiteAddress>().AddScoped<Audit>();
        services.AddScoped<IPersonalData, IdempotencyPersonalData>();
        services.AddRateLimits();
        services.AddRazorPages(options => options.RootDirectory = "/").TakeOnlyTheirMethods()
            .AddViewLocalization().AddDataAnnotationsLocalization();
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            // null for what must be there is a bad request, and not for each endpoint to look for.
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });
        // Bad JSON is the caller's mistake in Development too, not a fault to be thrown and logged.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.RefuseUnkeepableText();
        services.AddHostAntiforgery().AddStaleForms();
        services.AddDataProtection().SetApplicationName("VenueBooking").PersistKeysToDbContext<AppDb>();
        services.AddProblemDetails();
        // Files are compressed by the build; this is for pages and data. Tokens in pages are masked anew each time, so their length tells nothing.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "application/json", "application/problem+json", "text/calendar", "text/csv"];
        });
        services.AddApiDocs();
        services.AddExceptionHandler<ApiFault>();
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        return services;
    }

    public static WebApplication UseWeb(this WebApplication app)
    {
        app.UseProxies();
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseResponseCompression();
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            SuppressDiagnosticsCallback = fault => fault.ExceptionHandledBy == ExceptionHandledType.ExceptionHandlerService || DatabaseDown.IsAway(fault.Exception),
        });
        app.UseErrorPages();
        app.UseApiProblems();
        app.UseRefusalOfUnkeepableText();
        app.UseApiDocs();
        app.UseRouting();
        app.UseAnswersOfRouting();
        app.UseAuthentication();
        app.UseEndedSessions();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseOutputCache();
        app.MapApiDocs();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        return app;
    }
}

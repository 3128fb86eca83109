using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Web;

/// <summary>Chinese first, English complete. A person's choice lies in a cookie; without one the browser's wish decides.</summary>
public static class Languages
{
    public const string Chinese = "zh-CN", English = "en", Cookie = "lang";
    public static readonly string[] All = [Chinese, English];

    /// <summary>Between the items of a list that a sentence names.</summary>
    public static string Comma => IsEnglish ? ", " : "、";

    /// <summary>What is spoken now. Where that is neither, Chinese comes first.</summary>
    public static string Current => IsEnglish ? English : Chinese;

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == English;

    public static bool IsChinese => !IsEnglish;

    public static bool IsKnown(string? language) => language is Chinese or English;

    public static IServiceCollection AddLanguages(this IServiceCollection services) =>
        services.AddSingleton<ResourceManagerStringLocalizerFactory>().AddSingleton<IStringLocalizerFactory, CountingLocalizerFactory>()
            .AddLocalization().AddSingleton<Texts>().Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Chinese).AddSupportedCultures(All).AddSupportedUICultures(All);
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(
                    context.Request.Cookies[Cookie] is { } chosen && IsKnown(chosen) ? new ProviderCultureResult(chosen) : null)),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });

    /// <summary>Runs what renders for a person (a mail, say) in that person's language.</summary>
    public static T In<T>(string language, Func<T> render)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(IsKnown(language) ? language : Chinese);
            return render();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}

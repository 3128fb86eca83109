using VenueBooking.Web;

namespace VenueBooking.Shared;

/// <summary>How a person wants to see the site: in cookies, so that it also holds before signing in.</summary>
public sealed record Preferences(string Language, bool Elder, string Theme)
{
    public const string ElderCookie = "elder", ThemeCookie = "theme", ChosenCookie = "chosen";
    public static readonly string[] Themes = ["auto", "light", "dark"];

    public static Preferences Of(HttpContext context) => new(
        Languages.Current,
        context.Request.Cookies[ElderCookie] == "1",
        context.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : "auto");

    public void Write(HttpContext context)
    {
        var options = For(context, TimeSpan.FromDays(365));
        context.Response.Cookies.Append(Languages.Cookie, Language, options);
        context.Response.Cookies.Append(ElderCookie, Elder ? "1" : "0", options);
        context.Response.Cookies.Append(ThemeCookie, Theme, options);
    }

    /// <summary>Somebody not signed in has just chosen: signing in shortly after, they mean it.</summary>
    public static void MarkChosen(HttpContext context) => context.Response.Cookies.Append(ChosenCookie, "1", For(context, TimeSpan.FromMinutes(30)));

    public static bool IsJustChosen(HttpContext context) => context.Request.Cookies[ChosenCookie] == "1";

    public static void ForgetChosen(HttpContext context) => context.Response.Cookies.Delete(ChosenCookie, For(context, TimeSpan.Zero));

    static CookieOptions For(HttpContext context, TimeSpan life) => new()
    {
        Path = "/",
        MaxAge = life,
        SameSite = SameSiteMode.Lax,
        HttpOnly = true,
        IsEssential = true,
        Secure = context.Request.IsHttps,
    };
}

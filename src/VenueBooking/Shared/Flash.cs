using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using VenueBooking.Shared.Parts;

namespace VenueBooking.Shared;

/// <summary>One message to show on the next page: <c>this.Flash(T["saved"])</c> before a redirect.</summary>
public static class FlashMessages
{
    public const string Cookie = "flash";
    const string TextKey = "text", KindKey = "kind";

    public static void Flash(this PageModel page, string text, NoticeKind kind = NoticeKind.Success)
    {
        page.TempData[TextKey] = text;
        page.TempData[KindKey] = kind.ToString();
    }

    /// <summary>The message for this page, if there is one. Without the cookie nothing is read, so that nothing has to be written back.</summary>
    public static (string Text, NoticeKind Kind)? Take(HttpContext context, ITempDataDictionary data) =>
        context.Request.Cookies.ContainsKey(Cookie) && data[TextKey] is string text && Enum.TryParse<NoticeKind>(data[KindKey] as string, out var kind) ? (text, kind) : null;
}

using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using VenueBooking.Shared.Parts;

namespace VenueBooking.Shared;

/// <summary>One message to show on the next page: <c>this.Flash(T["saved"])</c> before a redirect.</summary>
public static class FlashMessages
{
    const string TextKey = "flash", KindKey = "flash-kind";

    public static void Flash(this PageModel page, string text, NoticeKind kind = NoticeKind.Success)
    {
        page.TempData[TextKey] = text;
        page.TempData[KindKey] = kind.ToString();
    }

    public static (string Text, NoticeKind Kind)? Take(ITempDataDictionary data) =>
        data[TextKey] is string text && Enum.TryParse<NoticeKind>(data[KindKey] as string, out var kind) ? (text, kind) : null;
}

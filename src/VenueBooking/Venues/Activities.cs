using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Venues;

/// <summary>What people come for. The words are stable codes; their names are texts under <c>activity_{code}</c>.</summary>
public static class Activities
{
    public static readonly IReadOnlyList<string> All =
    [
        "badminton", "table_tennis", "basketball", "football", "volleyball", "tennis", "swimming", "gym", "yoga", "dance",
        "choir", "calligraphy", "chess", "screening", "lecture", "meeting",
    ];

    public static bool IsKnown(string? code) => code is not null && All.Contains(code);

    public static string TextKey(string code) => "activity_" + code;

    /// <summary>Every activity as a choice in the reader's language.</summary>
    public static IEnumerable<SelectListItem> Options(IStringLocalizer words) => All.Select(code => new SelectListItem(words[TextKey(code)], code));
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>What we know about a person: to take along, or to have deleted.</summary>
[Authorize(Policy = Policies.SignedIn), EnableRateLimiting(RateLimits.Export)]
[ResponseCache(NoStore = true)]
public sealed class MyDataModel(IEnumerable<IPersonalData> parts, CurrentMember member, TimeProvider clock) : PageModel
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public void OnGet() { }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var known = new SortedDictionary<string, object?>(StringComparer.Ordinal) { ["exportedAt"] = clock.GetUtcNow() };
        foreach (var part in parts)
            if (await part.ExportAsync(member.Id, ct) is { } section)
                known[part.Section] = section;
        var day = SiteTime.DayOf(clock.GetUtcNow()).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return File(JsonSerializer.SerializeToUtf8Bytes(known, Readable), "application/json", $"venuebooking-{day}.json");
    }
}

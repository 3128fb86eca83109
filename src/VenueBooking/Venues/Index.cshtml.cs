using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Venues;

[AllowAnonymous]
public sealed class VenueIndexModel(VenueGuide guide) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Activity { get; set; }

    public IReadOnlyList<ListedVenue> Venues { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Venues = await guide.ListAsync(Q, Activity, ct);
}

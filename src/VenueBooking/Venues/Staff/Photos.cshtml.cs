using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

[Authorize(Policy = Policies.Staff)]
[RequestSizeLimit(MostUploaded), RequestFormLimits(MultipartBodyLengthLimit = MostUploaded)]
public sealed class PhotosModel(AppDb db, EditPhotos photos, Texts texts, IStringLocalizer<VenuesText> words) : VenuePageModel(db)
{
    /// <summary>All files of one upload together, somewhat above what the photos of one venue may weigh.</summary>
    const long MostUploaded = 110 * 1024 * 1024;

    public IReadOnlyList<PhotoLine> Photos { get; private set; } = [];

    [BindProperty]
    public string? Caption { get; set; }

    /// <summary>The photo whose caption was refused.</summary>
    public Guid? Failed { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(IFormFileCollection files, CancellationToken ct) =>
        DoAsync(() => photos.AddAsync(Venue.Id, [.. files.GetFiles("Files")], ct), count => words["photos_added", count], ct);

    public async Task<IActionResult> OnPostCaptionAsync(Guid photoId, CancellationToken ct)
    {
        var checks = new FieldChecks();
        var caption = checks.Text(Caption, nameof(Caption), 200);
        if (checks.Problems.Count == 0)
            return await DoAsync(() => photos.CaptionAsync(Venue.Id, photoId, caption, ct), _ => words["caption_saved"], ct);
        Failed = photoId;
        await LoadAsync(ct);
        ModelState.Clear();
        return this.Refused(texts, [.. checks.Problems.Select(p => p with { Field = null })]);
    }

    public Task<IActionResult> OnPostForwardAsync(Guid photoId, CancellationToken ct) =>
        DoAsync(() => photos.MoveAsync(Venue.Id, photoId, forward: true, ct), _ => words["order_saved"], ct);

    public Task<IActionResult> OnPostBackAsync(Guid photoId, CancellationToken ct) =>
        DoAsync(() => photos.MoveAsync(Venue.Id, photoId, forward: false, ct), _ => words["order_saved"], ct);

    public Task<IActionResult> OnPostDeleteAsync(Guid photoId, CancellationToken ct) =>
        DoAsync(() => photos.DeleteAsync(Venue.Id, photoId, ct), _ => words["photo_deleted"], ct);

    async Task<IActionResult> DoAsync(Func<Task<Outcome<int>>> act, Func<int, string> done, CancellationToken ct)
    {
        var outcome = await act();
        if (outcome.IsRefused)
        {
            await LoadAsync(ct);
            return this.Refused(texts, outcome.Refusal, "");
        }
        this.Flash(done(outcome.Value));
        return RedirectToPage(new { id = Venue.Id });
    }

    async Task LoadAsync(CancellationToken ct) => Photos = await Db.PhotosOfAsync(Venue.Id, ct);
}

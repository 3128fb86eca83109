using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Venues.Staff;

/// <summary>A calendar from a file: first what it would change, then the change, all or nothing.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class HolidayImportModel(EditHolidays holidays, Texts texts, IStringLocalizer<VenuesText> words) : PageModel
{
    public const int MostShown = 500;

    public IReadOnlyList<TableError> Errors { get; private set; } = [];
    public HolidayChanges? Changes { get; private set; }

    /// <summary>The file's rows, carried from the preview to the confirmation.</summary>
    public string Rows { get; private set; } = "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken ct)
    {
        var table = await TableReader.ReadAsync(file, ct);
        if (table.IsRefused)
            return this.Refused(texts, table.Refusal, "");
        var read = HolidayFile.Parse(table.Value);
        return read.IsRefused ? this.Refused(texts, read.Refusal, "") : await PreviewAsync(read.Value, ct);
    }

    public async Task<IActionResult> OnPostLibraryAsync(int year, CancellationToken ct) =>
        HolidayLibrary.Of(year) is { } days ? await PreviewAsync(new(days, []), ct) : NotFound();

    public async Task<IActionResult> OnPostApplyAsync(string? rows, CancellationToken ct)
    {
        var read = HolidayFile.Parse(rows ?? "");
        if (read.IsRefused)
            return this.Refused(texts, read.Refusal, "");
        if (read.Value.Errors.Count > 0)
            return await PreviewAsync(read.Value, ct);
        var changes = await holidays.ImportAsync(read.Value.Rows, ct);
        this.Flash(words["days_import_done", changes.Added.Count, changes.Changed.Count, changes.Same]);
        return RedirectToPage("/Venues/Staff/Holidays", new { year = read.Value.Rows[0].Day.Year });
    }

    public string TextOf(TableError error) => texts.Of(error.Refusal);

    public IEnumerable<(HolidayFacts Day, HolidayFacts? Before)> Shown() =>
        Changes!.Added.Select(a => (a, (HolidayFacts?)null)).Concat(Changes.Changed.Select(c => (c.Now, (HolidayFacts?)c.Before)))
            .OrderBy(d => d.Item1.Day).Take(MostShown);

    async Task<IActionResult> PreviewAsync(HolidayFile.Read read, CancellationToken ct)
    {
        Errors = read.Errors;
        if (Errors.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        Changes = await holidays.CompareAsync(read.Rows, ct);
        Rows = HolidayFile.Text(read.Rows);
        return Page();
    }
}

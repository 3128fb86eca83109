using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>The union tree, kept by district staff.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class TreeModel(AppDb db, UnionTree tree, IStringLocalizer<UnionText> words, Texts texts) : PageModel
{
    public sealed record Row(Guid Id, Guid? ParentId, UnionLevel Level, string Name, int? DailyCap, int Verified, int Waiting);

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Parents { get; private set; } = [];

    [BindProperty] public Guid? ParentId { get; set; }
    [BindProperty] public string? Name { get; set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct)
    {
        await LoadAsync(ct);
        var names = Rows.ToDictionary(r => r.Id, r => r.Name);
        return TableFile.Of(format, "unions",
            [words["union"], words["union_parent"], words["level"], words["member_state_verified"], words["member_state_unverified"], words["daily_cap"]],
            Rows.Select(IReadOnlyList<object?> (r) => [r.Name, r.ParentId is { } id ? names.GetValueOrDefault(id) : null, words["level_" + SnakeCase.Word(r.Level)].Value, r.Verified, r.Waiting, r.DailyCap]));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        // A parent that cannot be read is not none.
        var added = ModelState.IsValid ? await tree.AddAsync(ParentId, Name, ct) : UnionRefusals.UnionUnknown;
        if (added.Refusal is not { } refusal)
        {
            this.Flash(texts["union_added", added.Value!.Name]);
            return RedirectToPage();
        }
        db.ChangeTracker.Clear();
        ModelState.AddRefusal(texts, refusal);
        Response.StatusCode = refusal.Status;
        await LoadAsync(ct);
        return Page();
    }

    async Task LoadAsync(CancellationToken ct)
    {
        var all = await db.Set<Union>().Where(u => u.EndedAt == null)
            .Select(u => new Row(u.Id, u.ParentId, u.Level, u.Name, u.DailyCap,
                db.Set<Membership>().Count(m => m.UnionId == u.Id && m.State == MembershipState.Verified),
                db.Set<Membership>().Count(m => m.UnionId == u.Id && m.State == MembershipState.Unverified && m.RejectedAt == null
                    && db.Set<AppUser>().Any(a => a.Id == m.UserId && a.EmailConfirmed))))
            .ToListAsync(ct);
        Rows = [.. Below(all.ToLookup(r => r.ParentId), null)];
        Parents = [.. Rows.Where(r => r.Level != UnionLevel.Grassroots).Select(r => new SelectListItem(r.Name, r.Id.ToString(), r.Id == ParentId))];
    }

    static IEnumerable<Row> Below(ILookup<Guid?, Row> children, Guid? parent) =>
        children[parent].OrderBy(r => r.Name, StringComparer.Ordinal).SelectMany(r => Below(children, r.Id).Prepend(r));
}

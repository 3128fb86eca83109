using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>The members an officer looks after; the waiting ones first, because they wait.</summary>
[Authorize(Policy = Policies.Officer)]
public sealed class MembersModel(AppDb db, OfficerScope scope, MembershipDesk desk, Audit audit, IStringLocalizer<UnionText> words) : PageModel
{
    const int PageSize = 25, ExportLimit = 20_000;

    [BindProperty(SupportsGet = true)] public string? State { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Union { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Cursor { get; set; }
    [BindProperty(SupportsGet = true)] public string? Export { get; set; }

    public sealed record Row(Guid Id, string Name, string? Card, string? Union, MembershipState State, DateTimeOffset AskedAt, DateTimeOffset? RejectedAt, bool IsConfirmed)
    {
        public bool MayBeApproved => State == MembershipState.Unverified && IsConfirmed;
    }

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public string? Next { get; private set; }
    public int Waiting { get; private set; }
    public IReadOnlyList<SelectListItem> Unions { get; private set; } = [];
    public IReadOnlyList<SelectListItem> States { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!Web.Cursor.TryParseTime(Cursor, out var cursor))
            return BadRequest();
        var found = Filtered();
        if (Export is not null)
            return await ExportAsync(found, ct);
        Waiting = await scope.Memberships.CountAsync(
            m => m.State == MembershipState.Unverified && m.RejectedAt == null && db.Set<AppUser>().Any(u => u.Id == m.UserId && u.EmailConfirmed), ct);
        if (cursor is not null)
            found = found.Where(m => m.AskedAt < cursor.At || (m.AskedAt == cursor.At && m.UserId < cursor.Id));
        var rows = await Shown(found.OrderByDescending(m => m.AskedAt).ThenByDescending(m => m.UserId).Take(PageSize + 1)).ToListAsync(ct);
        (Rows, Next) = Web.Page.Of(rows, PageSize, r => Web.Cursor.Of(r.AskedAt, r.Id));
        await LoadChoicesAsync(ct);
        await WriteDownAsync("members.list", Rows.Count, ct);
        return Page();
    }

    /// <summary>Approves every ticked person. Those who cannot be approved are counted, not silently dropped.</summary>
    public async Task<IActionResult> OnPostApproveAsync(Guid[] ids, CancellationToken ct)
    {
        var (approved, refused) = (0, 0);
        foreach (var id in ids.Distinct().Take(PageSize))
        {
            if ((await desk.ApproveAsync(id, null, CurrentMember.IdOf(User)!.Value, ct)).IsRefused)
                refused++;
            else
                approved++;
            db.ChangeTracker.Clear();
        }
        this.Flash(words["members_approved", approved, refused], refused > 0 ? NoticeKind.Warning : NoticeKind.Success);
        return RedirectToPage(new { State, Union, Q });
    }

    IQueryable<Membership> Filtered()
    {
        var found = scope.Memberships;
        if (SnakeCase.TryParse<MembershipState>(State, out var state))
            found = found.Where(m => m.State == state);
        if (Union is { } union)
            found = found.Where(m => db.Set<Union>().Any(u => u.Id == m.UnionId && u.Path.Contains(union)));
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var (text, card) = (Q.Trim(), CardNumbers.Clean(Q));
            found = found.Where(m => m.Name.Contains(text) || m.CardNumber == card);
        }
        return found;
    }

    IQueryable<Row> Shown(IQueryable<Membership> members) =>
        from member in members
        join user in db.Set<AppUser>() on member.UserId equals user.Id
        join union in db.Set<Union>() on member.UnionId equals union.Id into unions
        from union in unions.DefaultIfEmpty()
        orderby member.AskedAt descending, member.UserId descending
        select new Row(member.UserId, member.Name, member.CardNumber, union.Name, member.State, member.AskedAt, member.RejectedAt, user.EmailConfirmed);

    async Task<IActionResult> ExportAsync(IQueryable<Membership> found, CancellationToken ct)
    {
        var rows = await Shown(found).Take(ExportLimit).ToListAsync(ct);
        await WriteDownAsync("members.export", rows.Count, ct);
        return TableFile.Of(Export, "members",
            [words["name"], words["card_number"], words["union"], words["state"], words["asked_at"]],
            rows.Select(r => (IReadOnlyList<object?>)[r.Name, r.Card, r.Union, words[StateKey(r)].Value, r.AskedAt]));
    }

    /// <summary>Names and cards are on the list, so every look is in the audit log.</summary>
    Task<int> WriteDownAsync(string action, int count, CancellationToken ct)
    {
        audit.Record(action, "membership", null, after: new { State, Union, Q, count });
        return db.SaveChangesAsync(ct);
    }

    async Task LoadChoicesAsync(CancellationToken ct)
    {
        Unions = [.. (await scope.Unions.Where(u => u.EndedAt == null).OrderBy(u => u.Level).ThenBy(u => u.Name).Select(u => new { u.Id, u.Name }).ToListAsync(ct))
            .Select(u => new SelectListItem(u.Name, u.Id.ToString(), u.Id == Union))];
        States = [.. Enum.GetValues<MembershipState>().Select(s =>
            new SelectListItem(words["member_state_" + SnakeCase.Word(s)], SnakeCase.Word(s), SnakeCase.Word(s) == State))];
    }

    public static Mood MoodOf(Row row) => row.State switch
    {
        MembershipState.Verified => Mood.Good,
        MembershipState.Ended => Mood.Off,
        _ => row.RejectedAt is not null ? Mood.Bad : row.IsConfirmed ? Mood.Warn : Mood.Off,
    };

    public static string StateKey(Row row) =>
        row is { State: MembershipState.Unverified, RejectedAt: not null } ? "member_state_rejected"
        : row is { State: MembershipState.Unverified, IsConfirmed: false } ? "address_unconfirmed_short"
        : "member_state_" + SnakeCase.Word(row.State);
}

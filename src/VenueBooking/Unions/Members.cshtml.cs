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
public sealed class MembersModel(AppDb db, MemberList members, OfficerScope scope, MembershipDesk desk, IStringLocalizer<UnionText> words) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? State { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Union { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set => field = SearchText.Clean(value); }
    [BindProperty(SupportsGet = true)] public string? Sort { get; set; }
    [BindProperty(SupportsGet = true)] public string? Export { get; set; }

    public NumberedPage<MemberLine> List { get; private set; } = null!;
    public int Waiting { get; private set; }
    public IReadOnlyList<SelectListItem> Unions { get; private set; } = [];
    public IReadOnlyList<SelectListItem> States { get; private set; } = [];

    MemberFilter Filter => new(State, Union, Q, Sort);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = NumberedPage.Param)] string? number, CancellationToken ct)
    {
        var odd = ModelState.Unread();
        if (Export is not null)
            return odd.Count > 0 ? BadRequest() : await ExportAsync(ct);
        if (!NumberedPage.TryParse(number, out var page))
            odd.Add(NumberedPage.Param);
        if (odd.Count > 0)
            return this.LeadToWithout(odd);
        List = await members.PageAsync(Filter, page, ct);
        Waiting = await members.WaitingAsync(ct);
        await LoadChoicesAsync(ct);
        return this.PageOrLast(List);
    }

    /// <summary>Approves every ticked person. Those who cannot be approved are counted, not silently dropped.</summary>
    public async Task<IActionResult> OnPostApproveAsync(Guid[] ids, CancellationToken ct)
    {
        var (approved, refused) = (0, 0);
        foreach (var id in ids.Distinct().Take(MemberList.PageSize))
        {
            if ((await desk.ApproveAsync(id, null, CurrentMember.IdOf(User)!.Value, ct)).IsRefused)
                refused++;
            else
                approved++;
            db.ChangeTracker.Clear();
        }
        this.Flash(words["members_approved", approved, refused], refused > 0 ? NoticeKind.Warning : NoticeKind.Success);
        return RedirectToPage(new { State, Union, Q, Sort });
    }

    async Task<IActionResult> ExportAsync(CancellationToken ct) => TableFile.Of(Export, "members",
        [words["name"], words["card_number"], words["union"], words["state"], words["asked_at"]],
        (await members.AllAsync(Filter, ct)).Select(IReadOnlyList<object?> (l) => [l.Name, l.Card, l.Union, words[l.StateKey].Value, l.AskedAt]));

    async Task LoadChoicesAsync(CancellationToken ct)
    {
        Unions = [.. (await scope.Unions.Where(u => u.EndedAt == null).ByLevel().Select(u => new { u.Id, u.Name }).ToListAsync(ct))
            .Select(u => new SelectListItem(u.Name, u.Id.ToString(), u.Id == Union))];
        States = [.. Enum.GetValues<MembershipState>().Select(s =>
            new SelectListItem(words["member_state_" + SnakeCase.Word(s)], SnakeCase.Word(s), SnakeCase.Word(s) == State))];
    }

    public static Mood MoodOf(MemberLine line) => line.State switch
    {
        MembershipState.Verified => Mood.Good,
        MembershipState.Ended => Mood.Off,
        _ => line.RejectedAt is not null ? Mood.Bad : line.IsConfirmed ? Mood.Warn : Mood.Off,
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What one sees first: what is free, and, signed in, what comes next.</summary>
[AllowAnonymous]
public sealed class HomeModel(AppDb db, CurrentMember member, Availability availability, MemberBookings bookings, SiteTime time) : PageModel
{
    public sealed record FreeLine(string Activity, int Today, int Tomorrow);

    /// <summary>Activities with something free today or tomorrow, the most plentiful first.</summary>
    public IReadOnlyList<FreeLine> Free { get; private set; } = [];
    public BookingLine? Next { get; private set; }
    public bool MustVerify { get; private set; }
    /// <summary>It is the union's turn.</summary>
    public bool IsWaiting { get; private set; }
    public string Tomorrow => time.Today.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var today = time.Today;
        var counts = await availability.SummaryAsync(today, 2, ct);
        Free = [.. counts.Keys.Select(k => k.Activity).Distinct()
            .Select(a => new FreeLine(a, counts.GetValueOrDefault((a, today)), counts.GetValueOrDefault((a, today.AddDays(1)))))
            .OrderByDescending(l => l.Today + l.Tomorrow).ThenBy(l => l.Activity, StringComparer.Ordinal)];
        if (member.IdOrNull is not { } id)
            return;
        Next = (await bookings.ComingAsync(id, ct)) is [var next, ..] ? next : null;
        var asked = await db.Set<Membership>().Where(m => m.UserId == id && m.State != MembershipState.Verified)
            .Select(m => (bool?)(m.State == MembershipState.Unverified && m.RejectedAt == null && (m.UnionId != null || m.CardNumber != null))).FirstOrDefaultAsync(ct);
        (MustVerify, IsWaiting) = (asked is not null, asked is true);
    }
}

using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Shared;

namespace VenueBooking.Accounts;

/// <summary>The switches at the top of every page, remembered with the account: mails then come in the language chosen.</summary>
sealed class PreferenceKeeper(AppDb db, CurrentMember member) : IPreferenceKeeper
{
    public Task Keep(HttpContext context, string language, bool elder) =>
        db.Set<AppUser>().Where(u => u.Id == member.Id).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.Language, language).SetProperty(u => u.ElderMode, elder));
}

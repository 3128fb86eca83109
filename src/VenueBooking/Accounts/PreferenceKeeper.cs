using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Shared;

namespace VenueBooking.Accounts;

/// <summary>Language and large letters go with the person: kept with the account when chosen, and put on the device they sign in on.</summary>
public sealed class PreferenceKeeper(AppDb db, CurrentMember member) : IPreferenceKeeper
{
    /// <summary>The switches at the top of every page, remembered with the account: mails then come in the language chosen.</summary>
    public async Task Keep(HttpContext context, string language, bool elder)
    {
        try
        {
            await KeepAsync(member.Id, language, elder);
        }
        catch (Exception e) when (DatabaseDown.IsAway(e))
        {
            // The device has it by now, and the page that says so is there to be read: the account learns it at the next press.
        }
    }

    /// <summary>
    /// At sign-in the account's choice counts, unless the person chose otherwise on the way there: then the account learns it. Who
    /// never chose sees what the device is set to.
    /// </summary>
    public async Task MeetAsync(HttpContext context, AppUser user)
    {
        var here = Preferences.Of(context);
        if (!Preferences.IsJustChosen(context))
        {
            if (user.PreferencesChosen)
                (here with { Language = user.Language, Elder = user.ElderMode }).Write(context);
            return;
        }
        Preferences.ForgetChosen(context);
        await KeepAsync(user.Id, here.Language, here.Elder);
        // Who saves the account later in the same request writes what is so now, not what was loaded.
        (user.Language, user.ElderMode, user.PreferencesChosen) = (here.Language, here.Elder, true);
    }

    Task<int> KeepAsync(Guid userId, string language, bool elder) =>
        db.Set<AppUser>().Where(u => u.Id == userId).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.Language, language).SetProperty(u => u.ElderMode, elder).SetProperty(u => u.PreferencesChosen, true));
}

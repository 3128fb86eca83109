using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>Writes down who looked at whom was written to; knows which mails lie in the local mailbox.</summary>
public sealed class NoticeWatch(AppDb db, Audit audit, LocalMailbox mailbox, MailFolder folder)
{
    public Task LookedAsync(string action, NoticeFilter filter, CancellationToken ct)
    {
        audit.Record(action, "notice", null, after: new { state = filter.State?.ToString(), filter.Kind, filter.Recipient });
        return db.SaveChangesAsync(ct);
    }

    public bool HasFile(Guid notice) => mailbox.IsOpen && File.Exists(folder.FileOf(notice));
}

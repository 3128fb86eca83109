using Microsoft.Extensions.Options;
using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>
/// The mailbox of a machine without a mail server: pages that show the files. Whoever reaches the service may read it, for
/// that is how a demo's people find their mails; so it is there in Development only, and only while mails become files.
/// </summary>
public sealed class LocalMailbox(IOptions<MailOptions> options, IHostEnvironment environment, MailFolder folder)
{
    // Looking for a recipient reads files one by one.
    const int ReadAtMost = 2000;

    public bool IsOpen => !options.Value.UsesSmtp && !environment.IsProduction() && (environment.IsDevelopment() || options.Value.Mailbox);

    /// <param name="to">Part of the recipient's address or name; empty for all.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="size">How many at most.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<Page<(Guid Id, MailFile Mail)>> ListAsync(string? to, Cursor? after, int size, CancellationToken ct)
    {
        var found = new List<(Guid, MailFile)>();
        Cursor? last = null;
        foreach (var (id, written) in folder.Newest().Where(f => IsAfter(f, after)).Take(ReadAtMost))
        {
            if (await FindAsync(id, ct) is not { } mail)
                continue;
            if (!string.IsNullOrWhiteSpace(to) && !mail.To.Contains(to.Trim(), StringComparison.OrdinalIgnoreCase))
                continue;
            if (found.Count == size)
                return new(found, last!.ToString());
            found.Add((id, mail));
            last = Cursor.Of(written, id);
        }
        return new(found, null);
    }

    static bool IsAfter((Guid Id, DateTimeOffset Written) file, Cursor? cursor) =>
        cursor is null || file.Written < cursor.At || (file.Written == cursor.At && file.Id.CompareTo(cursor.Id) < 0);

    /// <returns>Null where there is no such mail.</returns>
    public async Task<MailFile?> FindAsync(Guid id, CancellationToken ct)
    {
        try
        {
            return IsOpen ? await MailFile.ReadAsync(folder.FileOf(id), ct) : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

using Microsoft.Extensions.Options;

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
    /// <param name="before">The last one of the page before.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<(IReadOnlyList<(Guid Id, MailFile Mail)> Mails, bool More)> ListAsync(string? to, Guid? before, int count, CancellationToken ct)
    {
        var found = new List<(Guid, MailFile)>();
        foreach (var id in folder.Newest(before).Take(ReadAtMost))
        {
            if (await FindAsync(id, ct) is not { } mail) continue;
            if (!string.IsNullOrWhiteSpace(to) && !mail.To.Contains(to.Trim(), StringComparison.OrdinalIgnoreCase)) continue;
            if (found.Count == count) return (found, true);
            found.Add((id, mail));
        }
        return (found, false);
    }

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

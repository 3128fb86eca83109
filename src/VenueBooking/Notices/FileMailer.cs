using Microsoft.Extensions.Options;
using VenueBooking.Startup;

namespace VenueBooking.Notices;

/// <summary>
/// Where no SMTP server is configured: one .eml file a mail. The file is named after the notice, so that a mail written
/// again after a crash takes the place of itself, and is moved into place whole.
/// </summary>
public sealed class FileMailer(IOptions<MailOptions> options, MailFolder folder) : IMailer
{
    public int Parallelism => 1;
    public int Batch => 20;
    public TimeSpan Rest => TimeSpan.FromSeconds((double)Batch / options.Value.PerSecond);
    public bool RepeatsItselfSafely => true;

    public IMailRun Open() => new Run(options.Value, folder);

    sealed class Run(MailOptions options, MailFolder folder) : IMailRun
    {
        // One directory a run: what is being written is never mistaken for a mail.
        readonly string desk = folder.NewDesk();

        public Task<MailResult> SendAsync(Mail mail)
        {
            try
            {
                SmtpMailer.Write(mail, options, desk);
                folder.TakeOver(Directory.GetFiles(desk)[0], mail.NoticeId);
                return Task.FromResult(MailResult.Sent);
            }
            catch (FormatException error)
            {
                return Task.FromResult(new MailResult(MailFate.Never, error.Message));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Net.Mail.SmtpException)
            {
                return Task.FromResult(new MailResult(MailFate.Down, error.Message));
            }
        }

        public void Dispose()
        {
            if (Directory.Exists(desk))
                Directory.Delete(desk, recursive: true);
        }
    }
}

/// <summary>The directory <c>mail</c> under the data directory.</summary>
public sealed class MailFolder(DataDirectory data)
{
    public string Path { get; } = data.Of("mail");

    public string FileOf(Guid notice) => System.IO.Path.Combine(Path, $"{notice:D}.eml");

    internal string NewDesk()
    {
        var desk = System.IO.Path.Combine(Path, ".writing", Guid.CreateVersion7().ToString("N"));
        Directory.CreateDirectory(desk);
        return desk;
    }

    internal void TakeOver(string written, Guid notice) => File.Move(written, FileOf(notice), overwrite: true);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<(Guid Id, DateTimeOffset Written)> Newest() => !Directory.Exists(Path) ? [] :
    [
        .. new DirectoryInfo(Path).EnumerateFiles("*.eml")
            .Select(f => (Id: Guid.TryParseExact(System.IO.Path.GetFileNameWithoutExtension(f.Name), "D", out var id) ? id : Guid.Empty,
                Written: new DateTimeOffset(f.LastWriteTimeUtc, TimeSpan.Zero)))
            .Where(f => f.Id != Guid.Empty).OrderByDescending(f => f.Written).ThenByDescending(f => f.Id),
    ];
}

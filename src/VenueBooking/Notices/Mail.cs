using System.Net.Mail;
using System.Text;

namespace VenueBooking.Notices;

/// <summary>A mail ready to go. Its Message-ID is made of the notice's id: the same notice, the same mail.</summary>
/// <param name="FromName">Of the sender, where the configuration names only an address.</param>
public sealed record Mail(
    Guid NoticeId, string FromName, string To, string? ToName, string Subject, string Text, string Html, NoticeCalendar? Calendar, DateTimeOffset Date)
{
    /// <summary>Whether it can stand on an envelope: servers take no letters but plain ones before the @, and a domain after it.</summary>
    public static bool CanGoTo(string address) =>
        MailAddress.TryCreate(address, out var parsed) && Ascii.IsValid(parsed.User) && Uri.CheckHostName(parsed.Host) == UriHostNameType.Dns;
}

/// <summary>What became of handing a mail over.</summary>
/// <param name="Error">Null when it was taken.</param>
public readonly record struct MailResult(MailFate Fate, string? Error = null)
{
    public static readonly MailResult Sent = new(MailFate.Sent);
}

public enum MailFate
{
    /// <summary>The server took it (or the file lies there).</summary>
    Sent,
    /// <summary>Not now: try this one again later.</summary>
    Later,
    /// <summary>Not ever: this recipient or this mail is refused.</summary>
    Never,
    /// <summary>Nothing goes through at the moment, whatever the mail.</summary>
    Down,
}

/// <summary>Where mails go. Everything that knows SMTP is behind this.</summary>
public interface IMailer
{
    /// <summary>How many hand over side by side.</summary>
    int Parallelism { get; }

    /// <summary>How many notices one claim takes: what a crash can leave waiting for the lease to run out.</summary>
    int Batch { get; }

    /// <summary>Rest after a full batch: mail is not urgent to the second, and neither its server nor who is booking should feel a flood of it.</summary>
    TimeSpan Rest { get; }

    /// <summary>Whether a mail handed over twice arrives once all the same: then a whole batch is marked in one commit.</summary>
    bool RepeatsItselfSafely { get; }

    /// <summary>A conversation for a number of mails, one after the other. Dispose ends it.</summary>
    IMailRun Open();
}

public interface IMailRun : IDisposable
{
    /// <summary>Hands one mail over. Never throws for what a mail server or a disk can do.</summary>
    Task<MailResult> SendAsync(Mail mail);
}

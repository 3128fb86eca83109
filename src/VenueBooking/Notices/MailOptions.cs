using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace VenueBooking.Notices;

/// <summary>Configuration <c>Mail</c>. Without <c>Mail:Smtp:Host</c> mails become files.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary><c>Mail:From</c>: an address, or <c>Name &lt;address&gt;</c>. Without a name the service's own is used, in the recipient's language.</summary>
    public string From { get; set; } = "no-reply@venuebooking.example";
    public SmtpOptions Smtp { get; set; } = new();
    /// <summary>About how many mails leave in a second when many are due.</summary>
    public int PerSecond { get; set; } = 50;

    /// <summary>Shows the local mailbox (/dev/mail) outside Development too; never in Production.</summary>
    public bool Mailbox { get; set; }

    public bool UsesSmtp => !string.IsNullOrWhiteSpace(Smtp.Host);
    /// <summary>The right half of every Message-ID.</summary>
    public string Domain => new MailAddress(From).Host;
}

public sealed class SmtpOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    /// <summary>STARTTLS, and no mail without it. Off only for a mail catcher on the same machine.</summary>
    public bool StartTls { get; set; } = true;
    public string? User { get; set; }
    public string? Password { get; set; }
    public int TimeoutSeconds { get; set; } = 30;
    public int Parallelism { get; set; } = 4;
}

/// <summary>Says at the start, in one line, what could not work when the first mail is due.</summary>
sealed class MailOptionsCheck : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var problems = ProblemsOf(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    static IEnumerable<string> ProblemsOf(MailOptions options)
    {
        if (options.PerSecond < 1)
            yield return "Mail:PerSecond must be 1 or more";
        if (!MailAddress.TryCreate(options.From, out _))
            yield return $"Mail:From is not a mail address: {options.From}";
        if (options.Smtp.Port is < 1 or > 65535)
            yield return $"Mail:Smtp:Port is not a port: {options.Smtp.Port}";
        if (options.Smtp.TimeoutSeconds is < 1 or > 45)
            yield return "Mail:Smtp:TimeoutSeconds must lie between 1 and 45";
        if (string.IsNullOrEmpty(options.Smtp.User) != string.IsNullOrEmpty(options.Smtp.Password))
            yield return "Mail:Smtp:User and Mail:Smtp:Password belong together";
    }
}

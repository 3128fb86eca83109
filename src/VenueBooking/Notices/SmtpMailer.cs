using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace VenueBooking.Notices;

/// <summary>
/// Hands mails to an SMTP server. This file alone knows System.Net.Mail; see the ADR for what takes its place when it can.
/// </summary>
public sealed class SmtpMailer(IOptions<MailOptions> options) : IMailer
{
    public int Parallelism => Math.Clamp(options.Value.Smtp.Parallelism, 1, 32);
    public TimeSpan Rest => TimeSpan.FromSeconds((double)Batch * Parallelism / options.Value.PerSecond);
    public int Batch => 10;
    public bool RepeatsItselfSafely => false;

    public IMailRun Open() => new Run(options.Value);

    /// <summary>Writes what would have gone over the wire into a directory, as one .eml file.</summary>
    internal static void Write(Mail mail, MailOptions options, string directory)
    {
        using var message = Compose(mail, options);
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = directory };
        client.Send(message);
    }

    static MailMessage Compose(Mail mail, MailOptions options)
    {
        var message = new MailMessage(Sender(options, mail), new MailAddress(mail.To, mail.ToName, Encoding.UTF8))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.NoticeId:N}@{options.Domain}>");
        message.Headers.Add("Date", mail.Date.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        // Nobody's holiday reply should come back, and no list should bounce.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(View(mail.Text, "text/plain"));
        message.AlternateViews.Add(View(mail.Html, "text/html"));
        if (mail.Calendar is not { } calendar)
            return message;
        message.AlternateViews.Add(View(calendar.Ics, $"text/calendar; method={calendar.Method}"));
        message.Attachments.Add(Invitation(calendar));
        return message;
    }

    static MailAddress Sender(MailOptions options, Mail mail) =>
        new MailAddress(options.From) is { DisplayName: "" } bare ? new(bare.Address, mail.FromName, Encoding.UTF8) : new(options.From);

    static AlternateView View(string content, string type) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(content)), new ContentType($"{type}; charset=utf-8")) { TransferEncoding = TransferEncoding.Base64 };

    static Attachment Invitation(NoticeCalendar calendar)
    {
        var attachment = new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Ics)), "invite.ics", "application/ics");
        attachment.TransferEncoding = TransferEncoding.Base64;
        return attachment;
    }

    sealed class Run(MailOptions options) : IMailRun
    {
        SmtpClient? client;

        public async Task<MailResult> SendAsync(Mail mail)
        {
            try
            {
                using var message = Compose(mail, options);
                // SmtpClient.Timeout is not heeded by its asynchronous half, nor a token by its wait for the last answer.
                await (client ??= Connect()).SendMailAsync(message).WaitAsync(TimeSpan.FromSeconds(options.Smtp.TimeoutSeconds));
                return MailResult.Sent;
            }
            catch (TimeoutException)
            {
                return Broken(new(MailFate.Down, $"no answer within {options.Smtp.TimeoutSeconds} s"));
            }
            catch (FormatException error)
            {
                return new(MailFate.Never, error.Message);
            }
            catch (Exception error) when (error is SmtpException or IOException or InvalidOperationException or System.Security.Authentication.AuthenticationException)
            {
                return Broken(new(FateOf(error), Explain(error)));
            }
        }

        SmtpClient Connect() => new(options.Smtp.Host, options.Smtp.Port)
        {
            EnableSsl = options.Smtp.StartTls,
            Credentials = string.IsNullOrEmpty(options.Smtp.User) ? null : new NetworkCredential(options.Smtp.User, options.Smtp.Password),
        };

        // After an error the conversation is in an unknown state: the next mail begins a new one.
        MailResult Broken(MailResult result)
        {
            Dispose();
            return result;
        }

        public void Dispose()
        {
            client?.Dispose();
            client = null;
        }
    }

    /// <summary>
    /// 5xx is for good, but for what is wrong with us rather than with the mail: not signed in, no TLS. There the client
    /// may have gone on unauthenticated after a refused AUTH, and every mail would be "refused" for our wrong password.
    /// </summary>
    static MailFate FateOf(Exception error)
    {
        var code = error switch
        {
            SmtpFailedRecipientException recipient => (int)recipient.StatusCode,
            SmtpException smtp => (int)smtp.StatusCode,
            _ => 0,
        };
        return code switch
        {
            421 or 454 or 502 or 503 or 504 or 530 or 534 or 535 or 538 => MailFate.Down,
            >= 500 and < 600 => MailFate.Never,
            >= 400 and < 500 => MailFate.Later,
            _ => MailFate.Down,
        };
    }

    static string Explain(Exception error)
    {
        var text = error is SmtpException { StatusCode: not SmtpStatusCode.GeneralFailure } smtp ? $"{(int)smtp.StatusCode} {smtp.Message}" : error.Message;
        return error.InnerException is { } inner ? $"{text} ({inner.Message})" : text;
    }
}

using System.Net.Mail;
using System.Text;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>E-mail addresses, checked as far as one can without writing to them.</summary>
public static class Addresses
{
    const int Longest = 256;

    public static Refusal? WhyNot(string? text) =>
        string.IsNullOrEmpty(text) ? AccountRefusals.EmailMissing
        : text.Length > Longest || !MailAddress.TryCreate(text, out var parsed) || parsed.Address != text || !IsHost(parsed.Host) ? AccountRefusals.EmailInvalid
        // A name of a host may have any letters, they travel as others; what stands before the @ may not: hardly a mail server takes it.
        : !Ascii.IsValid(parsed.User) ? AccountRefusals.EmailNotAscii
        : null;

    /// <summary>Of the open net: with a dot, and no part of it empty or with a hyphen at its end.</summary>
    static bool IsHost(string host) => host.Split('.') is { Length: > 1 } parts && parts.All(p => p is not ("" or ['-', ..] or [.., '-']));

    public static bool IsGood(string? text) => WhyNot(text) is null;
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VenueBooking.Notices;

/// <summary>
/// An .eml file read back for the local mailbox: as much of MIME as the mailer writes (headers with encoded words, nested
/// multiparts, base64 and quoted-printable).
/// </summary>
public sealed partial class MailFile
{
    readonly Dictionary<string, string> headers;
    readonly List<Part> parts = [];

    MailFile(string text)
    {
        (headers, var body) = Split(text);
        Collect(headers, body);
    }

    public static async Task<MailFile> ReadAsync(string path, CancellationToken ct) => new(await File.ReadAllTextAsync(path, ct));

    public string Subject => Decoded("subject");
    public string To => Decoded("to");
    public string From => Decoded("from");
    public DateTimeOffset? Date =>
        DateTimeOffset.TryParse(Header("date"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
    public string? Text => Find("text/plain");
    public string? Html => Find("text/html");
    public string? Calendar => Find("text/calendar");

    string? Find(string type) => parts.FirstOrDefault(p => p.Type == type)?.Content;

    string Header(string name) => headers.GetValueOrDefault(name, "");

    string Decoded(string name) => EncodedWord.Replace(BetweenWords.Replace(Header(name), "$1"), word =>
    {
        var bytes = word.Groups["how"].Value is "B" or "b"
            ? Convert.FromBase64String(word.Groups["data"].Value)
            : QuotedPrintable(word.Groups["data"].Value.Replace('_', ' '));
        return Encoding.UTF8.GetString(bytes);
    });

    void Collect(Dictionary<string, string> head, string body)
    {
        var type = head.GetValueOrDefault("content-type", "text/plain");
        if (Boundary.Match(type) is { Success: true } boundary)
        {
            foreach (var piece in body.Split("--" + boundary.Groups[1].Value).Skip(1).Where(p => !p.StartsWith("--", StringComparison.Ordinal)))
            {
                var (innerHead, innerBody) = Split(piece.TrimStart('\r', '\n'));
                Collect(innerHead, innerBody);
            }
            return;
        }
        parts.Add(new(type.Split(';')[0].Trim().ToLowerInvariant(), Content(head.GetValueOrDefault("content-transfer-encoding", ""), body)));
    }

    static string Content(string encoding, string body) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
        "quoted-printable" => Encoding.UTF8.GetString(QuotedPrintable(body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal))),
        _ => body,
    };

    static byte[] QuotedPrintable(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
                bytes.Add((byte)text[i]);
        return [.. bytes];
    }

    static (Dictionary<string, string> Head, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (top, body) = end < 0 ? (text, "") : (text[..end], text[(end + 4)..]);
        var head = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Fold.Replace(top, " ").Split("\r\n"))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                head.TryAdd(line[..colon], line[(colon + 1)..].Trim());
        return (head, body);
    }

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BbQq])\?(?<data>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord { get; }

    // White space between two encoded words is no part of the text.
    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex BetweenWords { get; }

    [GeneratedRegex(@"boundary=""?([^"";]+)""?", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary { get; }

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Fold { get; }

    sealed record Part(string Type, string Content);
}

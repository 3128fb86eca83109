using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using QRCoder;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Codes of an authenticator app, and the picture by which the app learns the key.</summary>
static class Totp
{
    /// <summary>People type 123 456 and 123-456, and １２３４５６ on a Chinese keyboard.</summary>
    public static string Clean(string? code) =>
        string.Concat(TypedText.Plain(code).Where(c => !char.IsWhiteSpace(c) && c != '-')) is { Length: <= 20 } clean ? clean : "";

    /// <summary>Recovery codes are two fives with a hyphen; people leave the hyphen out.</summary>
    public static string CleanRecovery(string? code) => Clean(code).ToUpperInvariant() is { Length: 10 } ten ? $"{ten[..5]}-{ten[5..]}" : "";

    /// <summary>
    /// The half minute a code is of, among those that Identity accepts (two before and two after now, by the machine's clock); null
    /// where it is of none.
    /// </summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var bytes = Bytes(key);
        var current = now.ToUnixTimeSeconds() / 30;
        // One more to each side: the clock may have gone on since Identity looked.
        for (var step = current + 3; step >= current - 3; step--)
            if (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == CodeAt(bytes, step))
                return step;
        return null;
    }

    static int CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What authenticator apps use.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        return (int)((BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFF_FFFF) % 1_000_000);
    }

    /// <summary>Base 32 (RFC 4648) as Identity writes its keys.</summary>
    static byte[] Bytes(string key)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>(key.Length * 5 / 8);
        var (bits, held) = (0, 0);
        foreach (var c in key.TrimEnd('=').ToUpperInvariant())
        {
            (bits, held) = ((bits << 5 | alphabet.IndexOf(c, StringComparison.Ordinal)) & 0xFFF, held + 5);
            if (held < 8)
                continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
        }
        return [.. bytes];
    }

    /// <summary>In fours, for typing off.</summary>
    public static string Spaced(string key) => string.Join(' ', key.ToLowerInvariant().Chunk(4).Select(four => new string(four)));

    public static string Uri(string site, string account, string key) =>
        $"otpauth://totp/{UrlEncoder.Default.Encode(site)}:{UrlEncoder.Default.Encode(account)}?secret={key}&issuer={UrlEncoder.Default.Encode(site)}&digits=6";

    /// <summary>As an SVG document, sized by viewBox and coloured by attributes: a page's style rules allow no more.</summary>
    public static string Svg(string uri)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}

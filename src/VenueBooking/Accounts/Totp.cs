using System.Text.Encodings.Web;
using QRCoder;

namespace VenueBooking.Accounts;

/// <summary>Codes of an authenticator app, and the picture by which the app learns the key.</summary>
static class Totp
{
    /// <summary>People type 123 456 and 123-456.</summary>
    public static string Clean(string? code) =>
        string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')) is { Length: <= 20 } clean ? clean : "";

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

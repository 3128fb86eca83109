using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VenueBooking.Accounts;

namespace VenueBooking.Tests.Support;

/// <summary>A passkey that really signs in (WebAuthn with ES256), kept here and not by a device.</summary>
public sealed class SoftPasskey : IDisposable
{
    const byte PresentAndVerified = 0x05;

    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] id = Guid.CreateVersion7().ToByteArray();
    readonly AppUser owner;
    int uses;

    SoftPasskey(AppUser owner) => this.owner = owner;

    public void Dispose() => key.Dispose();

    public static async Task<SoftPasskey> MakeAsync(App app, AppUser owner)
    {
        var passkey = new SoftPasskey(owner);
        await app.Make.Passkey(owner, passkey.id, passkey.PublicKey());
        return passkey;
    }

    /// <summary>Opens the sign-in page and answers it as the browser does.</summary>
    public async Task<WebPage> SignInAsync(Visitor visitor)
    {
        var form = (await visitor.Get("/account/login")).One("form[data-passkey=get]");
        var token = ("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
        var options = JsonDocument.Parse((await visitor.Post(form.GetAttribute("data-options")!, token)).Body).RootElement;
        var credential = Answer(options.GetProperty("challenge").GetString()!, options.GetProperty("rpId").GetString()!);
        return await visitor.Send(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action"))
            {
                Content = new FormUrlEncodedContent([new(token.Item1, token.Item2), new("Credential", credential)]),
            };
            request.Headers.Add("Origin", "https://localhost");
            return request;
        });
    }

    string Answer(string challenge, string site)
    {
        var client = JsonSerializer.SerializeToUtf8Bytes(new { type = "webauthn.get", challenge, origin = "https://localhost", crossOrigin = false });
        var counter = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(counter, ++uses);
        byte[] device = [.. SHA256.HashData(Encoding.UTF8.GetBytes(site)), PresentAndVerified, .. counter];
        var signature = key.SignData([.. device, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return JsonSerializer.Serialize(new
        {
            id = Base64Url.EncodeToString(id),
            rawId = Base64Url.EncodeToString(id),
            type = "public-key",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                authenticatorData = Base64Url.EncodeToString(device),
                signature = Base64Url.EncodeToString(signature),
                userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{owner.Id}")),
            },
        });
    }

    /// <summary>As COSE writes it: a map of key type EC2, algorithm ES256, curve P-256, x and y.</summary>
    byte[] PublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }
}

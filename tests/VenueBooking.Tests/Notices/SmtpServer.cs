using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace VenueBooking.Tests.Notices;

/// <summary>A mail server in this process that does what a test tells it to: take, refuse, drop the line.</summary>
public sealed class SmtpServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();

    public SmtpServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }
    public ConcurrentQueue<TakenMail> Taken { get; } = [];
    int conversations;
    public int Conversations => conversations;

    /// <summary>The answer to RCPT TO for an address; null to take it.</summary>
    public Func<string, string?> OnRecipient { get; set; } = _ => null;
    /// <summary>The answer to the end of DATA: null takes the mail, "" drops the line without a word.</summary>
    public Func<string, string?> OnData { get; set; } = _ => null;
    /// <summary>The answer to AUTH.</summary>
    public string OnAuth { get; set; } = "235 ok";
    public X509Certificate2? Certificate { get; set; }
    public bool OffersAuth { get; set; }

    public IReadOnlyList<TakenMail> To(string address) => [.. Taken.Where(t => t.Recipient == address)];

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ConverseAsync(await listener.AcceptTcpClientAsync(closing.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task ConverseAsync(TcpClient client)
    {
        Interlocked.Increment(ref conversations);
        using (client)
            try
            {
                await new Conversation(this, client.GetStream()).RunAsync(closing.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
            {
            }
    }

    public void Dispose()
    {
        if (closing.IsCancellationRequested) return;
        closing.Cancel();
        listener.Stop();
    }

    sealed class Conversation(SmtpServer server, Stream raw)
    {
        Stream stream = raw;
        bool isSecure, isSignedIn;
        string recipient = "";

        public async Task RunAsync(CancellationToken ct)
        {
            await SayAsync("220 test", ct);
            while (await LineAsync(ct) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "QUIT") return;
                if (!await AnswerAsync(verb, line, ct)) return;
            }
        }

        async Task<bool> AnswerAsync(string verb, string line, CancellationToken ct)
        {
            switch (verb)
            {
                case "EHLO" or "HELO":
                    await SayAsync(Extensions(), ct);
                    break;
                case "STARTTLS":
                    await SayAsync("220 go", ct);
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(server.Certificate!);
                    (stream, isSecure) = (tls, true);
                    break;
                case "AUTH":
                    await AuthAsync(line, ct);
                    break;
                case "MAIL" when server.OffersAuth && !isSignedIn:
                    await SayAsync("530 5.7.0 Authentication required", ct);
                    break;
                case "RCPT":
                    recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await SayAsync(server.OnRecipient(recipient) ?? "250 ok", ct);
                    break;
                case "DATA":
                    await SayAsync("354 go", ct);
                    return await TakeAsync(ct);
                default:
                    await SayAsync("250 ok", ct);
                    break;
            }
            return true;
        }

        string Extensions()
        {
            var lines = new List<string> { "test" };
            if (server.Certificate is not null && !isSecure) lines.Add("STARTTLS");
            if (server.OffersAuth) lines.Add("AUTH LOGIN");
            return string.Join("\r\n", lines.Select((l, i) => i == lines.Count - 1 ? $"250 {l}" : $"250-{l}"));
        }

        async Task AuthAsync(string line, CancellationToken ct)
        {
            if (server.OnAuth.StartsWith("504", StringComparison.Ordinal))
            {
                await SayAsync(server.OnAuth, ct);
                return;
            }
            if (line.Split(' ').Length < 3)
            {
                await SayAsync("334 VXNlcm5hbWU6", ct);
                await LineAsync(ct);
            }
            await SayAsync("334 UGFzc3dvcmQ6", ct);
            await LineAsync(ct);
            isSignedIn = server.OnAuth.StartsWith('2');
            await SayAsync(server.OnAuth, ct);
        }

        async Task<bool> TakeAsync(CancellationToken ct)
        {
            var text = new StringBuilder();
            while (await LineAsync(ct) is { } line && line != ".")
                text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            var answer = server.OnData(recipient);
            if (answer == "") return false;
            if (answer is null) server.Taken.Enqueue(new(recipient, text.ToString(), isSecure, isSignedIn));
            await SayAsync(answer ?? "250 taken", ct);
            return true;
        }

        async Task SayAsync(string line, CancellationToken ct) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);

        async Task<string?> LineAsync(CancellationToken ct)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, ct) == 1)
            {
                if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(one[0]);
            }
            return null;
        }
    }

    public static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}

public sealed record TakenMail(string Recipient, string Text, bool Secure, bool SignedIn)
{
    public string Header(string name) => System.Text.RegularExpressions.Regex
        .Match(Text, $@"^{name}:\s*(.*(?:\r\n[ \t].*)*)", System.Text.RegularExpressions.RegexOptions.Multiline | System.Text.RegularExpressions.RegexOptions.IgnoreCase)
        .Groups[1].Value.Trim();
}

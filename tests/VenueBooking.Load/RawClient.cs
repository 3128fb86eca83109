using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace VenueBooking.Load;

/// <summary>
/// One keep-alive HTTP/1.1 connection, as little code as answers need: on two cores the generator must not be what is
/// measured. Understands Content-Length and chunked answers.
/// </summary>
sealed class RawClient : IDisposable
{
    static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray(), EndOfChunks = "0\r\n\r\n"u8.ToArray();
    static readonly byte[][] LengthNames = ["Content-Length: "u8.ToArray(), "content-length: "u8.ToArray()];

    readonly byte[] buffer = new byte[256 * 1024];
    Socket socket = Connect();
    int filled;
    (int From, int Length) body;

    static Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect("127.0.0.1", Service.Port);
        return socket;
    }

    public static byte[] Post(string path, string token, string json) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");

    public static byte[] Get(string path, string? token = null) => Encoding.UTF8.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}\r\n");

    /// <returns>Status and body length; the body of a small answer is in <see cref="Text"/>.</returns>
    public async ValueTask<(int Status, int Length)> SendAsync(byte[] request)
    {
        filled = 0;
        await socket.SendAsync(request);
        var head = await UntilAsync(EndOfHead, 0);
        var (status, length) = ReadHead(buffer.AsSpan(0, head));
        var end = length is { } known ? head + known : await UntilAsync(EndOfChunks, head);
        await FillAsync(end);
        body = new(head, end - head);
        return (status, end - head);
    }

    /// <returns>The length is null where the body comes in chunks.</returns>
    static (int Status, int? Length) ReadHead(ReadOnlySpan<byte> head)
    {
        if (!Utf8Parser.TryParse(head[9..], out int status, out _))
            throw new IOException("that is no answer of HTTP");
        foreach (var name in LengthNames)
            if (head.IndexOf(name) is >= 0 and var at && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _))
                return (status, length);
        return (status, head.IndexOf("chunked"u8) >= 0 ? null : 0);
    }

    public string Text => Encoding.UTF8.GetString(buffer, body.From, body.Length);

    async ValueTask<int> UntilAsync(byte[] mark, int from)
    {
        while (true)
        {
            var at = buffer.AsSpan(from, filled - from).IndexOf(mark);
            if (at >= 0)
                return from + at + mark.Length;
            await FillAsync(filled + 1);
        }
    }

    async ValueTask FillAsync(int wanted)
    {
        while (filled < wanted)
        {
            var n = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (n == 0)
                throw new IOException("the connection was closed");
            filled += n;
        }
    }

    public void Reconnect()
    {
        socket.Dispose();
        socket = Connect();
    }

    public void Dispose() => socket.Dispose();
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace VenueBooking.Load;

/// <summary>
/// One keep-alive HTTP/1.1 connection, as little code as answers need: on two cores the generator must not be what is
/// measured. Understands Content-Length and chunked answers.
/// </summary>
sealed class RawClient : IDisposable
{
    readonly byte[] buffer = new byte[256 * 1024];
    Socket socket = Connect();
    int filled;

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

    /// <returns>Status and body length; the body of a small answer is in <see cref="Body"/>.</returns>
    public async ValueTask<(int Status, int Length)> SendAsync(byte[] request)
    {
        filled = 0;
        await socket.SendAsync(request);
        var head = await UntilAsync("\r\n\r\n"u8.ToArray(), 0);
        var text = Encoding.ASCII.GetString(buffer, 0, head);
        var status = int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (Header(text, "content-length:") is { } length)
        {
            await FillAsync(head + length);
            Body = new(head, length);
            return (status, length);
        }
        if (!text.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            return (status, 0);
        var end = await UntilAsync("0\r\n\r\n"u8.ToArray(), head);
        Body = new(head, end - head);
        return (status, end - head);
    }

    (int From, int Length) bodyRange;
    (int From, int Length) Body { set => bodyRange = value; }

    public string Text => Encoding.UTF8.GetString(buffer, bodyRange.From, bodyRange.Length);

    static int? Header(string head, string name)
    {
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var end = head.IndexOf('\r', at);
        return int.Parse(head.AsSpan(at + name.Length, end - at - name.Length), CultureInfo.InvariantCulture);
    }

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

namespace VenueBooking.Web;

/// <summary>
/// The body of an urlencoded form as it comes, without any <c>%00</c>: the framework's reader would refuse the whole form for it.
/// A per cent sign itself is sent as <c>%25</c>, so that those three signs never stand for anything else.
/// </summary>
sealed class NulFreeBody(Stream body) : Stream
{
    static ReadOnlySpan<byte> Nul => "%00"u8;

    /// <summary>How much of a <c>%00</c> stood at the end of what was read last: it waits for what follows.</summary>
    int held;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return await body.ReadAsync(buffer, cancellationToken);
        if (buffer.Length < Nul.Length)
            throw new ArgumentException("too small to look for a sign of three", nameof(buffer));
        while (true)
        {
            Nul[..held].CopyTo(buffer.Span);
            var read = await body.ReadAsync(buffer[held..], cancellationToken);
            var length = held + read;
            if (read > 0)
                length = Shorten(buffer.Span[..length], out held);
            else
                held = 0;
            if (read == 0 || length > 0)
                return length;
        }
    }

    /// <returns>How many bytes are ready to be handed on.</returns>
    static int Shorten(Span<byte> bytes, out int held)
    {
        var length = 0;
        while (bytes[length..].IndexOf(Nul) is >= 0 and var at)
        {
            length += at;
            bytes[(length + Nul.Length)..].CopyTo(bytes[length..]);
            bytes = bytes[..^Nul.Length];
        }
        held = bytes.EndsWith(Nul[..2]) ? 2 : bytes.EndsWith(Nul[..1]) ? 1 : 0;
        return bytes.Length - held;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

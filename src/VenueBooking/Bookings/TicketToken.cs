using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Bookings;

/// <summary>
/// What the QR of a ticket says: booking, half-minute, signature (ES256). It changes every half minute, so a picture of it is
/// soon worth nothing, and a desk that is offline can check it with the public key.
/// </summary>
public sealed class TicketToken(NpgsqlDataSource database, IDataProtectionProvider protection, TimeProvider clock) : IDisposable
{
    /// <summary>Seconds that one token is shown.</summary>
    public const int StepSeconds = 30;
    /// <summary>Steps that a token is taken after its own: clocks differ, and hands are slow.</summary>
    const int StepsLate = 2, StepsEarly = 1;
    const int Signed = 16 + 4, Whole = Signed + 64;

    readonly IDataProtector protector = protection.CreateProtector("VenueBooking.Bookings.TicketToken");
    readonly SemaphoreSlim loading = new(1, 1);
    ECDsa? key;

    public async Task<string> MakeAsync(Guid bookingId, CancellationToken ct = default)
    {
        var token = new byte[Whole];
        bookingId.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token.AsSpan(16), StepOf(clock.GetUtcNow()));
        var signing = await KeyAsync(ct);
        lock (signing)
            signing.SignData(token.AsSpan(0, Signed), token.AsSpan(Signed), HashAlgorithmName.SHA256);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The booking a token is of; null when it is none of ours or no longer holds.</summary>
    public async Task<Guid?> ReadAsync(string text, DateTimeOffset now, CancellationToken ct = default)
    {
        if (text.Length != Base64Url.GetEncodedLength(Whole) || !Base64Url.IsValid(text))
            return null;
        var token = Base64Url.DecodeFromChars(text);
        var age = StepOf(now) - BinaryPrimitives.ReadInt32BigEndian(token.AsSpan(16));
        if (age is > StepsLate or < -StepsEarly)
            return null;
        var signing = await KeyAsync(ct);
        lock (signing)
            return signing.VerifyData(token.AsSpan(0, Signed), token.AsSpan(Signed), HashAlgorithmName.SHA256)
                ? new Guid(token.AsSpan(0, 16), bigEndian: true)
                : null;
    }

    /// <summary>SubjectPublicKeyInfo, for a desk that checks tickets itself.</summary>
    public async Task<byte[]> PublicKeyAsync(CancellationToken ct = default) => (await KeyAsync(ct)).ExportSubjectPublicKeyInfo();

    public void Dispose()
    {
        loading.Dispose();
        key?.Dispose();
    }

    static int StepOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / StepSeconds);

    async Task<ECDsa> KeyAsync(CancellationToken ct)
    {
        if (key is { } known)
            return known;
        await loading.WaitAsync(ct);
        try
        {
            return key ??= await LoadAsync(ct) ?? await CreateAsync(ct);
        }
        finally
        {
            loading.Release();
        }
    }

    async Task<ECDsa?> LoadAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select private_key from ticket_keys where id = 1");
        if (await command.ExecuteScalarAsync(ct) is not byte[] kept)
            return null;
        var found = ECDsa.Create();
        found.ImportPkcs8PrivateKey(protector.Unprotect(kept), out _);
        return found;
    }

    /// <summary>Of two instances that start together one is first; both then use its key.</summary>
    async Task<ECDsa> CreateAsync(CancellationToken ct)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var command = database.CreateCommand(
            "insert into ticket_keys (id, private_key, created_at) values (1, $1, $2) on conflict do nothing");
        command.With(protector.Protect(made.ExportPkcs8PrivateKey()), clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
        return await LoadAsync(ct) ?? throw new InvalidOperationException("the ticket key was stored but is not there");
    }
}

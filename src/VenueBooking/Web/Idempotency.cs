using System.Security.Cryptography;
using System.Text;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Web;

/// <summary>
/// Endpoint filter: one answer per (caller, Idempotency-Key). A repeated request is answered from what is stored and does
/// nothing again; the same key with another request is refused. The endpoint reads its body itself, after this filter has.
/// </summary>
public sealed class Idempotency(NpgsqlDataSource database, Texts texts, TimeProvider clock) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    const int LongestKey = 100, LargestBody = ApiProblems.LargestBody;
    /// <summary>
    /// After this a request whose answer never came is taken for dead (its instance was killed). One that lives after all does no harm: it
    /// finds its deed done or its key answered (<see cref="ClaimedKey"/>).
    /// </summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    public static readonly Refusal InvalidKey = Refusal.Invalid("invalid_idempotency_key");
    static readonly Refusal Reused = Refusal.Invalid("idempotency_key_reused"), UnderWay = new("idempotency_under_way");

    /// <summary>An id for what a key stands for; null without a key, for then every request is another.</summary>
    public static bool TryRequestId(Guid owner, string? key, out Guid? id)
    {
        id = null;
        if (string.IsNullOrEmpty(key))
            return true;
        if (!IsValid(key))
            return false;
        id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner:N}{key}")).AsSpan(0, 16));
        return true;
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers[Header].ToString() is not { Length: > 0 } key || CurrentMember.IdOf(http.User) is not { } owner)
            return await next(context);
        if (!IsValid(key))
            return texts.Problem(InvalidKey);
        if (await BodyAsync(http.Request) is not { } body)
            return texts.Problem(new("body_too_large", null, StatusCodes.Status413PayloadTooLarge));
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"), .. body]);
        if (!await ClaimAsync(owner, key, hash))
            return await StoredAsync(owner, key, hash);
        http.Features.Set(new ClaimedKey(owner, key));
        return new Recorded(await AnswerAsync(context, next, owner, key), this, owner, key);
    }

    async Task<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Guid owner, string key)
    {
        try
        {
            return await next(context);
        }
        catch
        {
            await ForgetAsync(owner, key);
            throw;
        }
    }

    static bool IsValid(string key) => key.Length <= LongestKey && key.All(c => c is > ' ' and < (char)127);

    static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
            return null;
        var kept = new MemoryStream();
        await request.Body.CopyToAsync(kept);
        if (kept.Length > LargestBody)
            return null;
        kept.Position = 0;
        request.Body = kept;
        return kept.ToArray();
    }

    async Task<bool> ClaimAsync(Guid owner, string key, byte[] hash)
    {
        await using var command = database.CreateCommand("""
            insert into idempotency_keys (owner_id, key, request_hash, created_at) values ($1, $2, $3, $4)
            on conflict (owner_id, key) do update set created_at = $4
                where idempotency_keys.status is null and idempotency_keys.created_at < $5 and idempotency_keys.request_hash = $3
            """).With(owner, key, hash, clock.GetUtcNow(), clock.GetUtcNow() - Lease);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    async Task<IResult> StoredAsync(Guid owner, string key, byte[] hash)
    {
        await using var command = database.CreateCommand("select request_hash, status, body from idempotency_keys where owner_id = $1 and key = $2").With(owner, key);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
            return texts.Problem(UnderWay);
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(hash))
            return texts.Problem(Reused);
        return await reader.IsDBNullAsync(1) ? texts.Problem(UnderWay) : new Replay(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
    }

    /// <returns>False: there is an answer already.</returns>
    async Task<bool> RememberAsync(Guid owner, string key, int status, byte[] body)
    {
        await using var command = database.CreateCommand(ClaimedKey.Remember).With(owner, key, status, body);
        return await command.ExecuteNonQueryAsync() > 0;
    }

    /// <summary>The answer that was there first: the deed's own, or another process's that took this one for dead.</summary>
    async Task<Replay?> FirstAsync(Guid owner, string key)
    {
        await using var command = database.CreateCommand("select status, body from idempotency_keys where owner_id = $1 and key = $2 and status is not null").With(owner, key);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    async Task ForgetAsync(Guid owner, string key)
    {
        await using var command = database.CreateCommand("delete from idempotency_keys where owner_id = $1 and key = $2 and status is null").With(owner, key);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes the answer, and down what it was. A failure of ours is not an answer: it may be tried again.</summary>
    sealed class Recorded(object? answer, Idempotency keys, Guid owner, string key) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var wire = httpContext.Response.Body;
            using var copy = new MemoryStream();
            httpContext.Response.Body = copy;
            try
            {
                await (answer as IResult ?? TypedResults.Json(answer)).ExecuteAsync(httpContext);
            }
            finally
            {
                httpContext.Response.Body = wire;
            }
            var mine = new Replay(httpContext.Response.StatusCode, copy.ToArray());
            if (mine.Status >= StatusCodes.Status500InternalServerError || !await keys.RememberAsync(owner, key, mine.Status, mine.Body))
            {
                await keys.ForgetAsync(owner, key);
                mine = await keys.FirstAsync(owner, key) ?? mine;
            }
            await mine.ExecuteAsync(httpContext);
        }
    }

    sealed class Replay(int status, byte[] body) : IResult
    {
        public int Status => status;
        public byte[] Body => body;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = status >= StatusCodes.Status400BadRequest ? "application/problem+json" : "application/json; charset=utf-8";
            return httpContext.Response.Body.WriteAsync(body, 0, body.Length);
        }
    }
}

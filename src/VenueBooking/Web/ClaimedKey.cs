using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Web;

/// <summary>
/// The Idempotency-Key of the request that is being answered; a feature of it while <see cref="Idempotency"/> lets it through. What a
/// deed answers is written down with the deed: a process that dies between its commit and its answer has answered all the same.
/// </summary>
public sealed record ClaimedKey(Guid Owner, string Key)
{
    /// <summary>The first answer stands: a deed's own, or of two processes that took each other for dead the quicker one's.</summary>
    internal const string Remember = "update idempotency_keys set status = $3, body = $4 where owner_id = $1 and key = $2 and status is null";

    /// <returns>False: another process has answered meanwhile, and this deed may not be done any more.</returns>
    public async Task<bool> AnswerAsync(NpgsqlTransaction deed, byte[] body, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Remember, deed.Connection, deed).With(Owner, Key, StatusCodes.Status200OK, body);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }
}

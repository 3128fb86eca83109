using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;
using VenueBooking.Accounts;
using VenueBooking.Unions;

namespace VenueBooking.Demo;

/// <summary>
/// Accounts of the demo. All have one password, so it is hashed once; rows go in by COPY, so that thousands take a second.
/// </summary>
sealed class DemoPeople(IPasswordHasher<AppUser> hasher, TimeProvider clock)
{
    public const string Password = "Venue-Demo-2026";

    internal sealed record Person(Guid Id, string Email, string Name, string Role, Guid? UnionId, string? Card);

    internal static Person Member(string email, string name, Guid unionId, string card) =>
        new(Guid.CreateVersion7(), email, name, Roles.Worker, unionId, card);

    /// <summary>Writes accounts with their role and, where they have a union, a verified membership.</summary>
    internal async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<Person> people, CancellationToken ct)
    {
        var hash = hasher.HashPassword(new AppUser(), Password);
        var now = clock.GetUtcNow();
        await using (var users = await connection.BeginBinaryImportAsync(
            """
            copy users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash,
                        security_stamp, concurrency_stamp, display_name, is_demo, created_at) from stdin (format binary)
            """, ct))
        {
            foreach (var person in people)
                await WriteUserAsync(users, person, hash, now, ct);
            await users.CompleteAsync(ct);
        }
        await WriteRolesAsync(connection, people, ct);
        await WriteMembershipsAsync(connection, people.Where(p => p.UnionId is not null), now, ct);
    }

    static async Task WriteUserAsync(NpgsqlBinaryImporter users, Person person, string hash, DateTimeOffset now, CancellationToken ct)
    {
        var upper = person.Email.ToUpperInvariant();
        await users.StartRowAsync(ct);
        await users.WriteAsync(person.Id, NpgsqlDbType.Uuid, ct);
        await users.WriteAsync(person.Email, ct);
        await users.WriteAsync(upper, ct);
        await users.WriteAsync(person.Email, ct);
        await users.WriteAsync(upper, ct);
        await users.WriteAsync(true, ct);
        await users.WriteAsync(hash, ct);
        await users.WriteAsync(Guid.CreateVersion7().ToString("N"), ct);
        await users.WriteAsync(Guid.CreateVersion7().ToString(), ct);
        await users.WriteAsync(person.Name, ct);
        await users.WriteAsync(true, ct);
        await users.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
    }

    static async Task WriteRolesAsync(NpgsqlConnection connection, IReadOnlyList<Person> people, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            """
            insert into user_roles (user_id, role_id)
            select p.user_id, r.id from unnest($1, $2) as p(user_id, role) join roles r on r.name = p.role
            """, connection)
        {
            Parameters = { new() { Value = people.Select(p => p.Id).ToArray() }, new() { Value = people.Select(p => p.Role).ToArray() } },
        };
        await insert.ExecuteNonQueryAsync(ct);
    }

    static async Task WriteMembershipsAsync(NpgsqlConnection connection, IEnumerable<Person> people, DateTimeOffset now, CancellationToken ct)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy memberships (user_id, union_id, card_number, name, state, asked_at, verified_at, verified_how) from stdin (format binary)", ct);
        var verified = (Data.SnakeCase.Word(MembershipState.Verified), Data.SnakeCase.Word(VerifiedHow.Demo));
        foreach (var person in people)
        {
            await rows.StartRowAsync(ct);
            await rows.WriteAsync(person.Id, NpgsqlDbType.Uuid, ct);
            await rows.WriteAsync(person.UnionId!.Value, NpgsqlDbType.Uuid, ct);
            await rows.WriteAsync(person.Card, ct);
            await rows.WriteAsync(person.Name, ct);
            await rows.WriteAsync(verified.Item1, ct);
            await rows.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
            await rows.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
            await rows.WriteAsync(verified.Item2, ct);
        }
        await rows.CompleteAsync(ct);
    }

    internal static string MemberEmail(int number) => string.Create(CultureInfo.InvariantCulture, $"member{number:00000}@demo.example");
}

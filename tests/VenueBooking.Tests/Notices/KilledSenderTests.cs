using System.Net.Http.Json;
using Npgsql;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Notices;

/// <summary>A service killed after a mail server took its mail and before the database knew.</summary>
public sealed class KilledSenderTests : IDisposable
{
    readonly string data = Temporary.Directory();
    readonly SmtpServer server = new();

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task What_a_killed_service_handed_over_is_marked_by_the_next_and_does_not_go_again()
    {
        var connection = await (await TestCluster.Instance).CreateDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        using (var killed = Start(connection, out var address))
        {
            await RegisterAsync(address, "first@example.com", async () =>
            {
                // From here on the database does not take down what was sent.
                await ExecuteAsync(database, """
                    create function test_refuse() returns trigger language plpgsql as $$ begin raise exception 'away'; end $$;
                    create trigger test_refuse before update on outbox for each row when (new.state = 'sent') execute function test_refuse();
                    """);
            });
            await Until(() => Task.FromResult(!server.Taken.IsEmpty));
            await Until(() => Task.FromResult(Noted()));
            killed.Kill();
            await killed.EndAsync();
        }
        Assert.Equal(1, await ExecuteAsync(database, "drop function test_refuse cascade; update outbox set next_attempt_at = now() where state = 'due'"));

        using var next = Start(connection, out var at);
        await RegisterAsync(at, "second@example.com");
        await Until(() => Task.FromResult(server.To("second@example.com").Any()));

        Assert.Single(server.To("first@example.com"));
        await Until(async () => await CountAsync(database, "select count(*) from outbox where state = 'sent'") == 2);
    }

    ServiceProcess Start(string connection, out string address)
    {
        address = ServiceProcess.FreeAddress();
        return ServiceProcess.Start(data, address, connection, "serve",
            "--Mail:Smtp:Host=localhost", $"--Mail:Smtp:Port={server.Port}", "--Mail:Smtp:StartTls=false");
    }

    bool Noted() => new DirectoryInfo(Path.Combine(data, "handed-over")) is { Exists: true } notes && notes.EnumerateFiles().Any(f => f.Length > 0);

    static async Task RegisterAsync(string address, string email, Func<Task>? before = null)
    {
        using var http = new HttpClient { BaseAddress = new(address) };
        await Until(async () =>
        {
            try
            {
                return (await http.GetAsync("/health/ready")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        if (before is not null)
            await before();
        using var answer = await http.PostAsJsonAsync("/api/v1/auth/register", new { email, password = "Venue-Test-2026", name = "王小明" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    static async Task Until(Func<Task<bool>> seen)
    {
        for (var tries = 0; tries < 1200; tries++, await Task.Delay(50))
            if (await seen())
                return;
        Assert.Fail("It was not seen in a minute");
    }

    static async Task<int> ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using VenueBooking.Startup;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Startup;

/// <summary>A service with nothing configured, on a database server of its own, through everything that may befall the two.</summary>
public sealed class EmbeddedServiceTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string data = Temporary.Directory();
    readonly string address = ServiceProcess.FreeAddress();
    readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public void Dispose()
    {
        http.Dispose();
        if (Postmaster() is { } left) Process.GetProcessById(left).Kill();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task It_starts_refuses_a_second_survives_kills_of_either_and_stops_what_it_started()
    {
        using var killed = ServiceProcess.Start(data, address);
        await Until(HttpStatusCode.OK);

        using (var second = ServiceProcess.Start(data, ServiceProcess.FreeAddress()))
        {
            var (code, errors) = await second.EndAsync();
            Assert.Equal(ExitCode.AlreadyRunning, (ExitCode)code);
            Assert.Equal($"VenueBooking: another VenueBooking (process {killed.Id}) uses {data}; stop it, or choose another VenueBooking:DataDir", errors);
        }

        // A command works beside it.
        using (var migrate = ServiceProcess.Start(data, address, null, "migrate"))
            Assert.Equal((0, ""), await migrate.EndAsync());

        // PostgreSQL dies: not ready, but alive; then back by itself.
        Process.GetProcessById(Postmaster()!.Value).Kill();
        await Until(HttpStatusCode.OK, after: HttpStatusCode.ServiceUnavailable);

        // The service dies: PostgreSQL lives on and is taken over.
        var adopted = Postmaster();
        killed.Kill();
        await killed.EndAsync();
        using var service = ServiceProcess.Start(data, address);
        await Until(HttpStatusCode.OK);
        Assert.Equal(adopted, Postmaster());

        service.Terminate();
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
        Assert.Null(Postmaster());
    }

    /// <summary>Waits until the service answers so, having seen it answer <paramref name="after"/> before, if given.</summary>
    async Task Until(HttpStatusCode wanted, HttpStatusCode? after = null)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(20))
        {
            var status = await ReadyAsync();
            if (status == after) after = null;
            else if (status == wanted && after is null) return;
        }
        Assert.Fail($"The service did not answer {after ?? wanted} in {Patience}");
    }

    async Task<HttpStatusCode?> ReadyAsync()
    {
        try
        {
            using var response = await http.GetAsync($"{address}/health/ready");
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    int? Postmaster()
    {
        var file = Path.Combine(data, "pg/data/postmaster.pid");
        return File.Exists(file) ? int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture) : null;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VenueBooking.Tests.Support;

/// <summary>The service as its operator starts it: a process of its own.</summary>
public sealed class ServiceProcess : IDisposable
{
    readonly Process process;
    readonly Task<string> output;
    readonly Task<string> errors;

    ServiceProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public static ServiceProcess Start(string dataDirectory, string address, string? connectionString = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["ASPNETCORE_CONTENTROOT"] = Repository.Path("src/VenueBooking");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        start.Environment["ASPNETCORE_URLS"] = address;
        start.Environment["VenueBooking__DataDir"] = dataDirectory;
        start.Environment["ConnectionStrings__Default"] = connectionString ?? "";
        return new(Process.Start(start)!);
    }

    public int Id => process.Id;

    /// <summary>Waits for the end: what it left as exit code and on stderr.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, (await errors).Trim());
    }

    public Task<string> OutputAsync() => output;

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{process.Id}"])!.WaitForExit();

    public void Kill() => process.Kill();

    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}

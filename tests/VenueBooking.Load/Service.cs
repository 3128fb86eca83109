using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VenueBooking.Load;

/// <summary>The service as a process: started, waited for, and killed as a power cut would.</summary>
sealed partial class Service(ProcessStartInfo start)
{
    public const int Port = 5099;
    Process? process;

    /// <returns>From process start to the first answer that needed the database.</returns>
    public async Task<TimeSpan> StartAsync(string path = "/health/ready")
    {
        var since = Stopwatch.StartNew();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await WaitAsync(path);
        return since.Elapsed;
    }

    public bool HasEnded => process!.HasExited;

    /// <summary>Until it answers with success.</summary>
    public async Task WaitAsync(string path = "/health/ready")
    {
        var since = Stopwatch.StartNew();
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(30) };
        while (since.Elapsed < TimeSpan.FromMinutes(2))
        {
            try
            {
                using var answer = await http.GetAsync(path);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            if (process!.HasExited)
                throw new InvalidOperationException($"the service ended with {process.ExitCode}");
            await Task.Delay(10);
        }
        throw new TimeoutException("the service did not come up");
    }

    public long ResidentBytes
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
    }

    public void Stop()
    {
        if (process is null || process.HasExited)
            return;
        const int terminate = 15;
        _ = SendSignal(process.Id, terminate);
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
            process.Kill();
    }

    public static void KillProcess(int id)
    {
        const int kill = 9;
        _ = SendSignal(id, kill);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int id, int signal);
}

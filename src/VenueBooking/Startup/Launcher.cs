using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VenueBooking.Data;

namespace VenueBooking.Startup;

/// <summary>
/// From a command line to a running service (database server, migrations, start-up tasks, then listen) or to one command.
/// What an operator can mend ends the process with one line and an exit code of its own.
/// </summary>
public static class Launcher
{
    const int Interrupted = 130;

    /// <param name="compose">Builds the application. Nothing outside the process may be touched yet.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<WebApplication> compose)
    {
        using var signals = new Signals();
        try
        {
            await using var app = compose();
            if (CommandLine.AsksForHelp(arguments))
                return await HelpAsync(app);
            return CommandLine.NameOf(arguments) is var name && name == CommandLine.Serve
                ? await ServeAsync(app, signals)
                : await CommandAsync(app, name, arguments[1..], signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception error) when (StartupProblems.Explain(error) is { } problem)
        {
            await Console.Error.WriteLineAsync($"VenueBooking: {problem.Message.ReplaceLineEndings(" ")}");
            return (int)problem.Code;
        }
    }

    static async Task<int> ServeAsync(WebApplication app, Signals signals)
    {
        await PrepareAsync(app.Services, beside: false, signals.Token);
        await InScopeAsync(app.Services, async services =>
        {
            foreach (var task in services.GetServices<IStartupTask>())
                await task.RunAsync(signals.Token);
        });
        await app.StartAsync(signals.Token);
        app.Services.GetRequiredService<StartupPhase>().IsOver = true;
        signals.Release();
        Greet(app);
        await app.WaitForShutdownAsync();
        return (int)ExitCode.Ok;
    }

    static async Task<int> CommandAsync(WebApplication app, string name, string[] arguments, CancellationToken ct)
    {
        var result = 0;
        await InScopeAsync(app.Services, async services =>
        {
            // Found before anything is started: a typing error should not cost a database server.
            var command = CommandLine.Find(name, [.. services.GetServices<ICommand>()]);
            await PrepareAsync(app.Services, beside: true, ct);
            result = await command.RunAsync(arguments, ct);
        });
        return result;
    }

    static async Task<int> HelpAsync(WebApplication app)
    {
        await InScopeAsync(app.Services, services =>
        {
            Console.WriteLine("Commands (none means serve):");
            foreach (var command in CommandLine.Known(services.GetServices<ICommand>()))
                Console.WriteLine($"  {command}");
            return Task.CompletedTask;
        });
        return (int)ExitCode.Ok;
    }

    static async Task PrepareAsync(IServiceProvider services, bool beside, CancellationToken ct)
    {
        await services.GetRequiredService<DatabaseServer>().StartAsync(beside, ct);
        await services.GetRequiredService<Migrator>().RunAsync(ct);
    }

    static async Task InScopeAsync(IServiceProvider services, Func<IServiceProvider, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    static void Greet(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        if (addresses is not { Count: > 0 })
            return;
        Console.WriteLine($"\nVenueBooking is ready: {string.Join(" ", addresses)}");
        foreach (var line in app.Services.GetRequiredService<Greeting>().Lines)
            Console.WriteLine(line);
        Console.WriteLine("Ctrl-C stops it.");
    }

    /// <summary>Until the host listens to signals itself, an interruption must still stop what was started.</summary>
    sealed class Signals : IDisposable
    {
        readonly CancellationTokenSource source = new();
        readonly PosixSignalRegistration interrupt;
        readonly PosixSignalRegistration terminate;

        public Signals()
        {
            interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
            terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        }

        public CancellationToken Token => source.Token;

        public void Release()
        {
            interrupt.Dispose();
            terminate.Dispose();
        }

        public void Dispose()
        {
            Release();
            source.Dispose();
        }

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            source.Cancel();
        }
    }
}

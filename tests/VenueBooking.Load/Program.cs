using VenueBooking.Load;

// One command per question; each starts what it measures, prints a table, and writes artifacts/load/NAME.json.
return args switch
{
    ["rush", .. var rest] => await Bench.RunAsync("rush", rest, Rush.RunAsync),
    ["hot", .. var rest] => await Bench.RunAsync("hot", rest, Hot.RunAsync),
    ["race", .. var rest] => await Bench.RunAsync("race", rest, Race.RunAsync),
    ["reads", .. var rest] => await Bench.RunAsync("reads", rest, Reads.RunAsync),
    ["crash", .. var rest] => await Bench.RunAsync("crash", rest, Crash.RunAsync),
    ["sweeps", .. var rest] => await Bench.RunAsync("sweeps", rest, Sweeps.RunAsync),
    ["coldstart", .. var rest] => await Bench.RunAsync("coldstart", rest, ColdStart.RunAsync),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: VenueBooking.Load rush|hot|race|reads|sweeps|crash|coldstart [--rounds N] [--clients N] [--members N] [--history N]");
    return 64;
}

using System.Globalization;

namespace VenueBooking.Load;

/// <param name="Name">Of the command.</param>
/// <param name="Rounds">Alternating rounds; medians are given over them.</param>
/// <param name="Clients">Connections that ask at the same time.</param>
/// <param name="Members">Demo members with a token each.</param>
/// <param name="History">Bookings already in the database.</param>
sealed record Settings(string Name, int Rounds, int Clients, int Members, int History)
{
    public static Settings Parse(string name, string[] arguments)
    {
        var given = new Dictionary<string, int>();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
            given[arguments[i]] = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
        int Of(string key, int usual) => given.GetValueOrDefault(key, usual);
        return new(
            name,
            Of("--rounds", name is "crash" ? 20 : 5),
            Of("--clients", name switch { "race" => 1000, "hot" => 500, _ => 64 }),
            Of("--members", 2000),
            Of("--history", name is "rush" or "reads" ? 2_000_000 : 0));
    }
}

using System.Globalization;

namespace VenueBooking.Load;

/// <summary>Who used the cores: the three share them, so what one saves the others have.</summary>
sealed record ProcessorUse(TimeSpan Service, TimeSpan Database, TimeSpan Generator)
{
    public static readonly ProcessorUse None = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public ProcessorUse Since(ProcessorUse before) => new(Service - before.Service, Database - before.Database, Generator - before.Generator);

    public ProcessorUse And(ProcessorUse other) => new(Service + other.Service, Database + other.Database, Generator + other.Generator);

    /// <summary>Of a process and its children: those that live, and those that ended and were waited for.</summary>
    public static TimeSpan OfTree(int root)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Stat(folder) is { } stat)
            {
                if (id == root)
                    ticks += stat.Own + stat.Ended;
                else if (stat.Parent == root)
                    ticks += stat.Own;
            }
        const int perSecond = 100; // USER_HZ, the same on every Linux .NET runs on
        return TimeSpan.FromSeconds((double)ticks / perSecond);
    }

    /// <summary>proc(5): after the name, which may hold blanks, come state, parent, and eleven fields on the times.</summary>
    static (int Parent, long Own, long Ended)? Stat(string folder)
    {
        try
        {
            var line = File.ReadAllText(folder + "/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            long At(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
            return ((int)At(1), At(11) + At(12), At(13) + At(14));
        }
        catch (IOException)
        {
            return null; // It ended while we looked.
        }
    }
}

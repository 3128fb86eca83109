using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using VenueBooking.Startup;

namespace VenueBooking.Data;

/// <summary>One numbered SQL file, carried inside the binary.</summary>
/// <param name="Checksum">SHA-256 of the text in lower-case hex, line ends normalised.</param>
public sealed record Migration(int Number, string Name, string Sql, string Checksum)
{
    const string Prefix = "migrations/";

    /// <summary>All migrations of this binary, in order. Numbers must run 1, 2, 3 … without gap or double.</summary>
    public static IReadOnlyList<Migration> FromAssembly(Assembly assembly)
    {
        var found = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Parse(name[Prefix.Length..], Read(assembly, name)))
            .ToList();
        RequireSequence(found);
        return found;
    }

    public static Migration Parse(string fileName, string sql)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName);
        var underscore = stem.IndexOf('_', StringComparison.Ordinal);
        if (underscore != 4 || !int.TryParse(stem[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Misnumbered($"migrations/{fileName} is not named NNNN_name.sql");
        var text = sql.ReplaceLineEndings("\n");
        return new(number, stem[5..], text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    public static void RequireSequence(IReadOnlyList<Migration> migrations)
    {
        for (var i = 0; i < migrations.Count; i++)
            if (migrations[i].Number != i + 1)
                throw Misnumbered($"migration {migrations[i]} stands where number {i + 1:0000} was expected: numbers run 0001, 0002 … without gap or double");
    }

    public override string ToString() => $"{Number:0000}_{Name}";

    static StartupException Misnumbered(string message) => new(ExitCode.MigrationChanged, message);

    static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

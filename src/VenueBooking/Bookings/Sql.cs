using System.Globalization;
using Npgsql;

namespace VenueBooking.Bookings;

/// <summary>Commands with positional parameters, for the statements of this module that are plain SQL.</summary>
static class Sql
{
    public static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, params object?[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>A number of the rules, written into a statement: <c>interval '7200 seconds'</c>.</summary>
    public static string Interval(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"interval '{(long)span.TotalSeconds} seconds'");
}

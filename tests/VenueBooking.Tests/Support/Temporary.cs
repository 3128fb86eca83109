namespace VenueBooking.Tests.Support;

/// <summary>Directories that other accounts may pass through: PostgreSQL runs under one of its own when we are root.</summary>
public static class Temporary
{
    public static string Directory() =>
        System.IO.Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"venuebooking-{Guid.CreateVersion7():N}")).FullName;
}

using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>What taking a roster over would do.</summary>
/// <param name="Errors">With any, nothing can be taken over.</param>
public sealed record RosterPreview(
    Guid? UploadId, Union Union, string FileName, int Added, int Renamed, int Unchanged, int Removed, int Verified, int Ended, int Bookings,
    IReadOnlyList<TableError> Errors)
{
    public bool ChangesNothing => Added + Renamed + Removed + Verified + Ended == 0;
}

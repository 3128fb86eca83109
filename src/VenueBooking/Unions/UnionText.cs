using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>Words of this module; the .resx files lie beside it.</summary>
[TextSource]
public sealed class UnionText;

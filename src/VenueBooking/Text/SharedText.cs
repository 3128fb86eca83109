using VenueBooking.Web;

namespace VenueBooking.Shared;

/// <summary>The words all pages share: navigation, parts, common actions, error pages.</summary>
[TextSource]
public sealed class SharedText;

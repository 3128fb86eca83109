using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>Deeds, things and fields of the audit log in words.</summary>
[TextSource]
public sealed class AuditText;

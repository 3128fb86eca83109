namespace VenueBooking.Accounts.Admin;

/// <summary>Deeds, things and fields of the audit log in words. Its own alone, no source of <see cref="Web.Texts"/>: a field called "day" is no refusal.</summary>
public sealed class AuditText;

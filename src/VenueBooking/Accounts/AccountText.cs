using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The words of the accounts' pages and mails.</summary>
[TextSource]
public sealed class AccountText;

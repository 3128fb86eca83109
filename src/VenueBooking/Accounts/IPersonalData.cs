namespace VenueBooking.Accounts;

/// <summary>
/// What a module knows about a person. Each module registers its own (<c>services.AddScoped&lt;IPersonalData, …&gt;()</c>), so that "export
/// my data" and "delete my account" reach everything without naming any module.
/// </summary>
public interface IPersonalData
{
    /// <summary>The member of the exported JSON: <c>bookings</c>.</summary>
    string Section { get; }

    /// <summary>What goes into the person's export, or null for nothing. Serialised as JSON.</summary>
    Task<object?> ExportAsync(Guid userId, CancellationToken ct);

    /// <summary>
    /// Deletes or anonymises it, and undoes what lies ahead (future bookings are cancelled). Runs in a transaction that the caller
    /// began on the same AppDb and commits; must not commit itself. What history needs may stay, pointing at a row that says nothing.
    /// </summary>
    Task EraseAsync(Guid userId, CancellationToken ct);
}

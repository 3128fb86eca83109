using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;

namespace VenueBooking.Accounts;

/// <summary>
/// What a bearer token says, kept for a minute: a program sends the same one with every request, and taking it apart costs as
/// much as the rest of its way in. Whether it has run out or its session was ended is looked at each time, after this.
/// </summary>
sealed class RememberedTokens(ISecureDataFormat<AuthenticationTicket> inner, TimeProvider clock) : ISecureDataFormat<AuthenticationTicket>
{
    const int Most = 20_000;
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, AuthenticationTicket> known = new();
    long forgotten = clock.GetTimestamp();

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText is null || purpose is not null)
            return inner.Unprotect(protectedText, purpose);
        if (clock.GetElapsedTime(Volatile.Read(ref forgotten)) > Kept)
            Forget();
        if (known.TryGetValue(protectedText, out var remembered))
            return remembered;
        var ticket = inner.Unprotect(protectedText);
        if (ticket is null)
            return null;
        if (known.Count >= Most)
            Forget();
        return known[protectedText] = ticket;
    }

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);
    public string Protect(AuthenticationTicket data) => inner.Protect(data);
    public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(data, purpose);

    /// <summary>All at once: simpler than one by one, and as good.</summary>
    void Forget()
    {
        Volatile.Write(ref forgotten, clock.GetTimestamp());
        known.Clear();
    }
}

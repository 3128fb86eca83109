namespace VenueBooking.Load;

/// <summary>What members send.</summary>
static class BookingRequests
{
    public static byte[] Book(string slot, string token) => RawClient.Post($"/api/v1/slots/{slot}/bookings", token, """{"partySize":1}""");

    public static byte[] Cancel(string booking, string token) => RawClient.Post($"/api/v1/bookings/{booking}/cancellation", token, "{}");

    /// <summary>A slot for each member.</summary>
    public static List<byte[]> OneEach(IEnumerable<string> slots, IEnumerable<string> tokens) => [.. slots.Zip(tokens, Book)];

    /// <summary>All of them at once, as when the season opens; anything but a booking each is a fault of the run.</summary>
    public static async Task<Crowd.Result> AllBookedAsync(this Crowd crowd, IReadOnlyList<byte[]> requests)
    {
        var result = await crowd.SendAsync(requests);
        return result.Of(201) == requests.Count ? result
            : throw new InvalidOperationException($"not every booking was made: {string.Join(", ", result.Statuses)}");
    }
}

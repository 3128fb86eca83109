using Microsoft.AspNetCore.Http.Extensions;
using VenueBooking.Web;

namespace VenueBooking.Shared.Parts;

/// <summary>The address one is at, with some of its query changed: so sorting keeps the filter and paging keeps both.
/// Whatever changes, one begins at the first page, unless it is the page that changes.</summary>
static class CurrentUrl
{
    public static string With(HttpRequest request, params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var query = new QueryBuilder();
        foreach (var (key, values) in request.Query)
            if (key is not ("cursor" or NumberedPage.Param) && !IsChanged(key, changes))
                foreach (var value in values)
                    query.Add(key, value ?? "");
        foreach (var (key, value) in changes)
            if (value is not null)
                query.Add(key, value);
        return request.PathBase.Add(request.Path).ToUriComponent() + query.ToQueryString();
    }

    static bool IsChanged(string key, ReadOnlySpan<(string Key, string? Value)> changes)
    {
        foreach (var change in changes)
            if (string.Equals(change.Key, key, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}

using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace VenueBooking.Web;

/// <summary>Where a person is in the site; also while the error page stands in for what failed.</summary>
public static class Whereabouts
{
    /// <summary>The address that was asked for, ready to be asked for again.</summary>
    public static string AskedFor(this HttpContext context)
    {
        var (path, query, _) = Asked(context);
        return OnThisSite(UriHelper.BuildRelative(context.Request.PathBase, path, query));
    }

    /// <summary>
    /// The page to come back to: for a form or a fragment the one it stands on, because its own address may be none to visit. Where
    /// the browser does not say which that is, the page at the form's own address.
    /// </summary>
    public static string PageAskedFrom(this HttpContext context)
    {
        var request = context.Request;
        if (request.OnlyLooks() && !request.IsHtmx())
            return context.AskedFor();
        var from = request.Headers["HX-Current-URL"].FirstOrDefault() ?? request.Headers.Referer.FirstOrDefault();
        if (Uri.TryCreate(from, UriKind.Absolute, out var page) && page.Authority == request.Host.Value)
            return OnThisSite(page.PathAndQuery);
        var (path, query, endpoint) = Asked(context);
        return endpoint?.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true
            ? OnThisSite(UriHelper.BuildRelative(request.PathBase, path, OfPage(query))) : request.PathBase + "/";
    }

    /// <summary>A link that begins with two slashes leads to another site, though one came from an address of this one.</summary>
    static string OnThisSite(string address) => "/" + address.TrimStart('/', '\\');

    static (PathString Path, QueryString Query, Endpoint? Endpoint) Asked(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is { } refused ? (refused.OriginalPath, new(refused.OriginalQueryString), refused.Endpoint)
        : context.Features.Get<IExceptionHandlerPathFeature>() is { } failed ? (failed.Path, context.Request.QueryString, failed.Endpoint)
        : (context.Request.Path, context.Request.QueryString, context.GetEndpoint());

    /// <summary>Which of a page's forms was sent is nothing to the page.</summary>
    static QueryString OfPage(QueryString query) =>
        QueryString.Create(QueryHelpers.ParseQuery(query.Value).Where(part => part.Key != "handler"));
}

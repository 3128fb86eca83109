using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Primitives;

namespace VenueBooking.Web;

/// <summary>PostgreSQL stores no NUL and nobody types one: what carries one is refused before a page sees it.</summary>
sealed class NoNul : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var request = context.HttpContext.Request;
        // A form has been read already, for its antiforgery token.
        if (HasNul(request.Query) || (request.HasFormContentType && HasNul(request.Form)))
            context.Result = new BadRequestResult();
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }

    static bool HasNul(IEnumerable<KeyValuePair<string, StringValues>> fields) =>
        fields.Any(f => f.Value.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true));
}

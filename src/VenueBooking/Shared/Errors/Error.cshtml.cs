using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Shared.Errors;

/// <summary>
/// One page for all that goes wrong: what happened, what is safe, what to do. Where the fault is ours it asks nobody anything, so it also
/// works while the database is down. Reached by re-execution with any method, so it checks no token.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, AnyMethod]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    static readonly int[] Known = [400, 403, 404, 405, 409, 413, 429, 500, 503];

    public string Kind { get; private set; } = "500";
    public string Icon => Kind switch
    {
        "403" => "lock",
        "404" => "search",
        "409" => "people",
        "429" => "clock",
        _ => "warn",
    };

    /// <summary>What a person can tell us so that we find it in the log; only where the fault is ours.</summary>
    public string? Number { get; private set; }
    public string? Again { get; private set; }
    public bool IsOurs => Number is not null;

    /// <summary>How long to wait, where we said so: a minute at least.</summary>
    public int Minutes => int.TryParse(Response.Headers.RetryAfter, out var seconds) ? Math.Max(1, (seconds + 59) / 60) : 1;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        int? status = int.TryParse(Request.Query["status"], out var asked) ? asked : null;
        // Whoever handled the exception may have said more than "a fault": 503 while the database is away.
        var code = HttpContext.Features.Get<IExceptionHandlerFeature>() is not null ? Math.Max(Response.StatusCode, 500)
            : HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalStatusCode ?? status ?? 404;
        Kind = Known.Contains(code) ? code.ToString(System.Globalization.CultureInfo.InvariantCulture) : code >= 500 ? "500" : "400";
        if (Response.StatusCode == StatusCodes.Status200OK)
            Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        if (code >= 500)
            Number = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        var isStale = StaleForm.Is(HttpContext) && code == StatusCodes.Status400BadRequest;
        if (isStale)
            Kind = "stale";
        if (isStale || Request.OnlyLooks() && code is 409 or 429 or >= 500)
            Again = HttpContext.PageAskedFrom();
    }
}

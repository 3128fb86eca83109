using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace VenueBooking.Web;

/// <summary>
/// Under <c>/api</c> every "no" is problem+json with a code, also those the framework says by a bare status: no token, no such
/// address, not this method. Stands inside the error pages, so that programs are never shown one.
/// </summary>
static class ApiProblems
{
    /// <summary>Bytes: much more than any call of ours needs.</summary>
    public const int LargestBody = 1_000_000;

    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app) => app.Use((context, next) =>
        IsApi(context.Request.Path) ? WithProblemAsync(context, next) : next(context));

    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) =>
        app.UseWhen(context => !IsApi(context.Request.Path), pages => pages.UseStatusCodePagesWithReExecute("/error", "?status={0}"));

    static async Task WithProblemAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        if (IsUnreadable(context.Request.ContentType))
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        else
            await next(context);
        var response = context.Response;
        if (response is { StatusCode: >= 400, HasStarted: false, ContentType: null } and not { ContentLength: > 0 })
            await WriteAsync(context, response.StatusCode);
    }

    /// <summary>In letters nobody knows: left alone, reading it is a fault of ours.</summary>
    static bool IsUnreadable(string? contentType)
    {
        if (contentType is null || !contentType.Contains("charset", StringComparison.OrdinalIgnoreCase) || !MediaTypeHeaderValue.TryParse(contentType, out var type))
            return false;
        try
        {
            return type.Charset.HasValue && Encoding.GetEncoding(type.Charset.Value.Trim('"')) is null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return true;
        }
    }

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api/v1");

    public static Task WriteAsync(HttpContext context, int status) =>
        context.RequestServices.GetRequiredService<Texts>().Problem(new(CodeOf(status), null, status)).ExecuteAsync(context);

    static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "sign_in_required",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status413PayloadTooLarge => "body_too_large",
        StatusCodes.Status415UnsupportedMediaType => "not_json",
        >= 500 => "server_error",
        _ => "bad_request",
    };
}

/// <summary>A defect of ours, told to a program: 500 with a code, and nothing of what went wrong.</summary>
sealed class ApiFault : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // By now the request's own path is the error page's.
        var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path;
        if (!ApiProblems.IsApi(path))
            return false;
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        httpContext.Response.StatusCode = status;
        await ApiProblems.WriteAsync(httpContext, status);
        return true;
    }
}

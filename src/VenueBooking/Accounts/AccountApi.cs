using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Identity's own API: <c>register</c>, <c>login</c> (bearer token), <c>refresh</c>, <c>forgotPassword</c>, <c>manage/…</c>. What we
/// add: limits, and refusals with our codes in the asker's language.
/// </summary>
static class AccountApi
{
    static readonly string[] WritesMail = ["/forgotPassword", "/resendConfirmationEmail"];

    public static void MapAccountApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/auth").WithTags("auth").RequireRateLimiting(RateLimits.SignIn);
        group.AddEndpointFilter(ExplainAsync);
        group.MapIdentityApi<AppUser>();
        group.MapRegistration();
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { Order: 0 } route && RegisterApi.IsAt(route))
                endpoint.Metadata.Add(new ExcludeFromDescriptionAttribute());
            if (endpoint.Metadata.OfType<IAuthorizeData>().Any())
                endpoint.Metadata.Add(new AuthorizeAttribute(Policies.SetUp));
            else
                endpoint.Metadata.Add(new AllowAnonymousAttribute());
            if (WritesMail.Any(path => ((RouteEndpointBuilder)endpoint).RoutePattern.RawText!.EndsWith(path, StringComparison.Ordinal)))
                endpoint.Metadata.Add(new EnableRateLimitingAttribute(RateLimits.Mail));
            AccountApiAnswers.Describe((RouteEndpointBuilder)endpoint);
        });
    }

    static async ValueTask<object?> ExplainAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var result = answer is INestedHttpResult nested ? nested.Result : answer as IResult;
        var texts = context.HttpContext.RequestServices.GetRequiredService<Texts>();
        return result switch
        {
            ProblemHttpResult { ProblemDetails.Extensions.Count: > 0 } => answer,
            ProblemHttpResult problem => texts.Problem(new Refusal(CodeOf(problem.ProblemDetails.Detail), null, problem.StatusCode)),
            ValidationProblem invalid => Explain(invalid, texts),
            UnauthorizedHttpResult or ChallengeHttpResult => texts.Problem(new Refusal(
                context.HttpContext.Request.Path.Value!.EndsWith("/confirmEmail", StringComparison.Ordinal) ? "invalid_token" : "sign_in_required", null, StatusCodes.Status401Unauthorized)),
            _ => answer,
        };
    }

    /// <summary>Locked out and wrong password are one answer, as on the page. Only a right password hears of the second step.</summary>
    static string CodeOf(string? detail) => detail switch
    {
        "RequiresTwoFactor" => "code_needed",
        _ => "sign_in_wrong",
    };

    static ValidationProblem Explain(ValidationProblem invalid, Texts texts)
    {
        // Name and address are one here, and Identity finds fault with each.
        foreach (var (name, said) in invalid.ProblemDetails.Errors)
            invalid.ProblemDetails.Errors[name] = [.. said.Distinct()];
        invalid.ProblemDetails.Title = texts["input_invalid"];
        invalid.ProblemDetails.Extensions["code"] = invalid.ProblemDetails.Errors.Keys.FirstOrDefault() is { } first
            ? SnakeCase.Of(first) : "input_invalid";
        return invalid;
    }
}

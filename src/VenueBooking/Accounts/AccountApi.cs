using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Identity's own API: <c>refresh</c>, <c>forgotPassword</c>, <c>confirmEmail</c> … What we add: limits, refusals with our codes in the
/// asker's language, and ways of our own where Identity's would not hold the rules of the pages.
/// </summary>
static class AccountApi
{
    static readonly string[] WritesMail = ["register", "forgotPassword", "resendConfirmationEmail", "manage/info"];
    /// <summary>Those for which ours stand before Identity's. It cannot be told to leave them out.</summary>
    static readonly string[] Ours = ["POST register", "POST login", "GET confirmEmail", "POST manage/2fa", "POST manage/info"];
    /// <summary>What must be open to staff who have no second factor yet.</summary>
    const string SetsUp = "manage/2fa";

    public static void MapAccountApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/auth").WithTags("auth").RequireRateLimiting(RateLimits.SignIn);
        group.AddEndpointFilter(ExplainAsync);
        group.MapIdentityApi<AppUser>();
        group.MapPost("/register", RegisterApi.HandleAsync).WithOrder(-1);
        group.MapPost("/login", LoginApi.HandleAsync).WithOrder(-1);
        group.MapGet("/confirmEmail", ConfirmApi.HandleAsync).WithOrder(-1);
        group.MapPost("/manage/2fa", ManageApi.TwoFactorAsync).WithOrder(-1).RequireAuthorization();
        group.MapPost("/manage/info", ManageApi.InfoAsync).WithOrder(-1).RequireAuthorization();
        ((IEndpointConventionBuilder)group).Finally(endpoint => Finish((RouteEndpointBuilder)endpoint));
    }

    static void Finish(RouteEndpointBuilder endpoint)
    {
        var path = endpoint.RoutePattern.RawText!.Split("/auth/")[1];
        var isGet = endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(m => m.HttpMethods.Contains(HttpMethods.Get));
        if (endpoint.Order == 0 && Ours.Contains($"{(isGet ? HttpMethods.Get : HttpMethods.Post)} {path}"))
            endpoint.Metadata.Add(new ExcludeFromDescriptionAttribute());
        if (endpoint.Metadata.OfType<IAuthorizeData>().Any())
            endpoint.Metadata.Add(new AuthorizeAttribute(path == SetsUp ? Policies.SetUp : Policies.SignedIn));
        else
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
        if (WritesMail.Contains(path))
            endpoint.Metadata.Add(new EnableRateLimitingAttribute(RateLimits.Mail));
        AccountApiAnswers.Describe(endpoint, path, isGet);
    }

    static async ValueTask<object?> ExplainAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var texts = context.HttpContext.RequestServices.GetRequiredService<Texts>();
        return (answer is INestedHttpResult nested ? nested.Result : answer as IResult) switch
        {
            ValidationProblem { ProblemDetails.Errors: { Count: > 0 } errors } => AccountProblems.Invalid(texts, errors),
            UnauthorizedHttpResult or ChallengeHttpResult => texts.Problem(new Refusal("sign_in_required", null, StatusCodes.Status401Unauthorized)),
            _ => answer,
        };
    }
}

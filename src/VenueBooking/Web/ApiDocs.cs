using Microsoft.OpenApi;

namespace VenueBooking.Web;

/// <summary>The API describes itself: <c>/openapi/v1.json</c>, and a page to read and try it at <c>/api</c>.</summary>
public static class ApiDocs
{
    const string Bearer = "bearer";

    public static IServiceCollection AddApiDocs(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(ApiSchemas.Correct);
        options.AddOperationTransformer(ApiAnswers.DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "VenueBooking",
                Version = "v1",
                Description = "Errors are RFC 9457 problem details with a stable `code`. Lists answer `items` and `next`, the `cursor` of the next page. "
                    + "Every POST but those under `/auth` takes an `Idempotency-Key`. Sign in at `/api/v1/auth/login` for a bearer token.",
            };
            ApiSchemas.AddProblem(document);
            document.AddComponent(Bearer, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                Description = "The `accessToken` of `/api/v1/auth/login`. It lives 30 minutes.",
            });
            document.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            return Task.CompletedTask;
        });
    });

    /// <summary>The files of Swagger UI alone: the page that shows it is one of ours, with the frame of all.</summary>
    public static IApplicationBuilder UseApiDocs(this IApplicationBuilder app) => app
        .UseWhen(context => context.Request.Path.Value is "/api/swagger-ui.css" or "/api/swagger-ui-bundle.js", docs => docs.UseSwaggerUI(options => options.RoutePrefix = "api"));

    public static IEndpointRouteBuilder MapApiDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        // Where the page used to be.
        routes.MapGet("/api/index.html", (HttpContext context, LinkGenerator links) => TypedResults.Redirect(links.GetPathByPage(context, "/Web/ApiPage")!, permanent: true))
            .AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}

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

    public static IApplicationBuilder UseApiDocs(this IApplicationBuilder app) => app
        .UseWhen(context => context.Request.Path == "/api/index.html", docs => docs.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Csp.PolicyOfApiDocs(context.Nonce());
            return next(context);
        }))
        .UseWhen(context => context.Request.Path.StartsWithSegments("/api") && !ApiProblems.IsApi(context.Request.Path), docs => docs.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "api";
            options.DocumentTitle = "VenueBooking API";
            options.SwaggerEndpoint("/openapi/v1.json", "v1");
            options.EnablePersistAuthorization();
            options.InjectStylesheet("/api-docs.css");
            options.InjectJavascript("/api-docs.js", "module");
        }));

    public static IEndpointRouteBuilder MapApiDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return routes;
    }
}

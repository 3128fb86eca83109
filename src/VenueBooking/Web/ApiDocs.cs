using Microsoft.OpenApi;

namespace VenueBooking.Web;

/// <summary>The API describes itself: <c>/openapi/v1.json</c>, and a page to read and try it at <c>/api</c>.</summary>
public static class ApiDocs
{
    const string Bearer = "bearer";

    public static IServiceCollection AddApiDocs(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "VenueBooking",
                Version = "v1",
                Description = "Errors are RFC 9457 problem details with a stable `code`. Lists answer `items` and `next`, a cursor. "
                    + "Every POST takes an `Idempotency-Key`. Sign in at `/api/v1/auth/login` for a bearer token.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer };
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
        .UseSwaggerUI(options =>
        {
            options.RoutePrefix = "api";
            options.DocumentTitle = "VenueBooking API";
            options.SwaggerEndpoint("/openapi/v1.json", "v1");
            options.EnablePersistAuthorization();
        });

    /// <summary>
    /// Says what an endpoint that reads its body itself expects. Only said, not matched on: a body of another type gets the
    /// endpoint's own answer in words, not "there is no such address".
    /// </summary>
    public static RouteHandlerBuilder TakesJson<TBody>(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer(async (operation, context, ct) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(TBody), null, ct) },
            },
        });

    public static IEndpointRouteBuilder MapApiDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return routes;
    }
}

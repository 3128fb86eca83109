using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using VenueBooking.Accounts;

namespace VenueBooking.Web;

/// <summary>With which codes an endpoint may refuse.</summary>
sealed record ApiRefusals(int Status, params string[] Codes);

/// <summary>What a refusal with one of these statuses may say besides.</summary>
sealed record ApiRefusalMember(string Name, Type Type, string Description, params int[] Statuses);

/// <summary>The body, or the parameter of that name, as one might send it.</summary>
sealed record ApiExample(string Of, JsonNode Value)
{
    public const string Body = "";
}

/// <summary>The endpoint takes an <c>Idempotency-Key</c>.</summary>
sealed record ApiKey;

/// <summary>
/// What endpoints say of themselves beyond what their types do. The refusals are the contract: the OpenAPI document lists them by status and
/// code, docs/api.md explains each, and tests hold every answer against them.
/// </summary>
static class ApiAnswers
{
    const string Problem = "application/problem+json";

    /// <summary>Ask for no role.</summary>
    static readonly string[] AnyRole = [Policies.SignedIn, Policies.SetUp];

    public static T Refuses<T>(this T endpoint, int status, params string[] codes) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ApiRefusals(status, codes));

    public static RouteHandlerBuilder Tells<TValue>(this RouteHandlerBuilder endpoint, string member, string description, params int[] statuses) =>
        endpoint.WithMetadata(new ApiRefusalMember(member, typeof(TValue), description, statuses));

    public static T Example<T>(this T endpoint, string of, JsonNode value) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ApiExample(of, value));

    /// <summary>Does a thing once however often the same request comes: see <see cref="Idempotency"/>.</summary>
    public static RouteHandlerBuilder Once(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter<Idempotency>().WithMetadata(new ApiKey())
        .Refuses(409, "idempotency_under_way").Refuses(413, "body_too_large").Refuses(422, "invalid_idempotency_key", "idempotency_key_reused");

    /// <summary>
    /// Says what an endpoint that reads its body itself expects. Only said, not matched on: a body of another type gets the
    /// endpoint's own answer in words, and no body at all may stand for one.
    /// </summary>
    public static RouteHandlerBuilder TakesJson<TBody>(this RouteHandlerBuilder endpoint, JsonNode example) => endpoint
        .Example(ApiExample.Body, example).Refuses(400, "invalid_body").Refuses(415, "not_json")
        .AddOpenApiOperationTransformer(async (operation, context, ct) => operation.RequestBody = new OpenApiRequestBody
        {
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(TBody), null, ct), Example = example },
            },
        });

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var example in metadata.OfType<ApiExample>())
            Show(operation, example);
        if (metadata.OfType<ApiKey>().Any())
            AddKey(operation);
        if (IsOpen(metadata))
            operation.Security = [];
        operation.Responses ??= [];
        foreach (var undeclared in operation.Responses.Keys.Where(status => status[0] is '4' or '5').ToList())
            operation.Responses.Remove(undeclared);
        foreach (var status in metadata.OfType<ApiRefusals>().Concat(Common(metadata)).GroupBy(r => r.Status).OrderBy(g => g.Key))
        {
            var members = new Dictionary<string, IOpenApiSchema>();
            foreach (var member in metadata.OfType<ApiRefusalMember>().Where(m => m.Statuses.Contains(status.Key)))
            {
                var schema = await context.GetOrCreateSchemaAsync(member.Type, null, ct);
                schema.Description = member.Description;
                members[member.Name] = schema;
            }
            operation.Responses[$"{status.Key}"] = Refusal([.. status.SelectMany(r => r.Codes).Distinct()], members, context.Document!);
        }
    }

    static bool IsOpen(IList<object> metadata) => metadata.OfType<IAllowAnonymous>().Any();

    static IEnumerable<ApiRefusals> Common(IList<object> metadata)
    {
        yield return new(400, "bad_request");
        if (!IsOpen(metadata))
        {
            yield return new(401, "sign_in_required");
            var policies = metadata.OfType<IAuthorizeData>().Select(a => a.Policy).ToList();
            if (!policies.Contains(Policies.SetUp))
                yield return new(403, "two_factor_needed", "passkey_needed");
            if (policies.Except(AnyRole).Any())
                yield return new(403, "forbidden");
        }
        if (metadata.OfType<IAcceptsMetadata>().Any())
            yield return new(415, "not_json");
        if (metadata.OfType<EnableRateLimitingAttribute>().Any())
            yield return new(429, "too_many_requests");
        yield return new(500, "server_error");
        yield return new(503, "database_away");
    }

    static OpenApiResponse Refusal(IReadOnlyList<string> codes, Dictionary<string, IOpenApiSchema> members, OpenApiDocument document) => new()
    {
        Description = string.Join(", ", codes.Select(code => $"`{code}`")),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem] = new()
            {
                Schema = new OpenApiSchema
                {
                    AllOf = [new OpenApiSchemaReference(ApiSchemas.Problem, document)],
                    Properties = new Dictionary<string, IOpenApiSchema>(members)
                    {
                        ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(code => (JsonNode)code)] },
                    },
                },
            },
        },
    };

    static void Show(OpenApiOperation operation, ApiExample example)
    {
        if (example.Of != ApiExample.Body)
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.Name == example.Of) ?? [])
                parameter.Example = example.Value;
        else if (operation.RequestBody?.Content is { } content)
            foreach (var body in content.Values)
                body.Example = example.Value;
    }

    static void AddKey(OpenApiOperation operation)
    {
        operation.Parameters = [.. operation.Parameters?.Where(p => p.Name != Idempotency.Header) ?? [], new OpenApiParameter
        {
            Name = Idempotency.Header,
            In = ParameterLocation.Header,
            Description = "1 to 100 visible ASCII characters, one per intended effect. The same key with the same request does nothing again and gets the first answer.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 100 },
            Example = "5f0c2c1e-9a7b-4c58-9a55-0d2a3c1b7e11",
        }];
    }
}

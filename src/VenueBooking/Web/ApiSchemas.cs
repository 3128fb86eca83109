using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace VenueBooking.Web;

/// <summary>The shapes in the OpenAPI document, where the generator cannot know or says more than we mean.</summary>
static class ApiSchemas
{
    public const string Problem = "Problem";

    public static void AddProblem(OpenApiDocument document) => document.AddComponent(Problem, new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "Why not (RFC 9457). Programs decide by `code`; the texts are for people, in the language of `Accept-Language`.",
        Required = new HashSet<string> { "type", "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("`urn:venuebooking:` and the code."),
            ["title"] = Text("In words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text("In words."),
            ["code"] = Text("Stable."),
            ["field"] = Text("The member or parameter that is at fault."),
            ["traceId"] = Text("Finds the request in the log."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Of `/auth`: all that is wrong, by name.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
        Examples = [new JsonObject
        {
            ["type"] = "urn:venuebooking:slot_full",
            ["title"] = "This slot is full.",
            ["status"] = 409,
            ["detail"] = "This slot is full.",
            ["code"] = "slot_full",
        }],
    });

    /// <summary>
    /// Our converter of texts hides from the generator that they are texts; and numbers are numbers, though some readers would
    /// take them in quotes.
    /// </summary>
    public static Task Correct(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken _)
    {
        if (context.JsonTypeInfo.Type == typeof(string))
            schema.Type = JsonSchemaType.String | (context.JsonPropertyInfo?.IsGetNullable == true ? JsonSchemaType.Null : 0);
        else if (schema.Type is { } type && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
        return Task.CompletedTask;
    }

    static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace VenueBooking.Tests.Support;

/// <summary>The OpenAPI document, held against what the service really answers.</summary>
public sealed class ApiContract
{
    static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];
    static readonly SemaphoreSlim Once = new(1, 1);
    static ApiContract? known;

    readonly JsonElement document;
    readonly List<(Regex Path, string Template)> templates;

    ApiContract(JsonElement document)
    {
        this.document = document;
        templates = [.. document.GetProperty("paths").EnumerateObject()
            .Select(p => (new Regex("^" + Regex.Replace(p.Name, @"\\\{[^}]+}|\{[^}]+}", "[^/]+") + "/?$"), p.Name))];
    }

    /// <summary>The same for every host, so it is asked for once.</summary>
    public static async Task<ApiContract> OfAsync(App app)
    {
        await Once.WaitAsync();
        try
        {
            return known ??= new(JsonDocument.Parse(await app.CreateClient().GetStringAsync("/openapi/v1.json")).RootElement);
        }
        finally
        {
            Once.Release();
        }
    }

    public IEnumerable<(string Path, string Method, JsonElement Operation)> Operations() =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where Methods.Contains(operation.Name)
        select (path.Name, operation.Name, operation.Value);

    /// <summary>Every refusal that some operation declares.</summary>
    public IReadOnlySet<(int Status, string Code)> Refusals() => Operations()
        .SelectMany(o => o.Operation.GetProperty("responses").EnumerateObject())
        .SelectMany(r => CodesOf(r.Value).Select(code => (int.Parse(r.Name, System.Globalization.CultureInfo.InvariantCulture), code))).ToHashSet();

    public void Check(HttpRequestMessage request, ApiReply reply)
    {
        var path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath : request.RequestUri.OriginalString.Split('?')[0];
        if (!path.StartsWith("/api/v1/", StringComparison.Ordinal)) return;
        var what = $"{request.Method} {path} answered {(int)reply.Status} {reply.Text}";
        if (templates.FirstOrDefault(t => t.Path.IsMatch(path)).Template is not { } template)
        {
            Assert.True(reply.Code == "not_found", $"{what}, and the document does not know the address");
            return;
        }
        if (!document.GetProperty("paths").GetProperty(template).TryGetProperty(request.Method.Method.ToLowerInvariant(), out var operation))
        {
            Assert.True(reply.Code == "method_not_allowed", $"{what}, and the document does not know the method");
            return;
        }
        Assert.True(operation.GetProperty("responses").TryGetProperty($"{(int)reply.Status}", out var declared), $"{what}: status not declared");
        if (reply.Text.Length == 0) return;
        var type = reply.Response.Content.Headers.ContentType?.MediaType;
        Assert.True(declared.TryGetProperty("content", out var content) && content.TryGetProperty(type!, out _), $"{what}: no {type} declared");
        if ((int)reply.Status >= 400) Assert.True(CodesOf(declared).Contains(reply.Code), $"{what}: code not declared");
        Assert.Empty(Faults(content.GetProperty(type!).GetProperty("schema"), reply.Json, "answer").Select(fault => $"{what}: {fault}"));
    }

    static IReadOnlyList<string> CodesOf(JsonElement response) =>
        response.TryGetProperty("content", out var content) && content.TryGetProperty("application/problem+json", out var problem)
            && problem.GetProperty("schema").TryGetProperty("properties", out var members)
            ? [.. members.GetProperty("code").GetProperty("enum").EnumerateArray().Select(c => c.GetString()!)] : [];

    /// <summary>As much of JSON Schema as the document uses. A member that the document does not name is a fault too.</summary>
    IEnumerable<string> Faults(JsonElement schema, JsonElement value, string at)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var part in Parts(schema))
        {
            if (part.TryGetProperty("type", out var type) && !Types(type).Any(t => Is(t, value))) yield return $"{at} is {value.ValueKind}, not {type}";
            if (part.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => w.ToString() == value.ToString())) yield return $"{at} is {value}, none of {words}";
            if (value.ValueKind == JsonValueKind.Array && part.TryGetProperty("items", out var items))
                foreach (var fault in value.EnumerateArray().SelectMany(item => Faults(items, item, at + "[]"))) yield return fault;
            if (value.ValueKind != JsonValueKind.Object) continue;
            foreach (var required in part.TryGetProperty("required", out var list) ? list.EnumerateArray().Select(r => r.GetString()!) : [])
                if (!value.TryGetProperty(required, out _)) yield return $"{at} has no {required}";
            foreach (var member in part.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
                members[member.Name] = member.Value;
        }
        if (members.Count == 0) yield break;
        foreach (var member in value.EnumerateObject())
            if (!members.TryGetValue(member.Name, out var inner)) yield return $"{at} has {member.Name}, which is not declared";
            else foreach (var fault in Faults(inner, member.Value, $"{at}.{member.Name}")) yield return fault;
    }

    /// <summary>The schema itself, or what it refers to or puts together. Of alternatives (null or a thing) the thing.</summary>
    IEnumerable<JsonElement> Parts(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("allOf", out var all))
            foreach (var part in all.EnumerateArray().SelectMany(Parts)) yield return part;
        yield return schema;
    }

    static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    static bool Is(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}

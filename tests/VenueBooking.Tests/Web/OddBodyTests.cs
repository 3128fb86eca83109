using System.Net;
using System.Text.Json.Nodes;

namespace VenueBooking.Tests.Web;

public sealed class OddBodyTests(AppLease lease) : AppTest(lease)
{
    static readonly string?[] Odd = ["null", "7", "-1", "1e99", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "[]", "[null]", "{}", "true", $"\"{new string('长', 5000)}\""];

    [Fact]
    public async Task No_member_of_a_body_however_odd_makes_the_api_fail()
    {
        var api = await App.ApiAs(await Make.Admin());
        var document = JsonNode.Parse((await api.Get("/openapi/v1.json")).Text)!;
        var failed = new List<string>();
        var bodies = Bodies(document).ToList();
        Assert.Superset(new HashSet<string>(["/api/v1/auth/forgotPassword", "/api/v1/check-ins", "/api/v1/slots/{id}/bookings"]), bodies.Select(b => b.Path).ToHashSet());
        foreach (var (path, body) in bodies)
            foreach (var member in body.Select(m => m.Key).ToList())
                foreach (var odd in Odd)
                {
                    var sent = body.DeepClone();
                    sent[member] = "ODD";
                    var text = sent.ToJsonString().Replace("\"ODD\"", odd, StringComparison.Ordinal);
                    var reply = await api.Http.PostAsync(path.Replace("{id}", $"{Guid.CreateVersion7()}", StringComparison.Ordinal), new StringContent(text, null, "application/json"));
                    if (reply.StatusCode >= HttpStatusCode.InternalServerError)
                        failed.Add($"{path} {(text.Length > 100 ? text[..100] : text)}: {reply.StatusCode}");
                }
        Assert.Empty(failed);
    }

    /// <summary>Every body that the document describes, with each of its members.</summary>
    static IEnumerable<(string Path, JsonObject Body)> Bodies(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        let body = path.Value?["post"]?["requestBody"]?["content"]?["application/json"]
        where body is not null
        let schema = body["schema"]!["$ref"] is { } named ? document["components"]!["schemas"]![$"{named}".Split('/')[^1]]! : body["schema"]!
        let example = body["example"]!.AsObject()
        select (path.Key, new JsonObject(schema["properties"]!.AsObject().Select(m => KeyValuePair.Create(m.Key, example[m.Key]?.DeepClone()))));
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Tests.Support;
using VenueBooking.Web;

namespace VenueBooking.Tests.Guards;

/// <summary>
/// What the API says of itself. That its answers are those it declares is checked by <see cref="ApiContract"/> in every test that
/// speaks to it.
/// </summary>
public sealed partial class ApiDocsTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task The_handbook_explains_each_code_with_its_status_and_none_that_is_not()
    {
        var declared = (await ApiContract.OfAsync(App)).Refusals().Append((405, "method_not_allowed")).ToHashSet();
        var explained = File.ReadLines(Repository.Path("docs/api.md")).Select(l => Row().Match(l)).Where(m => m.Success)
            .SelectMany(m => Code().Matches(m.Groups[2].Value).Select(c => (int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), c.Groups[1].Value))).ToList();

        Assert.Empty(declared.Except(explained).Select(r => $"docs/api.md does not explain {r}"));
        Assert.Empty(explained.Except(declared).Select(r => $"docs/api.md explains {r}, which no endpoint declares"));
        Assert.Empty(explained.GroupBy(r => r).Where(g => g.Count() > 1).Select(g => $"docs/api.md explains {g.Key} twice"));
    }

    [Fact]
    public async Task One_code_has_one_status()
    {
        var many = (await ApiContract.OfAsync(App)).Refusals().GroupBy(r => r.Code).Where(g => g.Count() > 1).Select(g => g.Key);
        // A link to confirm an address is no sign-in; a code to set a password is part of a form.
        Assert.Equal(["invalid_token"], many);
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_who_may_and_what_it_answers()
    {
        var faults = new List<string>();
        foreach (var (path, method, operation) in (await ApiContract.OfAsync(App)).Operations())
        {
            void Wish(bool holds, string fault)
            {
                if (!holds) faults.Add($"{method} {path}: {fault}");
            }
            var answers = operation.GetProperty("responses").EnumerateObject().ToList();
            var isAuth = path.StartsWith("/api/v1/auth/", StringComparison.Ordinal);
            var isOpen = operation.TryGetProperty("security", out var security) && security.GetArrayLength() == 0;
            Wish(operation.TryGetProperty("summary", out _), "no summary");
            Wish(operation.TryGetProperty("tags", out _), "no tag");
            Wish(isOpen == answers.All(a => a.Name is not ("403")) || path.Contains("/manage/", StringComparison.Ordinal), "security and answers disagree");
            Wish(isAuth || answers.Any(a => a.Name[0] == '2' && a.Value.TryGetProperty("content", out _)), "no schema of what it answers");
            Wish(method != "post" || isAuth || Names(operation).Contains(Idempotency.Header), "no Idempotency-Key");
            Wish(!operation.TryGetProperty("requestBody", out var body)
                || body.GetProperty("content").EnumerateObject().All(c => c.Value.TryGetProperty("example", out _)), "no example of its body");
            Wish(!Names(operation).Contains("cursor") || answers.Any(a => a.Name == "422"), "a cursor that cannot be refused");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_declared_code_has_its_text()
    {
        var texts = App.Services.GetRequiredService<Texts>();
        // Of these the texts are Identity's, by name under `errors`.
        var refusals = (await ApiContract.OfAsync(App)).Refusals().Where(r => r.Status != 400 || r.Code is "bad_request" or "invalid_body").Select(r => r.Code);
        Assert.Empty(from language in Languages.All from code in refusals where Languages.In(language, () => texts[code]) == code select $"{language}: {code}");
    }

    [Fact]
    public async Task Texts_and_numbers_are_declared_as_what_they_are()
    {
        var document = (await (await App.ApiAs(null)).Get("/openapi/v1.json")).Json;
        var slot = document.GetProperty("components").GetProperty("schemas").GetProperty("SlotItem").GetProperty("properties");
        Assert.Equal(("string", "integer"), (slot.GetProperty("venueName").GetProperty("type").GetString(), slot.GetProperty("free").GetProperty("type").GetString()));
        var venue = document.GetProperty("components").GetProperty("schemas").GetProperty("VenueItem").GetProperty("properties");
        Assert.Contains("null", venue.GetProperty("phone").GetProperty("type").ToString(), StringComparison.Ordinal);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
    }

    [Theory, InlineData("/api/v1/slots/{id}/bookings", ""), InlineData("/api/v1/check-ins", "code")]
    public async Task What_may_be_left_out_of_a_body_is_not_declared_as_needed(string path, string needed)
    {
        var document = (await (await App.ApiAs(null)).Get("/openapi/v1.json")).Json;
        var schema = document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody")
            .GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal(needed, schema.TryGetProperty("required", out var names) ? string.Join(' ', names.EnumerateArray()) : "");
    }

    static List<string> Names(JsonElement operation) => operation.TryGetProperty("parameters", out var list)
        ? [.. list.EnumerateArray().Select(p => p.GetProperty("name").GetString()!)] : [];

    [GeneratedRegex(@"^\| (4\d\d|5\d\d) \| (`[^|]+) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Code();
}

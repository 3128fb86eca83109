using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

namespace VenueBooking.Tests.Support;

/// <summary>A program that speaks to the JSON API with a bearer token.</summary>
public sealed class ApiClient
{
    readonly App app;

    internal ApiClient(App app, string? bearer, string language)
    {
        this.app = app;
        Http = app.CreateClient(new WebApplicationFactoryClientOptions
        {
            BaseAddress = new("https://localhost"),
            AllowAutoRedirect = false,
            HandleCookies = false,
        });
        if (bearer is not null) Http.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        Http.DefaultRequestHeaders.Add("Accept-Language", language);
    }

    public HttpClient Http { get; }

    public Task<ApiReply> Get(string path) => Send(new(HttpMethod.Get, path));

    public Task<ApiReply> Delete(string path) => Send(new(HttpMethod.Delete, path));

    /// <param name="key">Idempotency-Key: the same key is the same request.</param>
    public Task<ApiReply> Post(string path, object? body = null, string? key = null) => Send(With(HttpMethod.Post, path, body, key));

    public Task<ApiReply> Put(string path, object body) => Send(With(HttpMethod.Put, path, body, null));

    public async Task<ApiReply> Send(HttpRequestMessage request)
    {
        var response = await Http.SendAsync(request);
        var reply = new ApiReply(response, await response.Content.ReadAsStringAsync());
        // Whatever a test is about: no answer may be other than the document says.
        (await ApiContract.OfAsync(app)).Check(request, reply);
        return reply;
    }

    static HttpRequestMessage With(HttpMethod method, string path, object? body, string? key)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), new MediaTypeHeaderValue("application/json"));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return request;
    }
}

/// <summary>What the API answered.</summary>
public sealed record ApiReply(HttpResponseMessage Response, string Text)
{
    public HttpStatusCode Status => Response.StatusCode;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The code of a refusal, or null.</summary>
    public string? Code => Response.Content.Headers.ContentType?.MediaType == "application/problem+json"
        && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public JsonElement this[string member] => Json.GetProperty(member);

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];
}

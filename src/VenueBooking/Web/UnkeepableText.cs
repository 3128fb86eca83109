using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Primitives;

namespace VenueBooking.Web;

/// <summary>
/// PostgreSQL keeps every character but U+0000, and refuses it so late that the connection suffers: the next to use it would
/// get an error. So it goes no further than here. No person types it or would see it, though it may come along with what they paste
/// into a form: there it is taken out, and all else is as they sent it. In an address or in JSON it is a program's mistake: 400.
/// </summary>
static class UnkeepableText
{
    public static IServiceCollection RefuseUnkeepableText(this IServiceCollection services) => services
        .Configure<MvcOptions>(options => options.Filters.Add<OutOfForms>())
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new InJson()));

    public static IApplicationBuilder UseRefusalOfUnkeepableText(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.QueryString.HasValue && AnyIn(context.Request.Query))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
            context.Request.Body = new NulFreeBody(context.Request.Body);
        return next(context);
    });

    static string? Keepable(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);

    static FormFileCollection Keepable(IFormFileCollection files) =>
        [.. files.Select(f => new FormFile(f.OpenReadStream(), 0, f.Length, f.Name, Keepable(f.FileName)!) { Headers = f.Headers })];

    static bool AnyIn(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        foreach (var (name, values) in fields)
            if (name.Contains('\0') || values.Any(value => value?.Contains('\0') == true))
                return true;
        return false;
    }

    /// <summary>Looks only at what the check of the token has read: a form that cannot be read at all was refused there.</summary>
    sealed class OutOfForms : IResourceFilter
    {
        public void OnResourceExecuting(ResourceExecutingContext context)
        {
            if (context.HttpContext.Features.Get<IFormFeature>()?.Form is { } form && (AnyIn(form) || form.Files.Any(f => f.FileName.Contains('\0'))))
                context.HttpContext.Request.Form = new FormCollection(form.Where(field => !field.Key.Contains('\0'))
                    .ToDictionary(field => field.Key, field => new StringValues([.. field.Value.Select(Keepable)])), Keepable(form.Files));
        }

        public void OnResourceExecuted(ResourceExecutedContext context)
        {
        }
    }

    sealed class InJson : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text && !text.Contains('\0') ? text : throw new JsonException("U+0000 in a text");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}

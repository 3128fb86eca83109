using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Primitives;

namespace VenueBooking.Web;

/// <summary>
/// PostgreSQL keeps every character but U+0000, and refuses it so late that the connection suffers: the next to use it would
/// get an error. No person types it, so it goes no further than here: 400, in an address, a form, or JSON.
/// </summary>
static class UnkeepableText
{
    public static IServiceCollection RefuseUnkeepableText(this IServiceCollection services) => services
        .Configure<MvcOptions>(options => options.Filters.Add<InForm>())
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new InJson()));

    public static IApplicationBuilder UseRefusalOfUnkeepableText(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.Request.QueryString.HasValue || !AnyIn(context.Request.Query))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    static bool AnyIn(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        foreach (var (name, values) in fields)
            if (name.Contains('\0') || values.Any(value => value?.Contains('\0') == true))
                return true;
        return false;
    }

    /// <summary>
    /// Looks only at what the check of the token has read: a form that cannot be read at all was refused there. Not a second time,
    /// on the error page, which is shown for the same form.
    /// </summary>
    sealed class InForm : IResourceFilter
    {
        public void OnResourceExecuting(ResourceExecutingContext context)
        {
            var features = context.HttpContext.Features;
            if (features.Get<IStatusCodeReExecuteFeature>() is null && features.Get<IFormFeature>()?.Form is { } form && AnyIn(form))
                context.Result = new BadRequestResult();
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

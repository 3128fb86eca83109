using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace VenueBooking.Web;

/// <summary>A page that is asked by any method, because it stands in for the one that failed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnyMethodAttribute : Attribute;

/// <summary>
/// What no endpoint takes: 404 for an address that is none, 405 for a method it does not have, 415 for a body of another type. The
/// same for everybody: no sign-in page in its place.
/// </summary>
static class Methods
{
    /// <summary>Something is looked at, and nothing is sent to be done.</summary>
    public static bool OnlyLooks(this HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    public static IApplicationBuilder UseAnswersOfRouting(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        switch (context.GetEndpoint())
        {
            case RouteEndpoint:
                return next(context);
            case { RequestDelegate: { } answer }:
                return answer(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    });

    /// <summary>Left alone a page shows itself for any method, as if something had been done.</summary>
    public static IMvcBuilder TakeOnlyTheirMethods(this IMvcBuilder mvc) =>
        mvc.AddRazorPagesOptions(options => options.Conventions.Add(new OnlyHandled()));

    sealed class OnlyHandled : IPageApplicationModelConvention
    {
        public void Apply(PageApplicationModel model)
        {
            if (!model.ModelType!.IsDefined(typeof(AnyMethodAttribute), inherit: false))
                model.EndpointMetadata.Add(new HttpMethodMetadata(
                    [.. model.HandlerMethods.Select(h => h.HttpMethod.ToUpperInvariant()).Union([HttpMethods.Get, HttpMethods.Head])]));
        }
    }
}

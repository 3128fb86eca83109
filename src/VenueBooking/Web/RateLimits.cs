using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace VenueBooking.Web;

/// <summary>
/// How often one person, or one address where nobody is signed in, may ask. The numbers are configuration
/// (<c>RateLimits:SignIn:Permits</c> and <c>:Seconds</c>): strict as shipped, wide in Development.
/// </summary>
public static class RateLimits
{
    /// <summary>SignIn: passwords and codes. Mail: what makes us write to an address. Export: all that is known of a person. Write and Read: the API.</summary>
    public const string SignIn = "SignIn", Mail = "Mail", Export = "Export", Write = "Write", Read = "Read";
    public static readonly string[] All = [SignIn, Mail, Export, Write, Read];

    static readonly Refusal TooMany = new("too_many_requests", null, StatusCodes.Status429TooManyRequests);

    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = TellWhenAsync;
        foreach (var name in All)
            options.AddPolicy(name, context => Partition(context, name));
    });

    static RateLimitPartition<string> Partition(HttpContext context, string name)
    {
        if (IsLook(context.Request, name))
            return RateLimitPartition.GetNoLimiter("");
        return RateLimitPartition.GetFixedWindowLimiter($"{name} {Who(context)}", _ => Window(context, name));
    }

    /// <summary>Looking at a form is free; sending it is what counts, and of an export, asking for it.</summary>
    static bool IsLook(HttpRequest request, string name) =>
        request.OnlyLooks() && (name is SignIn or Mail || name == Export && !request.Query.ContainsKey("handler"));

    static FixedWindowRateLimiterOptions Window(HttpContext context, string name)
    {
        var section = context.RequestServices.GetRequiredService<IConfiguration>().GetSection("RateLimits").GetSection(name);
        return new FixedWindowRateLimiterOptions
        {
            PermitLimit = Math.Max(1, section.GetValue("Permits", 30)),
            Window = TimeSpan.FromSeconds(Math.Max(1, section.GetValue("Seconds", 60))),
        };
    }

    static string Who(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? NetworkOf(context);

    public static string NetworkOf(HttpContext context) => Network(context.Connection.RemoteIpAddress);

    /// <summary>One household or company has a whole /64 of IPv6 addresses, and could otherwise use a fresh one each time.</summary>
    static string Network(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    /// <summary>Says when to come back. A person then gets the error page for 429, because the body is left empty.</summary>
    static async ValueTask TellWhenAsync(OnRejectedContext rejected, CancellationToken ct)
    {
        var context = rejected.HttpContext;
        if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (ApiProblems.IsApi(context.Request.Path))
            await context.RequestServices.GetRequiredService<Texts>().Problem(TooMany).ExecuteAsync(context);
    }
}

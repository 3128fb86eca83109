using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Web;

/// <summary>Marks a class that stands for a module's texts: <c>XText.zh-CN.resx</c> and <c>XText.en.resx</c> lie beside it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TextSourceAttribute : Attribute;

/// <summary>
/// The texts of all modules, for what is not a page's own: refusals, navigation, mails. Keys of refusals are their codes.
/// </summary>
public sealed class Texts(IStringLocalizerFactory factory)
{
    public static readonly IReadOnlyList<Type> Sources =
        [.. typeof(Texts).Assembly.GetTypes().Where(t => t.GetCustomAttribute<TextSourceAttribute>() is not null)];

    readonly IStringLocalizer[] all = [.. Sources.Select(factory.Create)];
    // Where a text was found: only texts that exist are kept here.
    readonly ConcurrentDictionary<string, IStringLocalizer> homes = new();

    /// <summary>The text in the current UI language; the key itself where no module has it (a guard test sees to it that none is missing).</summary>
    public string this[string key, params object[] args]
    {
        get
        {
            var home = homes.TryGetValue(key, out var known) ? known : Array.Find(all, source => !source[key].ResourceNotFound);
            if (home is null)
                return key;
            homes.TryAdd(key, home);
            var text = home[key].Value;
            return args.Length == 0 ? text : Counting.Fill(text, args);
        }
    }

    public string Of(Refusal refusal) => this[refusal.Code, refusal.Args];
}

using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using VenueBooking.Web;

namespace VenueBooking.Tests.Guards;

/// <summary>Which pages take a form on other terms than its token, named one by one: each is a decision.</summary>
public sealed class ForgeryTests
{
    [Fact]
    public void Only_these_pages_take_a_form_because_it_stands_on_this_site() => Assert.Equal(
        ["Accounts.ForgotModel", "Accounts.LogoutModel", "Accounts.ResendModel", "Accounts.ResetModel", "Shared.SettingsModel"],
        With<FromThisSiteAttribute>());

    [Fact]
    public void Only_the_error_page_asks_for_no_token() => Assert.Equal(["Shared.Errors.ErrorModel"], With<IgnoreAntiforgeryTokenAttribute>());

    static IEnumerable<string> With<TAttribute>() where TAttribute : Attribute => typeof(Program).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<TAttribute>() is not null
            || type.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Any(member => member.MemberType == MemberTypes.Method && member.GetCustomAttribute<TAttribute>() is not null))
        .Select(type => type.FullName!["VenueBooking.".Length..]).Order(StringComparer.Ordinal);
}

using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary><c>confirmEmail</c> in place of Identity's, by which a new address would count without a word to the old one: the pages' own way.</summary>
static class ConfirmApi
{
    static readonly Refusal Invalid = new("invalid_token", null, StatusCodes.Status401Unauthorized);

    /// <param name="changedEmail">The new address, where it is one that is confirmed; else it is that of a new account.</param>
    public static async Task<Results<Ok, ProblemHttpResult>> HandleAsync(
        string userId, string code, string? changedEmail, ClaimsPrincipal caller, AppUsers users, Credentials credentials, Texts texts)
    {
        var confirmed = changedEmail is null ? await ConfirmAsync(userId, code, users) : await credentials.ChangeAddressAsync(userId, changedEmail, code, caller) is not null;
        return confirmed ? TypedResults.Ok() : AccountProblems.Of(texts, Invalid);
    }

    static async Task<bool> ConfirmAsync(string userId, string code, AppUsers users) =>
        Codes.TryRead(code, out var token) && await users.FindByIdAsync(userId) is { } user && (await users.ConfirmEmailAsync(user, token)).Succeeded;
}

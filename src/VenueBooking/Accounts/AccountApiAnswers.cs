using System.Text.Json.Nodes;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>What Identity's endpoints do and with which codes they refuse: for the OpenAPI document, to which they tell little themselves.</summary>
static class AccountApiAnswers
{
    const string Email = "worker@demo.example", Password = "Venue-Demo-2026";

    static readonly string[] OfPassword = ["password_too_short", "password_too_long", "password_requires_unique_chars", "password_is_address", "password_too_common"];

    public static void Describe(RouteEndpointBuilder endpoint, string path, bool isGet)
    {
        foreach (var said in Of(path, isGet))
            endpoint.Metadata.Add(said);
    }

    static object[] Of(string path, bool isGet) => path switch
    {
        "register" => [Summary("Makes an account and mails a link to confirm the address"), Body(("email", "li@example.com"), ("password", "Long-enough-1")),
            new ApiRefusals(400, ["invalid_email", .. OfPassword]),
            new ApiRefusals(422, "email_not_ascii", "name_too_long", "card_too_long", "card_invalid", "union_unknown", "union_needed")],
        "login" => [Summary("Signs in: a token to send as Authorization: Bearer"), Body(("email", Email), ("password", Password)),
            new ApiRefusals(401, "sign_in_wrong", "code_needed", "code_wrong", "recovery_code_wrong", "email_not_confirmed"), new ApiRefusals(422, "locked_by_admin")],
        "refresh" => [Summary("A new pair of tokens for a refresh token"), Body(("refreshToken", "CfDJ8…")), new ApiRefusals(401, "sign_in_required")],
        "confirmEmail" => [Summary("Confirms the address of a new account, or a new address (changedEmail), by the code of the mailed link"), new ApiRefusals(401, "invalid_token")],
        "resendConfirmationEmail" => [Summary("Mails the link to confirm the address once more"), Body(("email", Email))],
        "forgotPassword" => [Summary("Mails a code to set a new password"), Body(("email", Email))],
        "resetPassword" => [Summary("Sets a new password by the mailed code"), Body(("email", Email), ("resetCode", "Q2ZESjh…"), ("newPassword", "Long-enough-2")),
            new ApiRefusals(400, ["invalid_token", .. OfPassword])],
        "manage/2fa" => [Summary("Sets up or reads two-step sign-in; an empty object only reads"), Body(("enable", true), ("twoFactorCode", "123456")), new ApiRefusals(404, "not_found"),
            new ApiRefusals(400, "cannot_reset_shared_key_and_enable", "requires_two_factor", "invalid_two_factor_code"),
            new ApiRefusals(403, "second_factor_unproved", "passkey_needed"), new ApiRefusals(409, "stale"),
            new ApiRefusals(422, "password_missing", "password_wrong", "password_locked", "locked_by_admin")],
        "manage/info" when isGet => [Summary("Your address"), new ApiRefusals(404, "not_found")],
        "manage/info" => [Summary("Changes your address or password"), Body(("oldPassword", Password), ("newPassword", "Long-enough-2")), new ApiRefusals(404, "not_found"),
            new ApiRefusals(400, ["invalid_email", "old_password_required", .. OfPassword]), new ApiRefusals(409, "stale"),
            new ApiRefusals(422, "email_not_ascii", "email_same", "password_wrong", "password_locked", "locked_by_admin", "password_same")],
        _ => throw new InvalidOperationException($"nothing is said of {path}"),
    };

    static EndpointSummaryAttribute Summary(string summary) => new(summary);

    static ApiExample Body(params (string Name, JsonNode Value)[] members) =>
        new(ApiExample.Body, new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Value))));
}

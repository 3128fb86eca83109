using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace VenueBooking.Accounts;

/// <summary>Identity's tokens as they stand in a link.</summary>
static class Codes
{
    public static string Write(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    public static bool TryRead(string? code, out string token)
    {
        token = "";
        if (string.IsNullOrEmpty(code) || code.Length > 4000 || !System.Buffers.Text.Base64Url.IsValid(code))
            return false;
        token = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        return true;
    }
}

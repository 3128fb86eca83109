using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VenueBooking.Data;
using VenueBooking.Startup;

namespace VenueBooking.Accounts;

/// <summary>
/// <c>tokens --members N</c>: bearer tokens of the demo's members, one a line, for load tests: no form, no password hash. Development
/// only: whoever could call it elsewhere would be everybody.
/// </summary>
sealed class TokensCommand(
    AppDb db, IOptionsMonitor<BearerTokenOptions> bearer, IOptions<IdentityOptions> identity, IHostEnvironment environment, TimeProvider clock) : ICommand
{
    static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public string Name => "tokens";
    public string Usage => "--members N";

    public async Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        if (!environment.IsDevelopment())
            throw new StartupException(ExitCode.Usage, "tokens are made in Development only");
        if (arguments is not ["--members", { } text] || !int.TryParse(text, out var wanted) || wanted < 1)
            throw new StartupException(ExitCode.Usage, "usage: tokens --members N");
        var members = await db.Set<AppUser>().AsNoTracking()
            .Where(u => u.IsDemo && u.Email!.StartsWith("member")).OrderBy(u => u.Email).Take(wanted).ToListAsync(ct);
        if (members.Count < wanted)
            throw new StartupException(ExitCode.Usage, $"there are {members.Count} demo members; make more with: seed demo --members {wanted}");
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var member in members)
            await output.WriteLineAsync(TokenOf(member));
        return 0;
    }

    string TokenOf(AppUser member)
    {
        var principal = AppClaimsFactory.Principal(member, [Roles.Worker], identity.Value.ClaimsIdentity);
        return bearer.Get(IdentityConstants.BearerScheme).BearerTokenProtector.Protect(
            new(principal, new() { ExpiresUtc = clock.GetUtcNow() + Life }, $"{IdentityConstants.BearerScheme}:AccessToken"));
    }
}

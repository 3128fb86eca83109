using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Startup;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

public static class AccountsModule
{
    const string Site = "Site";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityApiEndpoints<AppUser>(Rules)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AppDb>()
            .AddUserManager<AppUsers>()
            .AddSignInManager<AppSignIn>()
            .AddErrorDescriber<AccountErrors>()
            .AddPasswordValidator<PasswordRules>()
            .AddClaimsPrincipalFactory<AppClaimsFactory>();
        services.AddSchemes().AddAccountCookies();
        services.AddSingleton<EndedSessions>().AddSingleton<StampWatch>().AddHostedService<EndedSessionsFeed>();
        services.ConfigureDbContext<AppDb>((all, options) => options.AddInterceptors(all.GetRequiredService<StampWatch>()));
        services.AddSingleton<IAuthorizationHandler, TwoFactorHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, LeadToTwoFactor>();
        services.AddAuthorization(Policies.Add);
        services.AddHttpContextAccessor().AddScoped<CurrentMember>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required");
            // Keys belong to a domain for good: the one people know, not the one a proxy happens to use.
            options.ServerDomain = Uri.TryCreate(configuration["Site:BaseUrl"], UriKind.Absolute, out var site) ? site.Host : null;
        });
        services.AddScoped<IPersonalData, AccountPersonalData>().AddScoped<DeleteAccount>().AddScoped<Admin.UserAdmin>().AddScoped<Admin.UserList>();
        services.AddTransient<ICommand, TokensCommand>();
        services.AddScoped<PreferenceKeeper>().AddScoped<IPreferenceKeeper>(all => all.GetRequiredService<PreferenceKeeper>());
        services.AddScoped<PasswordSignIn>().AddScoped<PasskeySignIn>().AddScoped<Register>().AddScoped<AccountMail>();
        services.AddScoped<SecondFactors>().AddScoped<Credentials>();
        services.AddSingleton<IEmailSender<AppUser>, ApiAccountMail>();
        services.AddScoped<AuditNames>().AddScoped<Admin.AuditSearch>().AddScoped<Admin.AuditReader>().AddScoped<Admin.AuditExport>().AddScoped<Admin.AuditWords>();
        services.Names(db => db.Set<AppUser>().Select(u => new AuditName { Id = u.Id, Name = u.DisplayName }));
        return services.AddAccountNotices().AddAccountNav();
    }

    static void Rules(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        // The name is the address, and an address may hold any letter.
        options.User.AllowedUserNameCharacters = "";
        options.SignIn.RequireConfirmedEmail = true;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
        // Length is what makes a password strong; rules about signs and digits only make it hard to remember.
        (options.Password.RequiredLength, options.Password.RequiredUniqueChars) = (10, 4);
        (options.Password.RequireDigit, options.Password.RequireUppercase) = (false, false);
        (options.Password.RequireLowercase, options.Password.RequireNonAlphanumeric) = (false, false);
    }

    /// <summary>
    /// Pages know people by cookie, the API by bearer token alone: a cookie that a browser sends by itself never counts under
    /// <c>/api</c>, so that no other site can have a browser do something there.
    /// </summary>
    static IServiceCollection AddSchemes(this IServiceCollection services)
    {
        services.AddAuthentication(Site).AddPolicyScheme(Site, null, options => options.ForwardDefaultSelector = context =>
            ApiProblems.IsApi(context.Request.Path) ? IdentityConstants.BearerScheme : IdentityConstants.ApplicationScheme);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        // A token is believed without asking the database, unless EndedSessions knows better; its renewal asks.
        services.Configure<BearerTokenOptions>(IdentityConstants.BearerScheme, options => options.BearerTokenExpiration = TimeSpan.FromMinutes(30));
        services.AddOptions<BearerTokenOptions>(IdentityConstants.BearerScheme).PostConfigure<TimeProvider>(
            (options, clock) => options.BearerTokenProtector = new RememberedTokens(options.BearerTokenProtector, clock));
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(24));
        return services;
    }

    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapAccountApi();
        return routes;
    }
}

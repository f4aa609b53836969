using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Wholesale.Platform;

/// <summary>
/// Which web pages may call from a browser: the setting <c>Cors:Origins</c>, a list of origins such as <c>https://shop.example.com</c>, or <c>*</c> for all. None by
/// default, all in Development. Cookies are never taken, so an origin proves nothing and gives nothing but the reading of answers.
/// </summary>
public static class CorsOrigins
{
    private const string Any = "*";

    private static readonly string[] RequestHeaders =
        ["Content-Type", "Accept", "Accept-Language", "Authorization", "X-Api-Key", "X-Company", "Idempotency-Key", "GraphQL-Cost"];

    private static readonly string[] ResponseHeaders = ["Retry-After", "GraphQL-Cost", "Idempotent-Replayed", "WWW-Authenticate"];

    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <summary>Makes the policy by which <c>UseCors</c> answers preflight requests, and says on all other answers, errors too, whether the page may read them.</summary>
    /// <exception cref="InvalidOperationException">An origin is none.</exception>
    public static void AddCorsOrigins(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var origins = configuration.GetSection("Cors:Origins").Get<string[]>() ?? (environment.IsDevelopment() ? [Any] : []);
        if (origins.FirstOrDefault(origin => origin != Any && !IsOrigin(origin)) is { } wrong)
        {
            throw new InvalidOperationException($"Cors:Origins has \"{wrong}\"; an origin is like https://shop.example.com, without a path.");
        }

        services.AddCors(options => options.AddDefaultPolicy(policy => Policy(policy, origins)));
    }

    private static void Policy(CorsPolicyBuilder policy, string[] origins)
    {
        var allowed = origins.Contains(Any) ? policy.AllowAnyOrigin() : policy.WithOrigins(origins);
        allowed.WithMethods("GET", "POST").WithHeaders(RequestHeaders).WithExposedHeaders(ResponseHeaders).SetPreflightMaxAge(PreflightAge);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.GetLeftPart(UriPartial.Authority) == origin;
}

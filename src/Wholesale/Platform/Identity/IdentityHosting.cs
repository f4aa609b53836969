namespace Wholesale.Platform.Identity;

/// <summary>Keys, tokens and identity providers in the host.</summary>
public static class IdentityHosting
{
    private const int MaximumDocumentBytes = 1024 * 1024;

    private static readonly TimeSpan DocumentTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Registers them.</summary>
    /// <exception cref="InvalidOperationException">A setting has a value that it cannot have.</exception>
    public static void AddIdentity(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var issuers = JwtIssuer.Read(configuration, environment);
        services.AddSingleton<RecentSecrets<Credential>>();
        services.AddSingleton<RecentSecrets<JwtIdentity>>();
        services.AddScoped<ApiKeys>();
        services.AddScoped<AccessTokens>();
        services.AddHourlyPurge<AccessToken>(AccessToken.Purge);
        services.AddSingleton(provider => new Jwts(
            issuers, ProviderClient(), provider.GetRequiredService<RecentSecrets<JwtIdentity>>(), provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<ILogger<Jwts>>()));
    }

    /// <summary>Asks identity providers; lives as long as the process.</summary>
    private static HttpClient ProviderClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
        {
            Timeout = DocumentTimeout,
            MaxResponseContentBufferSize = MaximumDocumentBytes,
        };
}

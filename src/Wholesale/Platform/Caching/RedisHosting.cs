namespace Wholesale.Platform.Caching;

/// <summary>Redis in the host.</summary>
public static class RedisHosting
{
    /// <summary>Registers it, whether there is one or not.</summary>
    /// <exception cref="InvalidOperationException">A setting has a value that it cannot have.</exception>
    public static void AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(RedisSettings.Read(configuration));
        services.AddSingleton<Redis>();
        services.AddHostedService(provider => provider.GetRequiredService<Redis>());
    }
}

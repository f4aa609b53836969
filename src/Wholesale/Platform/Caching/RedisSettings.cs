namespace Wholesale.Platform.Caching;

/// <summary>How Redis is reached, if there is one.</summary>
/// <param name="ConnectionString"><c>ConnectionStrings:Redis</c>, as StackExchange.Redis has it: <c>host:6379,password=…,ssl=true</c>. Null: there is none.</param>
/// <param name="Prefix"><c>Redis:Prefix</c>: how all keys and channels begin, for a Redis that is not ours alone.</param>
/// <param name="Deadline"><c>Redis:DeadlineMilliseconds</c>, 10–5,000: how long anything waits for an answer.</param>
public sealed record RedisSettings(string? ConnectionString, string Prefix, TimeSpan Deadline)
{
    private const int UsualDeadline = 100;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A setting is out of range.</exception>
    public static RedisSettings Read(IConfiguration configuration)
    {
        var milliseconds = configuration.GetValue("Redis:DeadlineMilliseconds", UsualDeadline);
        if (milliseconds is < 10 or > 5_000)
        {
            throw new InvalidOperationException($"Redis:DeadlineMilliseconds must be from 10 to 5000, not {milliseconds}.");
        }

        var connectionString = configuration.GetConnectionString("Redis");
        return new RedisSettings(
            string.IsNullOrWhiteSpace(connectionString) ? null : connectionString,
            configuration.GetValue("Redis:Prefix", "wholesale:")!,
            TimeSpan.FromMilliseconds(milliseconds));
    }
}

using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Wholesale.Platform.Identity;

/// <summary>
/// The keys with which one identity provider signs: a file's, or by OpenID Connect discovery. Those discovered are read again every ten minutes in the background, and at
/// once when a token names a key that is not among them, though never twice within ten seconds, whatever tokens come. While the provider does not answer, the keys
/// read last are believed for a day. Thread-safe; readings of one moment are one.
/// </summary>
internal sealed class SigningKeys(JwtIssuer issuer, HttpClient http, Clock clock, ILogger log)
{
    private static readonly TimeSpan RefreshAge = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaximumAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(10);

    private readonly Lock sync = new();
    private volatile Reading? last;
    private Task? running;
    private long? triedAt;

    /// <summary>The keys that can have made a signature.</summary>
    /// <param name="keyId">What the token says; null if it says nothing.</param>
    /// <param name="cancellation">Ends the waiting; others may wait on.</param>
    /// <returns>Empty if there is none; null if that cannot be known now.</returns>
    public async ValueTask<IReadOnlyList<SecurityKey>?> Find(string? keyId, CancellationToken cancellation)
    {
        if (issuer.Authority is null)
        {
            return Matching(issuer.Keys, keyId);
        }

        if (last is not { } reading || Age(reading.At) >= MaximumAge)
        {
            await Refresh().WaitAsync(cancellation);
        }
        else if (Matching(reading.Keys, keyId) is { Count: > 0 } known)
        {
            if (Age(reading.At) >= RefreshAge)
            {
                _ = Refresh(); // goes on by itself, and never fails
            }

            return known;
        }
        else
        {
            await Refresh().WaitAsync(cancellation);
        }

        return last is { } now && Age(now.At) < MaximumAge ? Matching(now.Keys, keyId) : null;
    }

    private static List<SecurityKey> Matching(IReadOnlyList<SecurityKey> keys, string? keyId) =>
        [.. keys.Where(key => keyId is null || string.IsNullOrEmpty(key.KeyId) || key.KeyId == keyId)];

    private TimeSpan Age(long timestamp) => clock.TimeProvider.GetElapsedTime(timestamp);

    private Task Refresh()
    {
        lock (sync)
        {
            if (running is { IsCompleted: false })
            {
                return running;
            }

            if (triedAt is { } before && Age(before) < MinimumInterval)
            {
                return Task.CompletedTask;
            }

            triedAt = clock.TimeProvider.GetTimestamp();
            return running = Read();
        }
    }

    private async Task Read()
    {
        try
        {
            var address = $"{issuer.Authority!.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration";
            var retriever = new HttpDocumentRetriever(http) { RequireHttps = !issuer.Authority.IsLoopback };
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, CancellationToken.None);
            if (found.Issuer != issuer.Issuer)
            {
                throw new InvalidOperationException($"The provider calls itself \"{found.Issuer}\", not \"{issuer.Issuer}\" as Auth:Issuers has it.");
            }

            last = new Reading(JwtIssuer.Usable(found.SigningKeys), clock.TimeProvider.GetTimestamp());
        }
        catch (Exception exception)
        {
            // Whatever it is, it is the provider's: the keys read before stay in use, and Find tells when there are none.
            log.LogWarning(exception, "The keys of {Issuer} could not be read.", issuer.Issuer);
        }
    }

    private sealed record Reading(IReadOnlyList<SecurityKey> Keys, long At);
}

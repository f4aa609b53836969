using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Wholesale.Platform.Identity;

/// <summary>Who an identity provider says that somebody is.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The account at it.</param>
/// <param name="ExpiresAt">The instant from which the token is refused, its provider's clock skew included.</param>
public sealed record JwtIdentity(string Issuer, string Subject, DateTime ExpiresAt);

/// <summary>Reads JWTs (RFC 7519), signed by a public-key algorithm by one of the providers of <c>Auth:Issuers</c>. Thread-safe; one a process.</summary>
public sealed class Jwts
{
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly Dictionary<string, (JwtIssuer Issuer, SigningKeys Keys)> issuers;
    private readonly RecentSecrets<JwtIdentity> recent;
    private readonly Clock clock;

    /// <summary>For these providers.</summary>
    public Jwts(IReadOnlyList<JwtIssuer> issuers, HttpClient http, RecentSecrets<JwtIdentity> recent, Clock clock, ILogger<Jwts> log)
    {
        this.issuers = issuers.ToDictionary(issuer => issuer.Issuer, issuer => (issuer, new SigningKeys(issuer, http, clock, log)), StringComparer.Ordinal);
        this.recent = recent;
        this.clock = clock;
    }

    /// <summary>Who a token speaks of, or why it is no good. Answered from memory for up to two seconds.</summary>
    /// <param name="token">Of bounded length, without blanks.</param>
    /// <param name="cancellation">The request's.</param>
    public async ValueTask<(JwtIdentity? Identity, CredentialProblem? Problem)> Read(string token, CancellationToken cancellation)
    {
        var digest = SecretDigest.Of(token);
        if (recent.Find(digest) is { } known)
        {
            return (known, null);
        }

        var generation = recent.Generation;
        if (Parse(token) is not { } jwt)
        {
            return (null, CredentialProblem.InvalidToken("The bearer token is neither a JWT nor an access token."));
        }

        if (!issuers.TryGetValue(jwt.Issuer, out var found))
        {
            return (null, CredentialProblem.InvalidToken("The token's issuer (iss) is not one of this installation's."));
        }

        if (await found.Keys.Find(jwt.Kid is { Length: > 0 } keyId ? keyId : null, cancellation) is not { } keys)
        {
            return (null, new CredentialProblem(
                StatusCodes.Status503ServiceUnavailable, CredentialProblem.Unavailable, "The keys of the token's issuer cannot be read now; try again."));
        }

        if (await Check(jwt, found.Issuer, keys) is { } problem)
        {
            return (null, CredentialProblem.InvalidToken(problem));
        }

        var identity = new JwtIdentity(jwt.Issuer, jwt.Subject, EndOf(jwt.ValidTo, found.Issuer.ClockSkew));
        recent.Add(digest, identity, identity.ExpiresAt, generation);
        return (identity, null);
    }

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null; // what the library throws for whatever is no JWT
        }
    }

    private static DateTime EndOf(DateTime expires, TimeSpan skew) => expires > DateTime.MaxValue - skew ? DateTime.MaxValue : expires + skew;

    /// <summary>What is wrong with a token, as a sentence; null if it is good.</summary>
    private async ValueTask<string?> Check(JsonWebToken jwt, JwtIssuer issuer, IReadOnlyList<SecurityKey> keys)
    {
        if (jwt.TryGetHeaderValue<object>("crit", out _))
        {
            return "The token has critical extensions (crit), which are not understood here."; // RFC 7515 section 4.1.11
        }

        var result = await handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = issuer.Audience,
            ValidAlgorithms = issuer.Algorithms,
            IssuerSigningKeys = keys,
            LifetimeValidator = (begin, end, _, _) => LifetimeProblem(begin, end, issuer.ClockSkew) is null,
        });
        return result.Exception switch
        {
            null => string.IsNullOrEmpty(jwt.Subject) ? "The token has no subject (sub)." : null,
            SecurityTokenInvalidLifetimeException lifetime => LifetimeProblem(lifetime.NotBefore, lifetime.Expires, issuer.ClockSkew),
            SecurityTokenInvalidAudienceException => "The token is for another audience (aud).",
            _ => "The token's signature is not by a key and an algorithm that its issuer has here.",
        };
    }

    private string? LifetimeProblem(DateTime? begin, DateTime? end, TimeSpan skew)
    {
        var now = clock.UtcNow;
        return
            end is not { } expires ? "The token has no expiry (exp)."
            : EndOf(expires, skew) <= now ? $"The token expired at {Instant.ToString(expires)}."
            : begin > now + skew ? $"The token is not valid before {Instant.ToString(begin.Value)}."
            : null;
    }
}

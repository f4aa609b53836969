using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace Wholesale.Platform.Identity;

/// <summary>An identity provider whose JWTs are taken: one of the settings <c>Auth:Issuers</c>.</summary>
/// <param name="Issuer">The claim <c>iss</c>, compared exactly.</param>
/// <param name="Audience">What the claim <c>aud</c> must hold.</param>
/// <param name="Authority">Where OpenID Connect discovery begins; null with keys of its own.</param>
/// <param name="Keys">The public keys of a file; empty with an authority.</param>
/// <param name="Algorithms">The signatures that are taken, all of them asymmetric.</param>
/// <param name="ClockSkew">By how much the provider's clock may differ, up to five minutes; 30 seconds by default.</param>
public sealed record JwtIssuer(
    string Issuer, string Audience, Uri? Authority, IReadOnlyList<SecurityKey> Keys, IReadOnlyList<string> Algorithms, TimeSpan ClockSkew)
{
    private const int MinimumRsaBits = 2048;
    private const int MaximumSkewSeconds = 300;

    private static readonly string[] Asymmetric = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing, or has a value that it cannot have.</exception>
    public static IReadOnlyList<JwtIssuer> Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var issuers = configuration.GetSection("Auth:Issuers").GetChildren().Select(section => Of(section, environment.ContentRootPath)).ToList();
        return issuers.GroupBy(issuer => issuer.Issuer).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InvalidOperationException($"Auth:Issuers has the issuer \"{twice.Key}\" twice.")
            : issuers;
    }

    /// <summary>Of a provider's keys those that can prove something: public ones, strong enough. A shared secret in a public file proves nothing.</summary>
    internal static IReadOnlyList<SecurityKey> Usable(IEnumerable<SecurityKey> keys) =>
        [.. keys.OfType<AsymmetricSecurityKey>().Where(key => key is ECDsaSecurityKey || key.KeySize >= MinimumRsaBits)];

    private static JwtIssuer Of(IConfigurationSection section, string contentRoot)
    {
        string Needed(string name) => section[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"{section.Path}:{name} is missing.");
        var (authority, jwks, pem) = (section["Authority"], section["Jwks"], section["Pem"]);
        if (new[] { authority, jwks, pem }.Count(source => !string.IsNullOrEmpty(source)) != 1)
        {
            throw new InvalidOperationException($"{section.Path} needs exactly one of Authority, Jwks and Pem.");
        }

        var keys = jwks is { Length: > 0 } ? FromJwks(Path.Combine(contentRoot, jwks)) : pem is { Length: > 0 } ? FromPem(Path.Combine(contentRoot, pem)) : [];
        var algorithms = section.GetSection("Algorithms").Get<string[]>() ?? Asymmetric;
        var skew = section.GetValue("ClockSkewSeconds", 30);
        return
            algorithms.FirstOrDefault(algorithm => !Asymmetric.Contains(algorithm)) is { } other
                ? throw new InvalidOperationException($"{section.Path}:Algorithms has \"{other}\"; it can have {string.Join(", ", Asymmetric)}.")
            : skew is < 0 or > MaximumSkewSeconds
                ? throw new InvalidOperationException($"{section.Path}:ClockSkewSeconds is {skew}; it can be 0–{MaximumSkewSeconds}.")
            : new JwtIssuer(
                Needed("Issuer"), Needed("Audience"), authority is { Length: > 0 } ? AuthorityOf(authority, section) : null, keys, algorithms, TimeSpan.FromSeconds(skew));
    }

    private static Uri AuthorityOf(string authority, IConfigurationSection section) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : throw new InvalidOperationException($"{section.Path}:Authority is \"{authority}\"; it must be an https URL (http on this machine alone).");

    private static IReadOnlyList<SecurityKey> FromJwks(string path)
    {
        var keys = Usable(new JsonWebKeySet(File.ReadAllText(path)).GetSigningKeys());
        return keys.Count > 0 ? keys : throw new InvalidOperationException($"{path} holds no public key for signatures, of at least {MinimumRsaBits} bits where it is RSA.");
    }

    private static IReadOnlyList<SecurityKey> FromPem(string path)
    {
        var keys = new List<SecurityKey>();
        for (var rest = File.ReadAllText(path).AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            var content = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            var key = rest[fields.Label] switch
            {
                "PUBLIC KEY" => PublicKey.CreateFromSubjectPublicKeyInfo(content, out _),
                "CERTIFICATE" => X509CertificateLoader.LoadCertificate(content).PublicKey,
                var label => throw new InvalidOperationException($"{path} holds a \"{label}\"; it can hold PUBLIC KEY and CERTIFICATE."),
            };
            if (key.GetRSAPublicKey() is { } rsa)
            {
                keys.Add(new RsaSecurityKey(rsa));
            }
            else if (key.GetECDsaPublicKey() is { } ecdsa)
            {
                keys.Add(new ECDsaSecurityKey(ecdsa));
            }
        }

        var usable = Usable(keys);
        return usable.Count > 0 ? usable : throw new InvalidOperationException($"{path} holds no RSA key of at least {MinimumRsaBits} bits and no EC key.");
    }
}

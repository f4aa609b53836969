using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Wholesale.Tests.Platform.Identity;

/// <summary>An identity provider's key, and JWTs signed with it, made from the specifications alone.</summary>
internal sealed class TestKey
{
    private readonly RSA? rsa;
    private readonly ECDsa? ecdsa;

    private TestKey(string id, string algorithm, RSA? rsa, ECDsa? ecdsa)
    {
        (Id, Algorithm, this.rsa, this.ecdsa) = (id, algorithm, rsa, ecdsa);
    }

    public string Id { get; }

    public string Algorithm { get; }

    /// <summary>The public key as a PEM file has it.</summary>
    public string Pem => rsa?.ExportSubjectPublicKeyInfoPem() ?? ecdsa!.ExportSubjectPublicKeyInfoPem();

    public static TestKey Rsa(string id, string algorithm = "RS256", int bits = 2048) => new(id, algorithm, RSA.Create(bits), null);

    public static TestKey Ec(string id) => new(id, "ES256", null, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The public key as a JWKS has it (RFC 7517).</summary>
    public JsonObject Jwk()
    {
        var jwk = new JsonObject { ["kid"] = Id, ["use"] = "sig", ["alg"] = Algorithm };
        if (rsa is not null)
        {
            var parameters = rsa.ExportParameters(false);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Text(parameters.Modulus!), Text(parameters.Exponent!));
        }
        else
        {
            var point = ecdsa!.ExportParameters(false).Q;
            (jwk["kty"], jwk["crv"], jwk["x"], jwk["y"]) = ("EC", "P-256", Text(point.X!), Text(point.Y!));
        }

        return jwk;
    }

    /// <summary>A JWT (RFC 7515, compact).</summary>
    public string Sign(object payload, object? header = null) => Signed(header ?? new { alg = Algorithm, kid = Id, typ = "JWT" }, payload, data =>
        rsa is null ? ecdsa!.SignData(data, HashAlgorithmName.SHA256)
        : rsa.SignData(data, HashAlgorithmName.SHA256, Algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1));

    /// <summary>A JWT with any signature at all.</summary>
    public static string Signed(object header, object payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Text(JsonSerializer.SerializeToUtf8Bytes(header))}.{Text(JsonSerializer.SerializeToUtf8Bytes(payload))}";
        return $"{signed}.{Text(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Text(byte[] bytes) => Base64UrlEncoder.Encode(bytes);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Identity;

/// <summary>Tokens of a provider whose keys stand in a file.</summary>
public sealed class JwtsTests : IAsyncLifetime
{
    private const string Issuer = "https://id.example.com/";

    private static readonly TestKey Rsa = TestKey.Rsa("rsa");
    private static readonly TestKey Pss = TestKey.Rsa("pss", "PS256");
    private static readonly TestKey Ec = TestKey.Ec("ec");
    private static readonly TestKey Weak = TestKey.Rsa("weak", bits: 1024);

    private readonly TempDirectory files = new();
    private readonly List<PlatformHost> hosts = [];
    private PlatformHost host = null!;

    public ValueTask InitializeAsync()
    {
        host = Host(("Jwks", File("keys.json", new JsonObject { ["keys"] = new JsonArray(Rsa.Jwk(), Pss.Jwk(), Ec.Jwk(), Weak.Jwk(), Shared()) }.ToJsonString())));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in hosts)
        {
            await started.DisposeAsync();
        }

        files.Dispose();
    }

    [Fact]
    public async Task A_token_by_any_of_the_issuers_keys_tells_who_it_speaks_of()
    {
        foreach (var key in new[] { Rsa, Pss, Ec })
        {
            var (identity, problem) = await Read(key.Sign(Claims()));

            Assert.Null(problem);
            Assert.Equal(new JwtIdentity(Issuer, "ada", host.Now.AddMinutes(5).AddSeconds(30)), identity);
        }
    }

    [Fact]
    public async Task A_token_is_good_until_its_expiry_and_half_a_minute_also_when_it_is_warm()
    {
        var token = Rsa.Sign(Claims());

        host.Time.Advance(TimeSpan.FromSeconds(329));
        Assert.Null((await Read(token)).Problem);
        host.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Null((await Read(token)).Problem);
        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("The token expired at 2026-03-01T12:05:00Z.", (await Read(token)).Problem!.Detail);
    }

    private static (string Token, string Problem)[] Refusals()
    {
        var none = TestKey.Signed(new { alg = "none" }, new { iss = Issuer, aud = "wholesale", sub = "ada", exp = 4_000_000_000 }, _ => []);
        byte[] Hmac(byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Rsa.Pem), data);
        var good = Rsa.Sign(new { iss = Issuer, aud = "wholesale", sub = "ada", exp = 4_000_000_000 });
        const string Signature = "The token's signature is not by a key and an algorithm that its issuer has here.";
        const string Neither = "The bearer token is neither a JWT nor an access token.";
        return
        [
            (none, Signature),
            (TestKey.Signed(new { alg = "HS256", kid = "rsa" }, Payload(), Hmac), Signature),
            (TestKey.Signed(new { alg = "HS256", kid = "shared" }, Payload(), data => HMACSHA256.HashData(SharedSecret, data)), Signature),
            (TestKey.Signed(new { alg = "RS256", kid = "rsa" }, Payload(), _ => []), Signature),
            (Weak.Sign(Payload()), Signature),
            (TestKey.Rsa("rsa").Sign(Payload()), Signature),
            (TestKey.Rsa("stranger").Sign(Payload()), Signature),
            (Ec.Sign(Payload(), new { alg = "RS256", kid = "rsa" }), Signature),
            (good.Replace(good.Split('.')[1], Weak.Sign(new { iss = Issuer, aud = "wholesale", sub = "bea", exp = 4_000_000_000 }).Split('.')[1], StringComparison.Ordinal), Signature),
            (Rsa.Sign(Payload(), new { alg = "RS256", kid = "rsa", crit = new[] { "exp" }, exp = 1 }), "The token has critical extensions (crit), which are not understood here."),
            (Rsa.Sign(new { iss = Issuer, aud = "another", sub = "ada", exp = 4_000_000_000 }), "The token is for another audience (aud)."),
            (Rsa.Sign(new { iss = Issuer, sub = "ada", exp = 4_000_000_000 }), "The token is for another audience (aud)."),
            (Rsa.Sign(new { iss = Issuer, aud = "wholesale", sub = "ada" }), "The token has no expiry (exp)."),
            (Rsa.Sign(new { iss = Issuer, aud = "wholesale", sub = "ada", exp = 4_000_000_000, nbf = 3_999_999_999 }), "The token is not valid before 2096-10-02T07:06:39Z."),
            (Rsa.Sign(new { iss = Issuer, aud = "wholesale", sub = "ada", exp = -1 }), "The token expired at 1970-01-01T00:00:00Z."),
            (Rsa.Sign(new { iss = Issuer, aud = "wholesale", exp = 4_000_000_000 }), "The token has no subject (sub)."),
            (Rsa.Sign(new { iss = "https://id.example.com", aud = "wholesale", sub = "ada", exp = 4_000_000_000 }), "The token's issuer (iss) is not one of this installation's."),
            (Rsa.Sign(new { aud = "wholesale", sub = "ada", exp = 4_000_000_000 }), "The token's issuer (iss) is not one of this installation's."),
            ("nonsense", Neither),
            ("a.b.c", Neither),
            ("..", Neither),
            ("....", Neither),
            (good[..(good.IndexOf('.') + 1)] + "." + good[(good.LastIndexOf('.') + 1)..], "The token's issuer (iss) is not one of this installation's."),
            (TestKey.Signed(new[] { 1 }, Payload(), _ => [1]), Neither),
            (TestKey.Signed(new { alg = "RS256" }, new[] { 1 }, _ => [1]), Neither),
            (Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('[', 3000))) + ".e30.AA", Neither),
        ];

        static object Payload() => new { iss = Issuer, aud = "wholesale", sub = "ada", exp = 4_000_000_000 };
    }

    [Fact]
    public Task Whatever_is_not_signed_for_us_now_is_refused() => Assert.AllAsync(Refusals(), async refusal =>
    {
        var (identity, found) = await Read(refusal.Token);

        Assert.Null(identity);
        Assert.Equal((401, "UNAUTHENTICATED", refusal.Problem, true), (found!.Status, found.Code, found.Detail, found.IsInvalidToken));
    });

    [Fact]
    public async Task Garbage_of_any_shape_is_refused_and_never_throws()
    {
        var random = new Random(20260301);
        var good = Rsa.Sign(Claims());

        for (var i = 0; i < 2_000; i++)
        {
            var token = new StringBuilder(good);
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                token[random.Next(token.Length)] = (char)random.Next('!', '~' + 1);
            }

            if (token.ToString() != good)
            {
                Assert.True((await Read(token.ToString())).Problem?.Status == 401, token.ToString());
            }
        }
    }

    [Fact]
    public async Task An_expiry_beyond_all_time_is_taken_as_it_is()
    {
        var (identity, _) = await Read(Rsa.Sign(new { iss = Issuer, aud = "wholesale", sub = "ada", exp = long.MaxValue }));

        Assert.Equal(DateTime.MaxValue.Year, identity!.ExpiresAt.Year);
    }

    [Fact]
    public async Task Keys_of_a_PEM_file_have_no_names_and_prove_as_much()
    {
        host = Host(("Pem", File("keys.pem", $"{Rsa.Pem}\n{Ec.Pem}\n")));

        Assert.Null((await Read(Rsa.Sign(Claims()))).Problem);
        Assert.Null((await Read(Ec.Sign(Claims(), new { alg = "ES256" }))).Problem);
        Assert.NotNull((await Read(Pss.Sign(Claims()))).Problem);
    }

    [Fact]
    public async Task Only_the_algorithms_of_the_settings_are_taken()
    {
        host = Host(("Pem", File("keys.pem", $"{Rsa.Pem}\n{Ec.Pem}\n")), ("Algorithms:0", "ES256"));

        Assert.NotNull((await Read(Rsa.Sign(Claims()))).Problem);
        Assert.Null((await Read(Ec.Sign(Claims()))).Problem);
    }

    [Theory]
    [InlineData("Auth:Issuers:0 needs exactly one of Authority, Jwks and Pem.")]
    [InlineData("Auth:Issuers:0 needs exactly one of Authority, Jwks and Pem.", "Authority", "https://a.example", "Pem", "keys.pem")]
    [InlineData("Auth:Issuers:0:Authority is \"http://id.example.com\"; it must be an https URL (http on this machine alone).", "Authority", "http://id.example.com")]
    [InlineData("Auth:Issuers:0:ClockSkewSeconds is 301; it can be 0–300.", "Authority", "https://a.example", "ClockSkewSeconds", "301")]
    [InlineData("Auth:Issuers:0:Algorithms has \"HS256\"; it can have RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.", "Authority", "https://a.example", "Algorithms:0", "HS256")]
    [InlineData("Auth:Issuers has the issuer \"https://id.example.com/\" twice.", "Authority", "https://a.example", "../1:Issuer", Issuer, "../1:Audience", "x", "../1:Authority", "https://a.example")]
    public void A_setting_that_cannot_be_stops_the_start(string message, params string[] settings)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Host([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_file_without_a_key_that_proves_anything_stops_the_start()
    {
        var weak = File("weak.pem", Weak.Pem);
        var shared = File("shared.json", new JsonObject { ["keys"] = new JsonArray(Shared()) }.ToJsonString());
        using var rsa = RSA.Create(2048);
        var secret = File("private.pem", rsa.ExportPkcs8PrivateKeyPem());

        Assert.Equal($"{weak} holds no RSA key of at least 2048 bits and no EC key.", Assert.Throws<InvalidOperationException>(() => Host(("Pem", weak))).Message);
        Assert.Contains("holds no public key for signatures", Assert.Throws<InvalidOperationException>(() => Host(("Jwks", shared))).Message, StringComparison.Ordinal);
        Assert.Contains("holds a \"PRIVATE KEY\"", Assert.Throws<InvalidOperationException>(() => Host(("Pem", secret))).Message, StringComparison.Ordinal);
    }

    private static readonly byte[] SharedSecret = [.. Enumerable.Repeat((byte)7, 32)];

    private static JsonObject Shared() => new() { ["kty"] = "oct", ["kid"] = "shared", ["use"] = "sig", ["alg"] = "HS256", ["k"] = Convert.ToBase64String(SharedSecret).TrimEnd('=') };

    private object Claims() => new { iss = Issuer, aud = new[] { "other", "wholesale" }, sub = "ada", exp = new DateTimeOffset(host.Now.AddMinutes(5)).ToUnixTimeSeconds() };

    private Task<(JwtIdentity? Identity, CredentialProblem? Problem)> Read(string token) => host.Get<Jwts>().Read(token, default).AsTask();

    private PlatformHost Host(params (string Name, string Value)[] settings)
    {
        var started = new PlatformHost(
            null, new[] { ("Issuer", Issuer), ("Audience", "wholesale") }.Concat(settings).Select(setting => ($"Auth:Issuers:0:{setting.Item1}".Replace("0:../", "", StringComparison.Ordinal), setting.Item2)));
        hosts.Add(started);
        return started;
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(files.Path, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}

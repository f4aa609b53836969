using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Companies;

/// <summary>What the three headers prove, whatever brings them.</summary>
public sealed class CredentialsTests : IAsyncLifetime
{
    private CredentialHost host = null!;

    public async ValueTask InitializeAsync() => host = await CredentialHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Nothing_is_an_anonymous_caller() => Assert.Same(Credential.None, await host.Good(default));

    [Fact]
    public async Task A_JWT_acts_as_the_user_whose_login_it_is()
    {
        var credential = await host.Good(new() { Authorization = host.Bearer("ada") });

        Assert.Equal(new Principal(PrincipalKind.CompanyUser, 0, await host.UserId("ada", "acme"), "login", PermissionSet.All), credential.Principal);
        Assert.Equal((CredentialKind.Login, host.Node.Now.AddHours(1).AddSeconds(30)), (credential.Kind, credential.ExpiresAt));
    }

    [Fact]
    public async Task The_scheme_is_read_without_case() => await host.Good(new() { Authorization = host.Bearer("ada").Replace("Bearer", "bEARER", StringComparison.Ordinal) });

    [Fact]
    public async Task A_good_token_of_nobody_is_told_that_and_nothing_else()
    {
        var (_, problem) = await host.Read(new() { Authorization = host.Bearer("eve"), Company = "acme" });

        Assert.Equal(CredentialProblem.InvalidToken("The token is good, but its issuer and subject are no user's login here.") with { Companies = problem!.Companies }, problem);
        Assert.Empty(problem.Companies);
    }

    [Fact]
    public async Task A_login_of_several_companies_chooses_one_among_its_own()
    {
        var (_, problem) = await host.Read(new() { Authorization = host.Bearer("bea") });
        var chosen = await host.Good(new() { Authorization = host.Bearer("bea"), Company = "beta" });

        Assert.Equal((400, "COMPANY_REQUIRED"), (problem!.Status, problem.Code));
        Assert.Equal([new CompanyChoice("acme", "Acme"), new CompanyChoice("beta", "Beta")], problem.Companies);
        Assert.Equal(await host.UserId("bea", "beta"), chosen.Principal.CompanyUserId);
    }

    [Theory]
    [InlineData("gamma")]
    [InlineData("nowhere")]
    [InlineData("ACME")]
    [InlineData("")]
    public async Task A_company_that_is_not_the_callers_is_refused_alike_whether_it_exists_or_not(string company)
    {
        var expected = new CredentialProblem(403, "FORBIDDEN", "The company in the header X-Company is not one of this credential's.");
        var token = (await host.CreateToken("ada", "acme")).Token;
        var key = (await host.CreateKey("ada", "acme")).Secret!;

        foreach (var headers in new CredentialHeaders[]
        {
            new() { Authorization = host.Bearer("ada") }, new() { Authorization = host.Bearer("bea") }, new() { Authorization = $"Bearer {token}" }, new() { ApiKey = key },
        })
        {
            var problem = (await host.Read(headers with { Company = company })).Problem!;
            Assert.Equal(expected with { Companies = problem.Companies }, problem);
            Assert.Empty(problem.Companies);
        }
    }

    [Fact]
    public async Task A_credential_of_one_company_may_name_it()
    {
        var token = (await host.CreateToken("ada", "acme")).Token;
        var key = (await host.CreateKey("ada", "acme")).Secret!;

        await host.Good(new() { Authorization = host.Bearer("ada"), Company = "acme" });
        await host.Good(new() { Authorization = $"Bearer {token}", Company = "acme" });
        await host.Good(new() { ApiKey = key, Company = "acme" });
    }

    [Fact]
    public async Task Staff_and_nobody_have_no_company_to_choose()
    {
        var staff = (await host.CreateKey()).Secret!;

        Assert.Equal(
            CredentialProblem.Malformed("A staff key belongs to no company: leave the header X-Company out, or create an access token for a user."),
            (await host.Read(new() { ApiKey = staff, Company = "acme" })).Problem, SameProblem);
        Assert.Equal(
            CredentialProblem.Refused("The header X-Company needs a credential of a user of that company."),
            (await host.Read(new() { Company = "acme" })).Problem, SameProblem);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_named()
    {
        var key = (await host.CreateKey()).Secret!;
        const string Neither = "The bearer token is neither a JWT nor an access token.";
        var expected = new (CredentialHeaders Headers, int Status, string Detail)[]
        {
            (new() { ApiKey = key, Authorization = host.Bearer("ada") }, 400, "Send either X-Api-Key or Authorization, not both."),
            (new() { ApiKey = new StringValues([key, key]) }, 400, "The header X-Api-Key stands in the request more than once."),
            (new() { Authorization = new StringValues([host.Bearer("ada"), host.Bearer("ada")]) }, 400, "The header Authorization stands in the request more than once."),
            (new() { ApiKey = key, Company = new StringValues(["a", "b"]) }, 400, "The header X-Company stands in the request more than once."),
            (new() { Authorization = "Basic YTpi" }, 401, "The header Authorization must say Bearer and a token; an API key belongs in the header X-Api-Key."),
            (new() { Authorization = "" }, 401, "The header Authorization must say Bearer and a token; an API key belongs in the header X-Api-Key."),
            (new() { Authorization = "Bearer" }, 401, "The header Authorization must say Bearer and a token; an API key belongs in the header X-Api-Key."),
            (new() { Authorization = "Bearer  " }, 401, "A bearer token has 1 to 8192 characters, not 0."),
            (new() { Authorization = "Bearer " + new string('a', 8193) }, 401, "A bearer token has 1 to 8192 characters, not 8193."),
            (new() { Authorization = "Bearer " + new string('a', 8192) }, 401, Neither),
            (new() { Authorization = "Bearer " + new string('.', 8192) }, 401, Neither),
            (new() { Authorization = "Bearer a b c" }, 401, Neither),
            (new() { Authorization = "Bearer größe" }, 401, Neither),
            (new() { Authorization = $"Bearer {key}" }, 401, "An API key belongs in the header X-Api-Key."),
            (new() { Authorization = "Bearer wht_nonsense" }, 401, "The access token is unknown, expired or revoked."),
            (new() { ApiKey = "" }, 401, "The key in the header X-Api-Key is unknown, expired or revoked."),
        };

        foreach (var (headers, status, detail) in expected)
        {
            var (credential, problem) = await host.Read(headers);
            Assert.Equal((status, detail), (problem!.Status, problem.Detail));
            Assert.Same(Credential.None, credential);
        }
    }

    [Fact]
    public async Task A_warm_login_costs_no_statement_and_a_lost_one_ends_at_once()
    {
        var headers = new CredentialHeaders { Authorization = host.Bearer("ada") };
        await host.Good(headers);
        var before = host.Node.Statements;
        await host.Good(headers);
        Assert.Equal(0, host.Node.Statements - before);

        await host.Upsert(new CompanyInput("acme", Users: [new("ada", Logins: [])]));

        Assert.Equal(401, (await host.Read(headers)).Problem!.Status);
    }

    [Fact]
    public async Task A_key_that_names_its_company_is_refused_when_its_user_is_gone()
    {
        var key = (await host.CreateKey("gus", "gamma")).Secret!;
        await host.Node.In(async scope => await scope.GetRequiredService<WholesaleDb>().CompanyUsers.Where(u => u.ExternalId == "gus").ExecuteDeleteAsync());

        var (_, problem) = await host.Read(new() { ApiKey = key, Company = "gamma" });

        Assert.Equal((401, "The user of this credential does not exist any more."), (problem!.Status, problem.Detail));
    }

    [Fact]
    public async Task Idempotency_keys_belong_to_the_user_for_tokens_and_to_the_key_for_keys()
    {
        var (token, staff) = await host.CreateToken("ada", "acme");
        var key = await host.CreateKey("ada", "acme");
        var ada = await host.UserId("ada", "acme");

        async Task<string> Owner(CredentialHeaders headers) => (await host.Good(headers)).Principal.IdempotencyOwner;

        Assert.Equal($"User:{ada}", await Owner(new() { Authorization = host.Bearer("ada") }));
        Assert.Equal($"User:{ada}", await Owner(new() { Authorization = $"Bearer {token}" }));
        Assert.Equal($"CompanyUser:{key.ApiKey!.Id}", await Owner(new() { ApiKey = key.Secret! }));
        Assert.Equal($"User:{await host.UserId("bea", "acme")}", await Owner(new() { Authorization = host.Bearer("bea"), Company = "acme" }));
        Assert.Equal($"User:{await host.UserId("bea", "beta")}", await Owner(new() { Authorization = host.Bearer("bea"), Company = "beta" }));
        Assert.NotEqual(0, staff);
    }

    [Fact]
    public async Task The_log_says_who_did_it_and_on_whose_behalf()
    {
        var (token, staff) = await host.CreateToken("ada", "acme");
        var key = await host.CreateKey("ada", "acme");
        var ada = await host.UserId("ada", "acme");

        async Task<Actor> Who(CredentialHeaders headers) => Actor.Of((await host.Good(headers)).Principal);

        Assert.Equal(new Actor(ActorKind.CompanyUser, ada), await Who(new() { Authorization = host.Bearer("ada") }));
        Assert.Equal(new Actor(ActorKind.CompanyUser, ada), await Who(new() { ApiKey = key.Secret! }));
        Assert.Equal(new Actor(ActorKind.Staff, staff, ada), await Who(new() { Authorization = $"Bearer {token}" }));
    }

    private static bool SameProblem(CredentialProblem? a, CredentialProblem? b) =>
        (a?.Status, a?.Code, a?.Detail, a?.IsInvalidToken, a?.Companies.Count) == (b?.Status, b?.Code, b?.Detail, b?.IsInvalidToken, b?.Companies.Count);
}

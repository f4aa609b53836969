using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Identity;
using Wholesale.Tests.Platform;
using Wholesale.Tests.Platform.Identity;

namespace Wholesale.Tests.Companies;

/// <summary>
/// Three companies and their users, an identity provider, and a clock that the test moves. <c>ada</c> is a user of acme alone; <c>bea</c> of acme and beta; nobody knows
/// <c>eve</c>. Company gamma has a user without login.
/// </summary>
internal sealed class CredentialHost : IAsyncDisposable
{
    public static readonly Principal Root = new(PrincipalKind.Staff, 1, null, "root", PermissionSet.All);

    private static readonly TestKey Key = TestKey.Ec("key");

    private CredentialHost(IdentityProvider provider)
    {
        Provider = provider;
        Node = new PlatformHost(null, provider.Settings);
    }

    public IdentityProvider Provider { get; }

    public PlatformHost Node { get; }

    public static async Task<CredentialHost> Start()
    {
        var host = new CredentialHost(await IdentityProvider.Start(Key));
        await host.Upsert(
            new CompanyInput("acme", "Acme", Users: [host.User("ada", "acme"), host.User("bea", "acme")]),
            new CompanyInput("beta", "Beta", Users: [host.User("bea", "beta")]),
            new CompanyInput("gamma", "Gamma", Users: [host.User("gus", "gamma") with { Logins = [] }]));
        return host;
    }

    /// <summary>An Authorization header with a JWT that is good for an hour.</summary>
    public string Bearer(string subject, TimeSpan? lifetime = null) =>
        $"Bearer {Key.Sign(Provider.Claims(subject, Node.Time.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(1))))}";

    public Task<(Credential Credential, CredentialProblem? Problem)> Read(CredentialHeaders headers, PlatformHost? node = null) =>
        (node ?? Node).In(scope => scope.GetRequiredService<Credentials>().Read(headers, default));

    public async Task<Credential> Good(CredentialHeaders headers, PlatformHost? node = null)
    {
        var (credential, problem) = await Read(headers, node);
        Assert.Null(problem);
        return credential;
    }

    /// <summary>A key of a company's user; of staff without one.</summary>
    public Task<CreateApiKeyPayload> CreateKey(string? user = null, string? company = null) => Node.Write(async scope => await scope.GetRequiredService<ApiKeys>()
        .Create(new NewApiKey(user ?? "staff", user is null ? null : await UserId(user, company!), null, null), Root));

    /// <summary>An access token for a user, and the staff key that created it.</summary>
    public async Task<(string Token, long KeyId)> CreateToken(string user, string company)
    {
        var key = (await CreateKey()).ApiKey!;
        var id = await UserId(user, company);
        var token = await Node.Write(scope => scope.GetRequiredService<AccessTokens>().Create(id, key.ToCredential().Principal));
        return (token.AccessToken!, key.Id);
    }

    public Task<long> UserId(string user, string company) => Node.In(async scope => await (
        from found in scope.GetRequiredService<WholesaleDb>().CompanyUsers
        join of in scope.GetRequiredService<WholesaleDb>().Companies on found.CompanyId equals of.Id
        where found.ExternalId == user && of.ExternalId == company
        select found.Id).SingleAsync());

    public async Task Upsert(params CompanyInput[] rows)
    {
        var result = await Node.Write(scope => scope.GetRequiredService<CompanyWrites>().UpsertCompanies(rows, BulkMode.Partial, default));
        Assert.Empty(result.Errors("companies"));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private CompanyUserInput User(string name, string company) => new(name, name, $"{name}@{company}.example", Logins: [new(Provider.Address, name)]);
}

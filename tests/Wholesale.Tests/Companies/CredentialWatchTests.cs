using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Companies;
using Wholesale.Platform.Identity;
using Wholesale.Tests.Platform;

namespace Wholesale.Tests.Companies;

/// <summary>When those who go on after a request hear that their credential ended. Time stands still but where a test moves it.</summary>
public sealed class CredentialWatchTests : IAsyncLifetime
{
    private CredentialHost host = null!;
    private CredentialWatch watch = null!;

    public async ValueTask InitializeAsync()
    {
        host = await CredentialHost.Start();
        watch = host.Node.Get<CredentialWatch>();
        await watch.StartAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await watch.StopAsync(default);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_credential_ends_to_the_tick_of_its_expiry()
    {
        using var lease = watch.Watch(await host.Good(new() { Authorization = host.Bearer("ada") }));

        host.Node.Time.Advance(TimeSpan.FromMinutes(60.5) - TimeSpan.FromTicks(1));
        await Looked();
        Assert.False(lease.Ended.IsCancellationRequested);
        host.Node.Time.Advance(TimeSpan.FromTicks(1));

        await Ended(lease);
    }

    [Fact]
    public async Task A_key_revoked_here_ends_without_any_time_passing()
    {
        var (revoked, kept) = (await host.CreateKey("ada", "acme"), await host.CreateKey("bea", "acme"));
        using var lease = await Watch(new() { ApiKey = revoked.Secret! });
        using var again = await Watch(new() { ApiKey = revoked.Secret! });
        using var other = await Watch(new() { ApiKey = kept.Secret! });

        await host.Node.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(revoked.ApiKey!.Id));

        await Ended(lease);
        await Ended(again);
        Assert.False(other.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task A_key_revoked_on_another_node_ends_with_the_next_second()
    {
        await using var elsewhere = new PlatformHost(host.Node);
        var key = await host.CreateKey("ada", "acme");
        using var lease = await Watch(new() { ApiKey = key.Secret! });
        await Looked();

        await elsewhere.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(key.ApiKey!.Id));
        host.Node.Time.Advance(TimeSpan.FromSeconds(1));

        await Ended(lease);
    }

    [Fact]
    public async Task Tokens_end_with_the_staff_key_that_created_them()
    {
        var (token, staff) = await host.CreateToken("ada", "acme");
        using var lease = await Watch(new() { Authorization = $"Bearer {token}" });

        await host.Node.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(staff));

        await Ended(lease);
    }

    [Fact]
    public async Task A_rotated_key_ends_when_it_is_told_to()
    {
        var key = await host.CreateKey("ada", "acme");
        using var lease = await Watch(new() { ApiKey = key.Secret! });
        await host.Node.Write(scope => scope.GetRequiredService<ApiKeys>().Rotate(key.ApiKey!.Id, host.Node.Now.AddMinutes(1), CredentialHost.Root));

        host.Node.Time.Advance(TimeSpan.FromSeconds(59));
        await Looked();
        Assert.False(lease.Ended.IsCancellationRequested);
        host.Node.Time.Advance(TimeSpan.FromSeconds(1));

        await Ended(lease);
    }

    [Fact]
    public async Task A_login_that_staff_take_away_ends_and_others_of_the_company_go_on()
    {
        using var lease = await Watch(new() { Authorization = host.Bearer("ada") });
        using var other = await Watch(new() { Authorization = host.Bearer("bea"), Company = "acme" });

        await host.Upsert(new CompanyInput("acme", Users: [new("ada", Logins: [])]));

        await Ended(lease);
        Assert.False(other.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Whatever_acts_as_a_user_that_is_gone_ends_with_the_next_second()
    {
        var leases = new[]
        {
            await Watch(new() { Authorization = host.Bearer("ada") }),
            await Watch(new() { ApiKey = (await host.CreateKey("ada", "acme")).Secret! }),
            await Watch(new() { Authorization = $"Bearer {(await host.CreateToken("ada", "acme")).Token}" }),
        };
        await Looked();

        await host.Node.In(async scope => await scope.GetRequiredService<WholesaleDb>().CompanyUsers.Where(u => u.ExternalId == "ada").ExecuteDeleteAsync());
        host.Node.Time.Advance(TimeSpan.FromSeconds(1));

        foreach (var lease in leases)
        {
            await Ended(lease);
            lease.Dispose();
        }
    }

    [Fact]
    public async Task A_credential_revoked_between_its_reading_and_its_watching_ends_at_once()
    {
        var key = await host.CreateKey("ada", "acme");
        var credential = await host.Good(new() { ApiKey = key.Secret! });
        await host.Node.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(key.ApiKey!.Id));

        using var lease = watch.Watch(credential);

        await Ended(lease);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_ends_nothing_and_the_watch_goes_on()
    {
        Task<int> Sql(string statement) => host.Node.In(async scope => await scope.GetRequiredService<WholesaleDb>().Database.ExecuteSqlRawAsync(statement));
        var key = await host.CreateKey("ada", "acme");
        using var lease = await Watch(new() { ApiKey = key.Secret! });
        await Looked();
        await Sql(SqlServerForTests.IsUsed ? "EXEC sp_rename 'UserLogins', 'Lost', 'OBJECT'" : "ALTER TABLE UserLogins RENAME TO Lost");
        host.Node.Time.Advance(TimeSpan.FromSeconds(1));
        using var unknown = watch.Watch(new Credential(Wholesale.Platform.Principal.Anonymous, CredentialKind.Login, -1, null));
        host.Node.Time.Advance(TimeSpan.FromSeconds(1));

        await Sql(SqlServerForTests.IsUsed ? "EXEC sp_rename 'Lost', 'UserLogins', 'OBJECT'" : "ALTER TABLE Lost RENAME TO UserLogins");
        await Looked();
        Assert.False(lease.Ended.IsCancellationRequested);
        await host.Node.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(key.ApiKey!.Id));

        await Ended(lease);
    }

    [Fact]
    public async Task All_watched_credentials_are_one_statement_a_second_and_none_is_none()
    {
        var leases = new List<CredentialLease>();
        foreach (var name in new[] { "ada", "bea" })
        {
            leases.Add(await Watch(new() { Authorization = host.Bearer(name), Company = "acme" }));
            leases.Add(await Watch(new() { ApiKey = (await host.CreateKey(name, "acme")).Secret! }));
        }

        leases.Add(await Watch(new() { Authorization = $"Bearer {(await host.CreateToken("ada", "acme")).Token}" }));
        await Looked();
        var before = host.Node.Statements;
        for (var second = 1; second <= 10; second++)
        {
            var seen = host.Node.Statements;
            host.Node.Time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.Holds(() => host.Node.Statements > seen);
        }

        Assert.InRange(host.Node.Statements - before, 10, 11); // one more look may still have been due
        Assert.All(leases, lease => Assert.False(lease.Ended.IsCancellationRequested));

        leases.ForEach(lease => lease.Dispose());
        await Looked();
        before = host.Node.Statements;
        using var nobody = watch.Watch(Credential.None);
        for (var second = 1; second <= 10; second++)
        {
            host.Node.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Looked();
        Assert.InRange(host.Node.Statements - before, 1, 2); // what Looked asks
        Assert.False(nobody.Ended.IsCancellationRequested);
    }

    private async Task<CredentialLease> Watch(CredentialHeaders headers) => watch.Watch(await host.Good(headers));

    private static Task Ended(CredentialLease lease) => Eventually.Holds(() => lease.Ended.IsCancellationRequested);

    /// <summary>Waits until everything that asked for a look before has had it: a credential that is no longer live ends with a look that began after.</summary>
    private async Task Looked()
    {
        using var marker = watch.Watch(new Credential(Wholesale.Platform.Principal.Anonymous, CredentialKind.Login, -1, null));
        await Ended(marker);
    }
}

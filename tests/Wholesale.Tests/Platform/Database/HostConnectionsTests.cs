using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Which connection to SQLite a host reads and writes by.</summary>
public sealed class HostConnectionsTests : IAsyncDisposable
{
    private readonly PlatformHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task All_writes_go_through_one_connection_and_each_context_reads_by_its_own()
    {
        await using var one = host.Scope();
        await using var other = host.Scope();

        var (ofOne, ofOther) = (Connection(one), Connection(other));
        var (first, second) = (await Written(one), await Written(other));

        Assert.Same(first, second);
        Assert.Equal(3, new[] { ofOne, ofOther, first }.Distinct().Count());
        Assert.Equal((ofOne, ofOther), (Connection(one), Connection(other)));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task They_stay_open_and_are_used_again_however_many_requests_there_are()
    {
        var used = new HashSet<DbConnection>();
        for (var i = 0; i < 20; i++)
        {
            await using var scope = host.Scope();
            used.Add(Connection(scope));
            used.Add(await Written(scope));
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.CountAsync();
        }

        Assert.Equal(2, used.Count);
        Assert.All(used, connection => Assert.Equal(ConnectionState.Open, connection.State));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task What_a_request_has_left_open_is_over_for_the_next_one()
    {
        DbConnection connection;
        await using (var scope = host.Scope())
        {
            var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
            connection = Connection(scope);
            await db.Events.CountAsync();
            await connection.BeginTransactionAsync(TestContext.Current.CancellationToken); // which keeps everyone else from writing
        }

        await using var next = host.Scope();
        Assert.Same(connection, Connection(next));
        await Written(next);
        Assert.Equal(1, await next.ServiceProvider.GetRequiredService<WholesaleDb>().Events.CountAsync());
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_write_that_fails_leaves_nothing_to_the_next_one()
    {
        await using var scope = host.Scope();
        await Assert.ThrowsAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<Writes>().Run(Actor.System, async ValueTask<bool> () =>
        {
            scope.ServiceProvider.GetRequiredService<Writes>().Record("TESTED", 7, 1);
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Markets.ExecuteDeleteAsync();
            throw new InvalidOperationException("It fails.");
        }).AsTask());

        await Written(scope);

        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.CountAsync());
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Beyond_those_that_are_kept_there_are_as_many_as_are_needed()
    {
        var scopes = Enumerable.Range(0, HostConnections.Maximum + 10).Select(_ => host.Scope()).ToList();
        var connections = scopes.ConvertAll(scope => Connection(scope));
        foreach (var scope in scopes)
        {
            await Written(scope);
            Assert.True(await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.AnyAsync());
        }

        foreach (var scope in scopes)
        {
            await scope.DisposeAsync();
        }

        Assert.Equal(scopes.Count, connections.Distinct().Count());
        await using var again = host.Scope();
        await Written(again);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task At_the_end_of_the_host_what_nobody_uses_is_closed_and_what_is_used_when_it_is_not_any_more()
    {
        var ending = new PlatformHost();
        var first = ending.Scope();
        await using var second = ending.Scope();
        var (unused, used) = (Connection(first), Connection(second));
        await first.ServiceProvider.GetRequiredService<WholesaleDb>().Events.CountAsync();
        await second.ServiceProvider.GetRequiredService<WholesaleDb>().Events.CountAsync();
        await first.DisposeAsync();

        ending.Get<HostConnections>().Dispose();
        Assert.Equal((ConnectionState.Closed, ConnectionState.Open), (unused.State, used.State));
        Assert.Equal(0, await second.ServiceProvider.GetRequiredService<WholesaleDb>().Events.CountAsync());
        await second.DisposeAsync();
        Assert.Equal(ConnectionState.Closed, used.State);
        await ending.DisposeAsync();
    }

    private static DbConnection Connection(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.GetDbConnection();

    /// <summary>The connection that a scope writes by.</summary>
    private static async Task<DbConnection> Written(AsyncServiceScope scope) => await scope.ServiceProvider.GetRequiredService<Writes>().Run(Actor.System, () =>
    {
        scope.ServiceProvider.GetRequiredService<Writes>().Record("TESTED", 7, 1);
        return new ValueTask<DbConnection>(Connection(scope));
    });
}

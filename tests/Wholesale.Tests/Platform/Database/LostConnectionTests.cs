using System.Data.Common;
using System.Net;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Pricing;

namespace Wholesale.Tests.Platform.Database;

/// <summary>What clients see of connections to SQL Server that are really cut.</summary>
public sealed class LostConnectionTests : IAsyncLifetime
{
    private const string Create = "mutation($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { externalId } userErrors { code } } }";

    private readonly CutOffHost? host = SqlServerForTests.IsUsed ? new() : null;

    public async ValueTask InitializeAsync()
    {
        if (host is not null)
        {
            await host.InitializeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    [Theory(SkipType = typeof(SqlServerForTests), SkipUnless = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.NeedsServer)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mutation_whose_connection_is_cut_at_its_commit_happens_once_whether_the_server_heard_of_it_or_not(bool isHeard)
    {
        host!.AtNextCommit(isHeard ? host.Proxy.CutAtNextAnswer : host.Proxy.Cut);

        var (status, body) = await Send("cut-at-the-commit");

        Assert.True(status == HttpStatusCode.OK && body.Contains("\"userErrors\":[]", StringComparison.Ordinal), body);
        Assert.Equal(1, await Events());
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipUnless = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.NeedsServer)]
    public async Task A_mutation_whose_connection_is_cut_in_its_middle_is_tried_again()
    {
        host!.AtNextStatement("INSERT INTO [PriceLists]", host.Proxy.CutAtNextAnswer);

        var (status, body) = await Send("cut-in-the-middle");

        Assert.True(status == HttpStatusCode.OK && body.Contains("\"userErrors\":[]", StringComparison.Ordinal), body);
        Assert.Equal(1, await Events());
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipUnless = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.NeedsServer)]
    public async Task A_query_whose_connection_is_cut_is_answered_by_another()
    {
        await Send("listed");
        var before = host!.Proxy.Connections;
        host.AtNextStatement("FROM [PriceLists]", host.Proxy.CutAtNextAnswer);

        var (status, body) = await host.Ask(host.StaffKey, "{ priceLists(first: 1) { edges { node { externalId } } } }", path: "/admin/graphql");

        Assert.Equal((HttpStatusCode.OK, """{"data":{"priceLists":{"edges":[{"node":{"externalId":"listed"}}]}}}"""), (status, body));
        Assert.True(host.Proxy.Connections > before);
    }

    private Task<(HttpStatusCode Status, string Body)> Send(string externalId) =>
        host!.Ask(host.StaffKey, Create, new { input = new { externalId, name = externalId, currency = "EUR" } }, "/admin/graphql");

    private async Task<int> Events()
    {
        await using var scope = host!.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.CountAsync(e => e.Type == PricingEvents.PriceListChanged);
    }

    private sealed class CutOffHost : TestHost
    {
        private readonly Moments moments = new();

        public CutOffHost()
        {
            var server = new SqlConnectionStringBuilder(ConnectionString).DataSource.Split(',');
            Proxy = new FaultyProxy(server[0], server.Length > 1 ? int.Parse(server[1], System.Globalization.CultureInfo.InvariantCulture) : 1433);
        }

        public FaultyProxy Proxy { get; }

        protected override IEnumerable<string> Settings =>
        [
            "--ConnectionStrings:Wholesale=" + new SqlConnectionStringBuilder(ConnectionString) { DataSource = $"127.0.0.1,{Proxy.Port}" },
        ];

        public void AtNextCommit(Action action) => moments.Commit = action;

        public void AtNextStatement(string part, Action action) => moments.Statement = (part, action);

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Proxy.Dispose();
            SqlConnection.ClearAllPools();
        }

        protected override void Add(IServiceCollection services)
        {
            services.AddSingleton<IInterceptor>(moments);
            services.AddSingleton<IInterceptor>(new Statements(moments));
        }
    }

    /// <summary>Acts once, just before a transaction is committed.</summary>
    private sealed class Moments : DbTransactionInterceptor
    {
        public Action? Commit { get; set; }

        public (string Part, Action Action)? Statement { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            Commit?.Invoke();
            Commit = null;
            return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
        }
    }

    /// <summary>Acts once, just before a statement is sent.</summary>
    private sealed class Statements(Moments moments) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (moments.Statement is { } awaited && command.CommandText.Contains(awaited.Part, StringComparison.Ordinal))
            {
                moments.Statement = null;
                awaited.Action();
            }

            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}

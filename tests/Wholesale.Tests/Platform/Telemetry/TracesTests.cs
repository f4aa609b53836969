using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>What a trace tells of a request.</summary>
[Collection(nameof(TelemetryAlone))]
public sealed class TracesTests(TracedHost host) : IClassFixture<TracedHost>
{
    [Fact]
    public async Task A_query_tells_its_operation_its_cost_its_statements_and_its_look_ups()
    {
        await host.Admin("query Markets { markets { name } }");
        var cost = "";

        var trace = await host.Traced(async () =>
        {
            using var response = await host.Send(host.StaffKey, "query Markets { markets { name } }", path: "/admin/graphql");
            cost = response.Headers.GetValues("GraphQL-Cost").Single();
        });

        var asked = trace.Asked;
        Assert.Equal("query Markets", asked.Name);
        Assert.Equal(("query", "Markets"), (asked["graphql.operation.type"], asked["graphql.operation.name"]));
        Assert.Equal(PersistedDocument.Of("query Markets { markets { name } }"u8.ToArray()).Id, asked["graphql.document.hash"]);
        Assert.Equal(cost, $"charged={asked["wholesale.cost.charged"]}, actual={asked["wholesale.cost.actual"]}");
        Assert.Equal(("succeeded", "http", "staff"), (asked["wholesale.operation.outcome"], asked["wholesale.operation.transport"], asked["wholesale.principal.kind"]));
        Assert.Equal((1L, 1L, 0L), (asked["wholesale.cache.api_keys.memory"], asked["wholesale.cache.hits"], asked["wholesale.cache.misses"]));
        Assert.Equal(("/admin/graphql", 200L), (asked["http.route"], asked["http.response.status_code"]));
        Assert.False(asked.IsError);
        var statement = Assert.Single(trace.Statements);
        Assert.Equal((1L, asked.Id), (asked["wholesale.statements"], statement.ParentId));
        Assert.Equal(("SELECT Markets", "SELECT", "Markets"), (statement.Name, statement["db.operation.name"], statement["db.collection.name"]));
        Assert.StartsWith("SELECT ", (string)statement["db.query.text"]!, StringComparison.Ordinal);
        Assert.Equal(SqlServerForTests.IsUsed ? "microsoft.sql_server" : "sqlite", statement["db.system.name"]);
    }

    [Fact]
    public async Task A_credential_that_was_not_used_of_late_is_a_statement_and_a_miss()
    {
        var key = await host.CreateStaffKey("new");

        var trace = await host.Traced(() => host.Data(key, "{ me { kind } }", path: "/admin/graphql"));

        Assert.Equal("query", trace.Asked.Name);
        Assert.Null(trace.Asked["graphql.operation.name"]);
        Assert.Equal((1L, 1L), (trace.Asked["wholesale.cache.api_keys.database"], trace.Asked["wholesale.cache.misses"]));
        Assert.Equal("SELECT ApiKeys", trace.Statements[0].Name);
        Assert.DoesNotContain(trace.Statements, statement => ((string)statement["db.query.text"]!).Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_for_prices_tells_which_level_had_its_lists_and_its_book()
    {
        await host.Import("products", """{"sku":"T","texts":[{"locale":"en","name":"T"}],"publishedFrom":"2026-01-01T00:00:00Z","variants":[{"sku":"T-1"}]}""");
        await host.Import("price-lists", """{"externalId":"all","name":"All","currency":"EUR","assignments":[{"everyone":true,"validFrom":"2020-01-01T00:00:00Z"}]}""");
        await host.Import("prices", """{"priceList":"all","sku":"T-1","unitPrice":"3.50"}""");
        const string Priced = "query Priced { variant(sku: \"T-1\") { price { unitPrice { amount } } } }";

        var (cold, warm) = (await host.Traced(() => host.Admin(Priced)), await host.Traced(() => host.Admin(Priced)));

        Assert.Equal((1L, 1L), (cold.Asked["wholesale.cache.price_lists.database"], cold.Asked["wholesale.cache.price_books.database"]));
        Assert.Equal((1L, 1L), (warm.Asked["wholesale.cache.price_lists.memory"], warm.Asked["wholesale.cache.price_books.memory"]));
        Assert.Contains(cold.Statements, statement => statement.Name == "SELECT PriceListAssignments");
        Assert.Single(warm.Statements, statement => statement.Name == "SELECT Variants");
    }

    [Fact]
    public async Task A_mutation_tells_each_of_its_statements_without_their_values()
    {
        var trace = await host.Traced(() => host.Admin(
            "mutation AddMarket { upsertMarkets(input: { markets: [{ externalId: \"traced\", name: \"Confidential\", currency: \"EUR\" }] }) { userErrors { code } } }"));

        Assert.Equal("mutation AddMarket", trace.Asked.Name);
        Assert.Equal("succeeded", trace.Asked["wholesale.operation.outcome"]);
        Assert.Contains(trace.Statements, statement => statement.Name == "INSERT Markets");
        Assert.Contains(trace.Statements, statement => statement.Name == "INSERT Events");
        Assert.Equal(trace.Asked["wholesale.statements"], trace.Statements.Sum(statement => (long)(statement["db.operation.batch.size"] ?? 1L)));
        Assert.All(trace.Statements, statement => Assert.DoesNotContain("Confidential", string.Join(' ', statement.Tags.Values), StringComparison.Ordinal));
        Assert.DoesNotContain("Confidential", string.Join(' ', trace.Asked.Tags.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mutation_that_waits_for_its_turn_says_so()
    {
        var gate = host.Services.GetRequiredService<WriteGate>();
        var turn = await gate.Enter(CancellationToken.None);

        var trace = await host.Traced(async () =>
        {
            var mutation = host.Admin("mutation { upsertMarkets(input: { markets: [{ externalId: \"waits\", name: \"W\", currency: \"EUR\" }] }) { userErrors { code } } }");
            await Eventually.Holds(() => gate.Waiting == 1);
            turn.Dispose();
            await mutation;
        });

        var waiting = Assert.Single(host.Collector.Spans, span => span.TraceId == trace.Asked.TraceId && span.Name == "wait for a turn to write");
        Assert.Equal(trace.Asked.Id, waiting.ParentId);
        Assert.All(trace.Statements, statement => Assert.Equal(trace.Asked.Id, statement.ParentId));
    }

    [Fact]
    public async Task A_buyers_request_tells_the_company_but_no_person_and_names_no_span()
    {
        var key = await BuyerKey();

        var trace = await host.Traced(() => host.Data(key, "query Mine { me { kind company { name } } }"));

        Assert.Equal(("query", "Mine"), (trace.Asked.Name, trace.Asked["graphql.operation.name"]));
        Assert.Equal("company_user", trace.Asked["wholesale.principal.kind"]);
        Assert.IsType<long>(trace.Asked["wholesale.company.id"]);
        Assert.DoesNotContain(trace.Asked.Tags, tag => tag.Key.Contains("user.", StringComparison.Ordinal) || tag.Key.Contains("peer", StringComparison.Ordinal) || tag.Key.Contains("client", StringComparison.Ordinal));
        Assert.DoesNotContain("ada", string.Join(' ', trace.Asked.Tags.Values), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_trusted_document_names_the_span_whoever_sends_it()
    {
        const string Document = "query Trusted { me { kind } }";
        await host.Admin("mutation { registerTrustedDocuments(input: { documents: [\"" + Document + "\"] }) { userErrors { code } } }");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { documentId = PersistedDocument.Of(Encoding.UTF8.GetBytes(Document)).Id }) };
        request.Headers.Add("X-Api-Key", await BuyerKey());

        var trace = await host.Traced(async () =>
        {
            using var response = await host.Client.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode);
        });

        Assert.Equal("query Trusted", trace.Asked.Name);
    }

    [Fact]
    public async Task A_resolver_that_fails_marks_the_trace_that_the_answer_tells()
    {
        host.LoseNext("Markets", new InvalidOperationException("Ada's secret."));
        var body = "";

        var trace = await host.Traced(async () => (_, body) = await host.Ask(host.StaffKey, "query Broken { markets { name } }", path: "/admin/graphql"));

        using var answer = JsonDocument.Parse(body);
        var extensions = answer.RootElement.GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal(("INTERNAL", trace.Asked.TraceId), (extensions.GetProperty("code").GetString(), extensions.GetProperty("traceId").GetString()));
        Assert.True(trace.Asked.IsError);
        Assert.Equal(("partial", "System.InvalidOperationException"), (trace.Asked["wholesale.operation.outcome"], trace.Asked["error.type"]));
        var exception = Assert.Single(trace.Asked.Events);
        Assert.Equal("exception", exception.Name);
        Assert.Contains("FaultyStatements", (string)exception.Tags["exception.stacktrace"], StringComparison.Ordinal);
        var statement = Assert.Single(trace.Statements);
        Assert.True(statement.IsError);
        Assert.Equal("System.InvalidOperationException", statement["error.type"]);
        Assert.DoesNotContain("secret", string.Join(' ', [.. trace.Asked.Tags.Values, .. exception.Tags.Values, .. statement.Tags.Values, trace.Asked.StatusMessage, statement.StatusMessage]), StringComparison.Ordinal);
        await Eventually.Holds(() => host.Collector.Logs.Any(log =>
            (log.TraceId, log.Category, log.Severity, log.Body) == (trace.Asked.TraceId, "Wholesale.GraphQL", "Error", "Query.markets failed.")));
    }

    [Fact]
    public async Task What_is_refused_says_by_which_code_and_is_no_error_of_the_server()
    {
        var trace = await host.Traced(() => host.Ask(host.StaffKey, "{ nothing }", path: "/admin/graphql"));

        Assert.Equal(("GraphQL Operation", "refused"), (trace.Asked.Name, trace.Asked["wholesale.operation.outcome"]));
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", trace.Asked["wholesale.error.code"]);
        Assert.Null(trace.Asked["graphql.operation.type"]);
        Assert.False(trace.Asked.IsError);
    }

    [Fact]
    public async Task An_event_in_the_log_has_the_id_of_the_trace_that_made_it()
    {
        var trace = await host.Traced(() => host.Admin(
            "mutation { upsertMarkets(input: { markets: [{ externalId: \"logged\", name: \"Logged\", currency: \"EUR\" }] }) { userErrors { code } } }"));

        await using var scope = host.Services.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.OrderBy(e => e.Number).LastAsync();
        Assert.Equal(("MARKET_CHANGED", trace.Asked.TraceId), (last.Type, last.TraceId));
    }

    [Fact]
    public async Task An_import_is_a_trace_too()
    {
        var trace = await host.Traced(() => host.Import("markets", """{"externalId":"imported","name":"M","currency":"EUR"}"""));

        Assert.Equal(("POST /imports/{kind}", "staff"), (trace.Asked.Name, trace.Asked["wholesale.principal.kind"]));
        Assert.Contains(trace.Statements, statement => statement.Name == "INSERT Markets");
    }

    [Fact]
    public async Task Health_is_not_traced()
    {
        await host.Client.GetStringAsync("/health/live");
        await host.Client.GetStringAsync("/health/ready");

        await host.Traced(() => host.Admin("query After { me { kind } }"));

        Assert.DoesNotContain(host.Collector.Spans, span => span["url.path"] is string path && path.StartsWith("/health", StringComparison.Ordinal));
    }

    private async Task<string> BuyerKey()
    {
        await host.Import("companies", """{"externalId":"acme","name":"Acme","users":[{"externalId":"buyer","name":"Ada","email":"ada@acme.example"}]}""");
        return await host.CreateBuyerKey("acme");
    }
}

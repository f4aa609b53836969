using System.Net;
using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Tests.Execution;
using Wholesale.GraphQL.Tests.Execution.Cost;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>What a client is told of costs, and what happens when it has spent what it may.</summary>
public sealed class CostOverHttpTests
{
    private static readonly RequestLimits Limits = new() { MaxCost = 60, CostBucket = 100, CostRefillPerSecond = 10 };

    [Fact]
    public async Task Every_answer_says_what_it_cost()
    {
        await using var server = await Start(Limits);

        Assert.Equal("charged=53, actual=13, limit=60, remaining=87", Cost(await Ask(server, "{ box { detail balls { id } } }")));
        Assert.Equal("charged=3, actual=3, limit=60, remaining=84", Cost(await Ask(server, "mutation { write(input: { rows: [] }) { boxes { id } } }")));
        Assert.Equal("charged=6, actual=5, limit=60, remaining=79", Cost(await Ask(server, "{ fails { id } }")));
        using var byGet = await server.Http.GetAsync("/graphql?query={box{id}}");
        Assert.Equal("charged=2, actual=2, limit=60, remaining=77", Cost(byGet));
    }

    [Fact]
    public async Task What_is_not_limited_is_left_out()
    {
        await using var unlimited = await Start(Limits with { MaxCost = null, CostBucket = null });
        await using var without = await TestServer.Start(TestServer.With(Limits));

        Assert.Equal("charged=53, actual=13", Cost(await Ask(unlimited, "{ box { detail balls { id } } }")));
        Assert.Equal("", Cost(await Ask(without, "{ echo }")));
        Assert.Equal("", Cost(await Ask(unlimited, "{ nothing }")));
    }

    [Theory]
    [InlineData(MediaTypes.Json, HttpStatusCode.OK)]
    [InlineData(MediaTypes.GraphQLResponse, HttpStatusCode.BadRequest)]
    public async Task What_costs_too_much_is_refused_before_it_runs_and_not_charged(string accept, HttpStatusCode status)
    {
        await using var server = await Start(Limits);

        using var response = await Ask(server, "{ page(first: 60) { edges { node { id } } } }", accept);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(
            """{"errors":[{"message":"The operation may cost 62; the limit is 60. Most of it is Edge.node.","locations":[{"line":1,"column":29}],"extensions":{"code":"COST_LIMIT_EXCEEDED"}}]}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal("charged=0, actual=0, limit=60, remaining=100", Cost(response));
    }

    [Fact]
    public async Task A_query_over_a_socket_is_paid_for_like_any_other()
    {
        const string Sdl = CostHarness.Directives + "type Query { a: Int @cost(weight: \"4\") }";
        var executor = ExecutionHarness.Executor(Sdl, map => map.Field("Query.a", () => 1));
        await using var server = await StreamServer.Start(
            it => TestServer.With(Limits with { MaxCost = 10, CostBucket = 10, CostRefillPerSecond = 1 }) with { Costs = new CostBuckets(it.Time) }, executor);
        await using var socket = await server.Open();

        for (var i = 1; i <= 2; i++)
        {
            await socket.Subscribe($"{i}", "{ a }");
            await socket.Expect($$$$"""{"id":"{{{{i}}}}","type":"next","payload":{"data":{"a":1}}}""");
            await socket.Expect($$"""{"id":"{{i}}","type":"complete"}""");
        }

        await socket.Subscribe("3", "{ a }");
        await socket.Expect("""{"id":"3","type":"error","payload":[{"message":"The operation may cost 5, and less is left: try again in 5 s.","extensions":{"code":"RATE_LIMITED"}}]}""");
    }

    [Fact]
    public async Task An_event_that_cannot_be_paid_for_waits_until_it_can_and_none_is_lost()
    {
        const string Sdl = CostHarness.Directives + "type Query { a: Int } type Subscription { numbers: Int @cost(weight: \"4\") }";
        var numbers = new Feed<int?>();
        var executor = ExecutionHarness.Executor(Sdl, map =>
        {
            map.Field("Query.a", () => 1);
            map.Field("Subscription.numbers", (CancellationToken cancellation) => numbers.Read(cancellation));
        });

        // The root weighs 1, so an event costs 5: two are paid for, and the third when five seconds have filled the bucket.
        await using var server = await StreamServer.Start(
            it => TestServer.With(Limits with { MaxCost = 10, CostBucket = 10, CostRefillPerSecond = 1 }) with { Costs = new CostBuckets(it.Time), Time = it.Time }, executor);
        await using var events = await server.Events("subscription { numbers }");
        await events.Expect(":");
        await numbers.HasReaders();
        numbers.Put(1);
        numbers.Put(2);
        numbers.Put(3);
        await events.Expect("event: next\ndata: {\"data\":{\"numbers\":1}}", "event: next\ndata: {\"data\":{\"numbers\":2}}");

        var third = events.Next();
        var seconds = 0;
        for (; !third.IsCompleted && seconds < 11; seconds++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(third, Task.Delay(TimeSpan.FromMilliseconds(50)));
        }

        Assert.Equal("event: next\ndata: {\"data\":{\"numbers\":3}}", await third);
        Assert.InRange(seconds, 5, 10);
    }

    [Theory]
    [InlineData(MediaTypes.Json)]
    [InlineData(MediaTypes.GraphQLResponse)]
    public async Task Who_has_spent_all_is_told_when_to_come_again(string accept)
    {
        await using var server = await Start(Limits);
        await Ask(server, "{ byIds(ids: [ball, ball, ball, ball, ball, ball, ball, ball, ball, ball]) { id } }".Replace("ball", "\"ball\"", StringComparison.Ordinal));

        using var response = await Ask(server, "{ box { balls { id } } }", accept);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal($"{accept}; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("Retry-After")));
        Assert.Equal("""{"errors":[{"message":"The operation may cost 52, and less is left: try again in 1 s.","extensions":{"code":"RATE_LIMITED"}}]}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("charged=0, actual=0, limit=60, remaining=44", Cost(response));
        Assert.Equal(HttpStatusCode.OK, (await Ask(server, "{ box { id } }", accept)).StatusCode);
    }

    [Fact]
    public async Task The_body_says_it_too_if_asked()
    {
        await using var server = await Start(Limits);
        server.Http.DefaultRequestHeaders.Add("GraphQL-Cost", "report");

        Assert.Equal(
            """{"data":{"box":{"id":"1"}},"extensions":{"cost":{"charged":2,"actual":2,"limit":60,"remaining":98}}}""",
            await (await Ask(server, "{ box { id } }")).Content.ReadAsStringAsync());
        Assert.EndsWith(
            """{"code":"COST_LIMIT_EXCEEDED"}}],"extensions":{"cost":{"charged":0,"actual":0,"limit":60,"remaining":98}}}""",
            await (await Ask(server, "{ page(first: 99) { edges { node { id } } } }")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_host_answers_without_executing_is_sent_as_it_is_and_costs_nothing()
    {
        GraphQLResponse? kept = null;
        await using var server = await Start(Limits, async (_, _, execute) => kept is null ? kept = await Copy(execute) : kept);
        server.Http.DefaultRequestHeaders.Add("GraphQL-Cost", "report");
        const string Mutation = "mutation { write(input: { rows: [{}] }) { notes { text } } }";

        using var first = await Ask(server, Mutation);
        using var replay = await Ask(server, Mutation);

        Assert.Equal("""{"data":{"write":{"notes":[{"text":"a"},{"text":"b"}]}},"extensions":{"cost":{"charged":4,"actual":4,"limit":60,"remaining":96}}}""", await first.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"write":{"notes":[{"text":"a"},{"text":"b"}]}}}""", await replay.Content.ReadAsStringAsync());
        Assert.StartsWith("charged=0, actual=0, limit=60, remaining=", Cost(replay), StringComparison.Ordinal);

        static async Task<GraphQLResponse> Copy(Func<ValueTask<GraphQLResponse>> execute)
        {
            var response = await execute();
            return response with { Body = response.Body.ToArray() };
        }
    }

    [Fact]
    public async Task What_breaks_off_gives_back_what_it_did_not_cost()
    {
        await using var server = await Start(Limits, (_, _, _) => throw new InvalidOperationException("The database is gone."));

        for (var i = 0; i < 3; i++)
        {
            using var failed = await Ask(server, "mutation { write(input: { rows: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }) { boxes { id } } }");
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        Assert.Equal("charged=2, actual=2, limit=60, remaining=98", Cost(await Ask(server, "{ box { id } }")));
    }

    private static Task<TestServer> Start(RequestLimits limits, AroundMutation? around = null) =>
        TestServer.Start(TestServer.With(limits) with { AroundMutation = around, Costs = new CostBuckets(new CostHarness.TestTime()) }, CostHarness.Executor());

    private static async Task<HttpResponseMessage> Ask(TestServer server, string query, string accept = MediaTypes.Json) =>
        await server.Send(HttpMethod.Post, new StringContent(System.Text.Json.JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json"), accept);

    private static string Cost(HttpResponseMessage response) =>
        response.Headers.TryGetValues("GraphQL-Cost", out var values) ? Assert.Single(values) : "";
}

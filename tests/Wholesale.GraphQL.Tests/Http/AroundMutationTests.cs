using System.Net;
using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Tests.Execution;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>What a host puts around a mutation: it may answer in its place, refuse it, or execute it.</summary>
public sealed class AroundMutationTests
{
    private const string Mutation = """{"query":"mutation M($by: Int!) { a: add(by: $by) { value } b: add(by: 1) { value } }","operationName":"M","variables":{"by": 2 }}""";

    private readonly List<string> calls = [];

    [Fact]
    public async Task The_host_sees_the_mutation_as_it_was_sent_and_its_response()
    {
        await using var server = await Start(async (_, mutation, execute) =>
        {
            var response = await execute();
            calls.Add($"{Encoding.UTF8.GetString(mutation.Document.Span)[..10]} {mutation.OperationName} {Encoding.UTF8.GetString(mutation.Variables.Span)} {mutation.RootFields.Count}");
            calls.Add($"{response.StatusCode} {response.ContentType} {Encoding.UTF8.GetString(response.Body.Span)}");
            return response with { Headers = [("X-Replayed", "no")] };
        });

        using var response = await server.Post(Mutation);

        Assert.Equal("""{"data":{"a":{"value":2},"b":{"value":3}}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(["no"], response.Headers.GetValues("X-Replayed"));
        Assert.Equal(
            [
                """mutation M M {"by": 2 } 2""",
                """200 application/graphql-response+json; charset=utf-8 {"data":{"a":{"value":2},"b":{"value":3}}}""",
            ],
            calls);
    }

    [Fact]
    public async Task The_host_may_answer_without_executing()
    {
        await using var server = await Start((_, _, _) => new(GraphQLResponse.Refusal(409, "application/json", "Later.", "IN_PROGRESS")));

        using var response = await server.Post(Mutation);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("""{"errors":[{"message":"Later.","extensions":{"code":"IN_PROGRESS"}}]}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_host_may_execute_again()
    {
        await using var server = await Start(async (_, _, execute) =>
        {
            await execute();
            return await execute();
        });

        await server.Expect(Mutation, HttpStatusCode.OK, """{"data":{"a":{"value":5},"b":{"value":6}}}""");
    }

    [Theory]
    [InlineData("""{"query":"{ echo }"}""", HttpStatusCode.OK)]
    [InlineData("""{"query":"mutation { nothing }"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"query":"mutation($by: Int!) { add(by: $by) { value } }"}""", HttpStatusCode.BadRequest)]
    public async Task Nothing_is_put_around_a_query_nor_what_cannot_be_executed(string body, HttpStatusCode status)
    {
        await using var server = await Start((_, _, _) => throw new InvalidOperationException("never"));

        using var response = await server.Post(body);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_caller_is_the_host_s_word_and_the_owner_of_cached_documents()
    {
        object? seen = null;
        var executor = ExecutionHarness.Executor("type Query { a: Int }", map => map.Field("Query.a", (RequestContext context) =>
        {
            seen = context.Caller;
            return 1;
        }));
        await using var server = await TestServer.Start(new EndpointOptions { Client = http => new Client { Caller = http.Request.Headers["X-Who"].ToString() } }, executor);
        server.Http.DefaultRequestHeaders.Add("X-Who", "someone");

        await server.Expect("""{"query":"{ a }"}""", HttpStatusCode.OK, """{"data":{"a":1}}""");

        Assert.Equal("someone", seen);
        Assert.Equal(1, executor.Cache.Count);
    }

    private static Task<TestServer> Start(AroundMutation around) => TestServer.Start(new EndpointOptions { AroundMutation = around });
}

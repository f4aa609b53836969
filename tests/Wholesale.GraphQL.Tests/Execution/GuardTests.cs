using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>What is asked before a resolver is called, and what its parameters are given.</summary>
public sealed class GuardTests
{
    private readonly List<string> calls = [];

    [Theory]
    [InlineData("Item")]
    [InlineData("Size")]
    [InlineData("Named")]
    [InlineData("[Item]")]
    [InlineData("Int")]
    public async Task A_refused_field_of_any_kind_is_null_and_the_others_are_answered(string type)
    {
        var executor = Executor(
            $$"""
            type Query { items: [Holder!] }
            type Holder { id: Int secret: {{type}} }
            interface Named { id: Int }
            type Item implements Named { id: Int }
            type Size { width: Int }
            """,
            map =>
            {
                map.Type<Item>("Item");
                map.Type<Size>("Size");
                map.Field("Query.items", () => (IReadOnlyList<Holder>)[new Holder(1), new Holder(2)]);
                map.Field("Holder.secret", type switch
                {
                    "Item" => (Batch<Holder> h) => Called(h.Map(x => new Item(x.Id))),
                    "Size" => (Batch<Holder> h) => Called(h.Map(x => (Size?)new Size(x.Id))),
                    "Named" => (Batch<Holder> h) => Called(h.Map(x => (object)new Item(x.Id))),
                    "[Item]" => (Batch<Holder> h) => Called(h.Map(x => (IReadOnlyList<Item>)[new Item(x.Id)])),
                    _ => (Delegate)((Batch<Holder> h) => Called(h.Map(x => x.Id))),
                });
                map.Guard(f => f.Coordinate == "Holder.secret" ? Refuse : null);
            });

        var selection = type == "Int" ? "" : " { __typename }";
        for (var i = 0; i < 2; i++)
        {
            await executor.Expect(
                $"{{ items {{ secret{selection} id }} }}",
                """{"errors":[{"message":"Not yours.","locations":[{"line":1,"column":11}],"path":["items",0,"secret"],"extensions":{"code":"FORBIDDEN"}},"""
                + """{"message":"Not yours.","locations":[{"line":1,"column":11}],"path":["items",1,"secret"],"extensions":{"code":"FORBIDDEN"}}],"""
                + "\"data\":{\"items\":[{\"secret\":null,\"id\":1},{\"secret\":null,\"id\":2}]}}");
        }

        Assert.Empty(calls);
    }

    [Fact]
    public async Task A_guard_that_throws_fails_its_field_alone()
    {
        var executor = Executor("type Query { a: Int b: Int }", map =>
        {
            map.Field("Query.a", () => 1);
            map.Field("Query.b", () => 2);
            map.Guard(f => f.Name == "a" ? _ => throw new InvalidOperationException("secret") : null);
        });

        await executor.Expect(
            "{ a b }",
            """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":3}],"path":["a"],"extensions":{"code":"INTERNAL"}}],"data":{"a":null,"b":2}}""");
    }

    [Fact]
    public async Task The_first_guard_that_refuses_is_the_last_that_is_asked()
    {
        var executor = Executor("type Query { a: Int }", map =>
        {
            map.Field("Query.a", () => 1);
            map.Guard(_ => _ => Asked("first", null));
            map.Guard(_ => null);
            map.Guard(_ => _ => Asked("second", new GraphQLError("No.") { Code = "NO" }));
            map.Guard(_ => _ => Asked("third", null));
        });

        await executor.Expect("{ a }", """{"errors":[{"message":"No.","locations":[{"line":1,"column":3}],"path":["a"],"extensions":{"code":"NO"}}],"data":{"a":null}}""");

        Assert.Equal(["first", "second"], calls);
    }

    [Fact]
    public async Task Parameters_are_services_or_what_the_map_provides()
    {
        var executor = Executor("type Query { a: String b: String }", map =>
        {
            map.Field("Query.a", (Service service, Who who) => $"{service.Name} {who.Name}");
            map.Field("Query.b", (Missing missing) => "never");
            map.Parameter(async context =>
            {
                await Task.Yield();
                return new Who($"for {context.Services.GetRequiredService<Service>().Name}");
            });
        });

        var response = await executor.Ask("{ a b }", context: Context(s => s.AddSingleton(new Service("stock"))));

        Assert.Equal("""{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":5}],"path":["b"],"extensions":{"code":"INTERNAL"}}],"data":{"a":"stock for stock","b":null}}""", response);
    }

    [Fact]
    public async Task A_cancelled_request_ends_without_an_answer_and_calls_nothing_more()
    {
        using var cancellation = new CancellationTokenSource();
        var executor = Executor("type Query { a: Int b: Int }", map =>
        {
            map.Field("Query.a", int (CancellationToken token) =>
            {
                cancellation.Cancel();
                token.ThrowIfCancellationRequested();
                return 1;
            });
            map.Field("Query.b", () => Called(new int?[] { 2 })[0]);
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => executor.Ask("{ a b }", context: Context(cancellation: cancellation.Token)));

        Assert.Empty(calls);
    }

    [Fact]
    public async Task A_time_limit_of_the_resolver_s_own_is_an_error_like_any_other()
    {
        var executor = Executor("type Query { a: Int }", map => map.Field("Query.a", int? () => throw new OperationCanceledException("timed out")));

        await executor.Expect("{ a }", """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":3}],"path":["a"],"extensions":{"code":"INTERNAL"}}],"data":{"a":null}}""");
    }

    private static ValueTask<GraphQLError?> Refuse(RequestContext context) => new(new GraphQLError("Not yours.") { Code = "FORBIDDEN" });

    private ValueTask<GraphQLError?> Asked(string guard, GraphQLError? answer)
    {
        calls.Add(guard);
        return new ValueTask<GraphQLError?>(answer);
    }

    private T[] Called<T>(T[] result)
    {
        calls.Add("called");
        return result;
    }

    private sealed record Holder(int Id);

    private sealed record Item(int Id);

    private readonly record struct Size(int Width);

    private sealed record Service(string Name);

    private sealed record Who(string Name);

    private sealed record Missing;
}

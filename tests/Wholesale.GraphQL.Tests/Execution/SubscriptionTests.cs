using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Tests;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 6.2.3 "Subscription": from a source's values to responses, and how a stream begins and ends.</summary>
public sealed class SubscriptionTests
{
    private const string Sdl = """
        type Query { one: Int }
        type Subscription { ticks(from: Int = 0): Tick strict: Tick! number: Int need(number: Int! = 1): Int }
        type Tick { number: Int! name: String! prices(factor: Int!): [Int] }
        """;

    private readonly Feed<Tick?> ticks = new();
    private readonly Feed<int?> numbers = new();
    private readonly List<string> calls = [];
    private Exception? openingFails;
    private Func<RequestContext, GraphQLError?> guard = _ => null;

    [Fact]
    public async Task Each_event_is_answered_by_the_selections()
    {
        await using var stream = await Subscribe("subscription($f: Int!) { t: ticks(from: 3) { number prices(factor: $f) __typename } }", """{"f":10}""");

        Assert.Equal("""{"data":{"t":{"number":1,"prices":[10,20],"__typename":"Tick"}}}""", await Next(stream, () => ticks.Put(new Tick(1))));
        Assert.Equal("""{"data":{"t":{"number":2,"prices":[20,30],"__typename":"Tick"}}}""", await Next(stream, () => ticks.Put(new Tick(2))));
        Assert.Equal(["from 3"], calls);
    }

    [Fact]
    public async Task Events_that_come_faster_than_they_are_read_are_answered_in_their_order()
    {
        await using var stream = await Subscribe("subscription { number }");
        var first = stream.MoveNext().AsTask();
        await numbers.HasReaders();
        for (var i = 0; i < 100; i++)
        {
            numbers.Put(i);
        }

        Assert.True(await first);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($$$$"""{"data":{"number":{{{{i}}}}}}""", await Execute(stream));
            Assert.True(i == 99 || await stream.MoveNext());
        }
    }

    [Fact]
    public async Task A_null_event_is_null_where_the_type_allows_it_and_an_error_where_not()
    {
        await using var lenient = await Subscribe("subscription { ticks { number } }");
        Assert.Equal("""{"data":{"ticks":null}}""", await Next(lenient, () => ticks.Put(null)));

        await lenient.DisposeAsync();
        await using var strict = await Subscribe("subscription { strict { number } }");
        Assert.Equal(
            """{"errors":[{"message":"Cannot return null for non-nullable field Subscription.strict.","locations":[{"line":1,"column":16}],"path":["strict"],"extensions":{"code":"INTERNAL"}}],"data":null}""",
            await Next(strict, () => ticks.Put(null)));
        Assert.Equal("""{"data":{"strict":{"number":2}}}""", await Next(strict, () => ticks.Put(new Tick(2))));
    }

    [Fact]
    public async Task An_event_that_fails_in_part_ends_nothing()
    {
        await using var stream = await Subscribe("subscription { ticks { number name } }");

        Assert.Equal(
            """{"errors":[{"message":"No name.","locations":[{"line":1,"column":31}],"path":["ticks","name"],"extensions":{"code":"NAMELESS"}}],"data":{"ticks":null}}""",
            await Next(stream, () => ticks.Put(new Tick(13))));
        Assert.Equal("""{"data":{"ticks":{"number":14,"name":"tick 14"}}}""", await Next(stream, () => ticks.Put(new Tick(14))));
    }

    [Fact]
    public async Task A_source_that_ends_ends_the_stream_without_an_error()
    {
        await using var stream = await Subscribe("subscription { number }");
        await Next(stream, () => numbers.Put(1));

        numbers.End();

        Assert.False(await stream.MoveNext());
        Assert.False(await stream.MoveNext());
        Assert.Empty(stream.Errors);
        Assert.Equal(1, numbers.Disposed);
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_stream_with_one_error_and_the_host_hears_of_it()
    {
        await using var stream = await Subscribe("subscription { n: number }");
        await Next(stream, () => numbers.Put(1));

        numbers.End(new InvalidOperationException("secret"));

        Assert.False(await stream.MoveNext());
        Assert.Equal(
            """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":16}],"path":["n"],"extensions":{"code":"INTERNAL","traceId":"secret at Subscription.number"}}]}""",
            Text(stream.Errors));
        Assert.False(await stream.MoveNext());
    }

    [Fact]
    public async Task A_source_may_end_with_words_of_its_own()
    {
        await using var stream = await Subscribe("subscription { number }");
        await Next(stream, () => numbers.Put(1));

        numbers.End(new GraphQLException("The log was cut.", "GONE"));

        Assert.False(await stream.MoveNext());
        Assert.Equal("""{"errors":[{"message":"The log was cut.","locations":[{"line":1,"column":16}],"path":["number"],"extensions":{"code":"GONE"}}]}""", Text(stream.Errors));
    }

    [Fact]
    public async Task A_source_that_cannot_be_opened_gives_no_stream()
    {
        openingFails = new InvalidOperationException("secret");

        await using var stream = await Subscribe("subscription { ticks { number } }");

        Assert.Equal(
            """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":16}],"path":["ticks"],"extensions":{"code":"INTERNAL","traceId":"secret at Subscription.ticks"}}]}""",
            Text(stream.Errors));
        Assert.False(await stream.MoveNext());
    }

    [Fact]
    public async Task An_argument_that_cannot_be_coerced_gives_no_stream()
    {
        await using var stream = await Subscribe("subscription($n: Int = 5) { ticks(from: $n) { number } }", """{"n":null}""");
        await using var refused = await Subscribe("subscription($n: Int) { need(number: $n) }", """{"n":null}""");

        Assert.Empty(stream.Errors);
        Assert.NotEmpty(refused.Errors);
        Assert.False(await refused.MoveNext());
    }

    [Fact]
    public async Task A_caller_that_may_not_is_told_before_the_source_is_opened()
    {
        guard = _ => new GraphQLError("Not yours.") { Code = "FORBIDDEN" };

        await using var stream = await Subscribe("subscription { ticks { number } }");

        Assert.Equal("""{"errors":[{"message":"Not yours.","locations":[{"line":1,"column":16}],"path":["ticks"],"extensions":{"code":"FORBIDDEN"}}]}""", Text(stream.Errors));
        Assert.Empty(calls);
    }

    [Fact]
    public async Task A_caller_that_may_not_any_more_hears_no_further_event()
    {
        await using var stream = await Subscribe("subscription { ticks { number } }");
        Assert.Equal("""{"data":{"ticks":{"number":1}}}""", await Next(stream, () => ticks.Put(new Tick(1))));

        guard = _ => new GraphQLError("Not yours any more.") { Code = "FORBIDDEN" };

        Assert.Equal("", await Next(stream, () => ticks.Put(new Tick(2))));
        Assert.Equal("Not yours any more.", Assert.Single(stream.Errors).Message);
        Assert.False(await stream.MoveNext());
    }

    [Fact]
    public async Task A_guard_that_fails_at_an_event_ends_the_stream_with_an_error()
    {
        await using var stream = await Subscribe("subscription { ticks { number } }");
        await Next(stream, () => ticks.Put(new Tick(1)));

        guard = _ => throw new InvalidOperationException("secret");

        Assert.Equal("", await Next(stream, () => ticks.Put(new Tick(2))));
        Assert.Equal("secret at Subscription.ticks", Assert.Single(stream.Errors).TraceId);
    }

    [Fact]
    public async Task Each_event_has_the_services_that_its_context_brings()
    {
        var executor = Executor(
            "type Query { one: Int } type Subscription { ticks: Tick } type Tick { number: Int! scope: String! }",
            map =>
            {
                map.Field("Query.one", () => 1);
                map.Field("Subscription.ticks", (Scope scope, CancellationToken cancellation) =>
                {
                    calls.Add(scope.Name);
                    return ticks.Read(cancellation);
                });
                map.Field("Tick.scope", (Batch<Tick> batch, Scope scope) => batch.Map(_ => scope.Name));
            });
        using var context = Context(s => s.AddSingleton(new Scope("stream")));
        await using var stream = await executor.Subscribe(Bound(executor, "subscription { ticks { scope } }"), context);

        foreach (var name in new[] { "first", "second" })
        {
            Assert.Equal($$$$"""{"data":{"ticks":{"scope":"{{{{name}}}}"}}}""", await Next(stream, () => ticks.Put(new Tick(1)), Context(s => s.AddSingleton(new Scope(name)))));
        }

        Assert.Equal(["stream"], calls);
    }

    [Fact]
    public async Task The_host_is_waited_for_before_each_event_s_answer_is_given()
    {
        async ValueTask Note(RequestContext context)
        {
            await Task.Yield();
            calls.Add("before");
        }

        var executor = new GraphQLExecutor(Bind(Sdl, Fill), new() { Execution = new() { BeforeAnswer = Note } });
        await using var stream = await executor.Subscribe(Bound(executor, "subscription { number }"), Context());

        await Next(stream, () => numbers.Put(1));
        Assert.Equal(["before"], calls);
        await Next(stream, () => numbers.Put(2));
        Assert.Equal(["before", "before"], calls);
    }

    [Fact]
    public async Task Disposing_of_a_stream_disposes_of_its_source()
    {
        var stream = await Subscribe("subscription { number }");
        await Next(stream, () => numbers.Put(1));
        Assert.Equal(1, numbers.Readers);

        await stream.DisposeAsync();

        Assert.Equal((0, 1), (numbers.Readers, numbers.Disposed));
        Assert.False(await stream.MoveNext());
    }

    [Fact]
    public async Task Whoever_waits_for_an_event_is_let_go_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var executor = New();
        using var context = Context(cancellation: cancellation.Token);
        await using var stream = await executor.Subscribe(Bound(executor, "subscription { number }"), context);
        var waiting = stream.MoveNext().AsTask();
        await numbers.HasReaders();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, numbers.Readers);
        Assert.Empty(stream.Errors);
    }

    [Fact]
    public async Task A_source_that_fails_to_end_is_told_to_the_host()
    {
        var told = new List<string>();
        var executor = Executor(
            "type Query { one: Int } type Subscription { number: Int }",
            map =>
            {
                map.Field("Query.one", () => 1);
                map.Field("Subscription.number", () => (IAsyncEnumerable<int>)new Stubborn());
            },
            Telling(told));
        using var context = Context();

        await (await executor.Subscribe(Bound(executor, "subscription { number }"), context)).DisposeAsync();

        Assert.Equal(["It will not end. at Subscription.number"], told);
    }

    [Fact]
    public async Task The_time_limit_bounds_the_opening()
    {
        var time = new FakeTime();
        var executor = Executor("type Query { one: Int } type Subscription { number: Int }", map =>
        {
            map.Field("Query.one", () => 1);
            map.Field("Subscription.number", async ValueTask<IAsyncEnumerable<int?>> (CancellationToken cancellation) =>
            {
                calls.Add("opening");
                await Task.Delay(Timeout.Infinite, cancellation);
                return numbers.Read(cancellation);
            });
        });
        using var context = Limited(time);
        var opening = executor.Subscribe(Bound(executor, "subscription { number }"), context).AsTask();
        await Eventually.Holds(() => calls.Count == 1);

        time.Advance(TimeSpan.FromSeconds(5));

        await using var stream = await opening;
        Assert.Equal("TIMEOUT", Assert.Single(stream.Errors).Code);
    }

    [Fact]
    public async Task The_time_limit_bounds_an_event_but_not_the_stream()
    {
        var time = new FakeTime();
        var executor = New();
        using var context = Limited(time);
        await using var stream = await executor.Subscribe(Bound(executor, "subscription { ticks { number } }"), context);
        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("""{"data":{"ticks":{"number":1}}}""", await Next(stream, () => ticks.Put(new Tick(1))));
        using var late = Limited(time);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            """{"errors":[{"message":"The request took longer than 5 seconds.","locations":[{"line":1,"column":24}],"path":["ticks","number"],"extensions":{"code":"TIMEOUT"}}],"data":{"ticks":null}}""",
            await Next(stream, () => ticks.Put(new Tick(99)), late));
        Assert.Equal("""{"data":{"ticks":{"number":3}}}""", await Next(stream, () => ticks.Put(new Tick(3))));
    }

    [Fact]
    public void A_subscription_s_resolver_must_return_a_stream_of_the_field_s_values()
    {
        var problems = Assert.Throws<SchemaException>(() => Bind(
            "type Query { one: Int } type Subscription { a: Int b: Int c: Int }",
            map =>
            {
                map.Field("Query.one", () => numbers.Read(default));
                map.Field("Subscription.a", () => 1);
                map.Field("Subscription.b", () => new Feed<Tick>().Read(default));
                map.Field("Subscription.c", (int no) => numbers.Read(default));
                map.Field("Subscription.d", () => numbers.Read(default));
            })).Problems;

        Assert.Equal(
            [
                "Query.one is Int, but its code gives IAsyncEnumerable<Nullable<Int32>>.",
                "Subscription.a: the resolver must return an IAsyncEnumerable of the field's values, not Int32.",
                "Subscription.b is Int, but its code gives Tick.",
                "Subscription.c: the resolver's parameter no is no argument of the field.",
                "Subscription.d has a resolver, but the schema has no such field, or nothing leads to its type.",
            ],
            problems);
    }

    [Fact]
    public async Task A_contract_may_leave_all_subscriptions_out()
    {
        var executor = new GraphQLExecutor(Bind("type Query { one: Int }", Fill, isPart: true));

        await executor.Expect("{ one }", """{"data":{"one":1}}""");
    }

    [Fact]
    public async Task Each_kind_of_operation_has_its_own_way_to_be_answered()
    {
        var executor = New();
        using var context = Context();
        using var writer = new Utf8Writer();

        await Assert.ThrowsAsync<InvalidOperationException>(() => executor.Execute(Bound(executor, "subscription { number }"), context, writer).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => executor.Subscribe(Bound(executor, "{ one }"), context).AsTask());
    }

    private static ExecutorOptions Telling(List<string> told) => new()
    {
        Execution = new()
        {
            OnException = (exception, coordinate, _) =>
            {
                told.Add($"{exception.Message} at {coordinate}");
                return told[^1];
            },
        },
    };

    private static RequestContext Limited(FakeTime time) => new(
        new ServiceCollection().BuildServiceProvider(), new Client { Limits = new RequestLimits { Timeout = TimeSpan.FromSeconds(5) } }, time, CancellationToken.None);

    private static BoundOperation Bound(GraphQLExecutor executor, string document, string variables = "{}")
    {
        var prepared = executor.Prepare(Encoding.UTF8.GetBytes(document), null, Client.Unknown);
        Assert.Empty(prepared.Errors);
        using var json = JsonDocument.Parse(variables);
        var bound = executor.Bind(prepared, json.RootElement);
        Assert.Empty(bound.Errors);
        return bound;
    }

    private static string Text(IReadOnlyList<GraphQLError> errors)
    {
        using var writer = new Utf8Writer();
        GraphQLExecutor.WriteErrors(errors, writer);
        return Encoding.UTF8.GetString(writer.Written.Span);
    }

    private static async Task<string> Execute(ResponseStream stream, RequestContext? context = null)
    {
        using var writer = new Utf8Writer();
        await stream.Execute(context ?? Context(), writer);
        return Encoding.UTF8.GetString(writer.Written.Span);
    }

    /// <summary>Waits until the stream waits, lets something happen, and gives the response.</summary>
    private async Task<string> Next(ResponseStream stream, Action happen, RequestContext? context = null)
    {
        var moved = stream.MoveNext().AsTask();
        await Eventually.Holds(() => ticks.Readers + numbers.Readers == 1);
        happen();
        Assert.True(await moved.WaitAsync(TimeSpan.FromSeconds(30)));
        return await Execute(stream, context);
    }

    private GraphQLExecutor New() => new(Bind(Sdl, Fill), Telling([]));

    private async Task<ResponseStream> Subscribe(string document, string variables = "{}")
    {
        var executor = New();
        return await executor.Subscribe(Bound(executor, document, variables), Context());
    }

    private void Fill(ResolverMap map)
    {
        map.Field("Query.one", () => 1);
        map.Field("Subscription.ticks", (int? from, CancellationToken cancellation) =>
        {
            calls.Add($"from {from}");
            return openingFails is null ? ticks.Read(cancellation) : throw openingFails;
        });
        map.Field("Subscription.strict", async Task<IAsyncEnumerable<Tick?>> (CancellationToken cancellation) =>
        {
            await Task.Yield();
            return ticks.Read(cancellation);
        });
        map.Field("Subscription.number", (CancellationToken cancellation) => numbers.Read(cancellation));
        map.Field("Subscription.need", (int number, CancellationToken cancellation) => numbers.Read(cancellation));
        map.Field("Tick.number", async ValueTask<IReadOnlyList<int>> (Batch<Tick> batch, CancellationToken cancellation) =>
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            return batch.Map(t => t.Number);
        });
        map.Field("Tick.name", (Batch<Tick> batch) => batch.Map(t => t.Number == 13 ? throw new GraphQLException("No name.", "NAMELESS") : $"tick {t.Number}"));
        map.Field("Tick.prices", (Batch<Tick> batch, int factor) => batch.Map(t => (IReadOnlyList<int>)[t.Number * factor, (t.Number + 1) * factor]));
        map.Guard(field => field.Coordinate == "Subscription.ticks" ? context => new(guard(context)) : null);
    }

    private sealed record Tick(int Number);

    private sealed record Scope(string Name);

    private sealed class Stubborn : IAsyncEnumerable<int>, IAsyncEnumerator<int>
    {
        public int Current => 0;

        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => new(true);

        public ValueTask DisposeAsync() => throw new InvalidOperationException("It will not end.");
    }
}

using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 6.2.2 "Mutation": serially, one root field's whole tree after the other's, and what a host puts around each.</summary>
public sealed class MutationTests
{
    private const string Sdl = """
        type Query { value: Int }
        type Mutation { add(by: Int!): Counter must(by: Int!): Counter! }
        type Counter { value: Int! later: Int! other: Counter refused: Int! maybe: Int }
        """;

    private readonly List<string> calls = [];
    private int counter;

    [Fact]
    public async Task Each_root_field_s_tree_is_finished_before_the_next_begins()
    {
        await Executor().Expect(
            "mutation { a: add(by: 1) { later other { later } } b: add(by: 10) { other { value } later } c: __typename }",
            """{"data":{"a":{"later":1,"other":{"later":1}},"b":{"other":{"value":11},"later":11},"c":"Mutation"}}""");

        Assert.Equal(["add 1", "later 1", "later 1", "add 10", "later 11"], calls);
    }

    [Fact]
    public async Task A_failed_field_does_not_keep_the_next_from_running()
    {
        await Executor().Expect(
            "mutation { a: add(by: -1) { value } b: add(by: 2) { value } }",
            """{"errors":[{"message":"Only up.","locations":[{"line":1,"column":12}],"path":["a"],"extensions":{"code":"NEGATIVE"}}],"data":{"a":null,"b":{"value":2}}}""");
    }

    [Fact]
    public async Task Nothing_more_runs_once_the_whole_response_is_null()
    {
        await Executor().Expect(
            "mutation { a: must(by: -1) { value } b: add(by: 2) { value } }",
            """{"errors":[{"message":"Only up.","locations":[{"line":1,"column":12}],"path":["a"],"extensions":{"code":"NEGATIVE"}}],"data":null}""");

        Assert.Empty(calls);
    }

    [Fact]
    public async Task The_host_is_around_each_root_field_and_hears_whether_it_failed()
    {
        var executor = Executor(async (_, _, execute) =>
        {
            calls.Add("begin");
            calls.Add(await execute() ? "commit" : "roll back");
        });

        await executor.Expect(
            "mutation($no: Boolean = false) { a: add(by: 1) { later maybe } b: add(by: -1) { value } c: add(by: 1) { refused } d: add(by: 5) @include(if: $no) { value } e: __typename }",
            """{"errors":[{"message":"No.","locations":[{"line":1,"column":56}],"path":["a","maybe"],"extensions":{"code":"NO"}},{"message":"Only up.","locations":[{"line":1,"column":64}],"path":["b"],"extensions":{"code":"NEGATIVE"}},"""
            + """{"message":"No.","locations":[{"line":1,"column":105}],"path":["c","refused"],"extensions":{"code":"NO"}}],"data":{"a":{"later":1,"maybe":null},"b":null,"c":null,"e":"Mutation"}}""");

        // An error in a nullable field is no failure of the mutation; one that nulls the root field is.
        Assert.Equal(["begin", "add 1", "later 1", "commit", "begin", "roll back", "begin", "add 1", "roll back"], calls);
    }

    [Fact]
    public async Task A_commit_that_fails_takes_the_field_s_result_and_errors_back()
    {
        var executor = Executor(async (_, _, execute) =>
        {
            await execute();
            if (counter < 10)
            {
                throw new InvalidOperationException("disk full");
            }
        });

        await executor.Expect(
            "mutation { a: add(by: 1) { value maybe } b: add(by: 20) { value } }",
            """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":12}],"path":["a"],"extensions":{"code":"INTERNAL","traceId":"Mutation.add: disk full"}}],"data":{"a":null,"b":{"value":21}}}""");
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("never")]
    [InlineData("twice")]
    public async Task A_host_that_does_not_execute_once_fails_the_field(string how)
    {
        var executor = Executor(async (_, _, execute) =>
        {
            if (how == "begin")
            {
                throw new GraphQLException("Try again.", "BUSY");
            }

            if (how == "twice")
            {
                await execute();
                await execute();
            }
        });
        var error = how switch
        {
            "begin" => """{"message":"Try again.","locations":[{"line":1,"column":12}],"path":["must"],"extensions":{"code":"BUSY"}}""",
            "never" => """{"message":"Something went wrong on the server.","locations":[{"line":1,"column":12}],"path":["must"],"extensions":{"code":"INTERNAL","traceId":"Mutation.must: Mutation.must was not executed."}}""",
            _ => """{"message":"Something went wrong on the server.","locations":[{"line":1,"column":12}],"path":["must"],"extensions":{"code":"INTERNAL","traceId":"Mutation.must: Mutation.must must not be executed twice."}}""",
        };

        // Twice, because the second request uses the first one's run again.
        await executor.Expect("mutation { must(by: 1) { value } }", $$"""{"errors":[{{error}}],"data":null}""");
        await executor.Expect("mutation { must(by: 1) { value } }", $$"""{"errors":[{{error}}],"data":null}""");
        Assert.Equal(how == "twice" ? 2 : 0, calls.Count);
    }

    [Fact]
    public async Task A_host_s_failure_after_the_field_s_own_is_told_to_the_host_only()
    {
        var told = new List<string>();
        var executor = Executor(
            async (_, _, execute) =>
            {
                await execute();
                throw new InvalidOperationException("roll back failed");
            },
            told);

        await executor.Expect(
            "mutation { add(by: -1) { value } }",
            """{"errors":[{"message":"Only up.","locations":[{"line":1,"column":12}],"path":["add"],"extensions":{"code":"NEGATIVE"}}],"data":{"add":null}}""");

        Assert.Equal(["roll back failed"], told);
    }

    [Fact]
    public async Task Nothing_is_put_around_a_query()
    {
        await Executor((_, _, _) => throw new InvalidOperationException("never")).Expect("{ value }", """{"data":{"value":0}}""");
    }

    [Fact]
    public async Task Before_a_query_s_answer_is_given_the_host_is_waited_for_and_not_before_a_mutation_s()
    {
        var executor = Executor();

        await executor.Expect("{ value }", """{"data":{"value":0}}""");
        Assert.Equal(["value", "before"], calls);
        await executor.Expect("mutation { add(by: 1) { value } }", """{"data":{"add":{"value":1}}}""");
        Assert.Equal(["value", "before", "add 1"], calls);
    }

    private GraphQLExecutor Executor(AroundMutationField? around = null, List<string>? told = null) => ExecutionHarness.Executor(
        Sdl,
        map =>
        {
            map.Field("Query.value", () =>
            {
                calls.Add("value");
                return counter;
            });
            map.Field("Mutation.add", (int by) => Add(by));
            map.Field("Mutation.must", (int by) => Add(by));
            map.Field("Counter.later", async ValueTask<IReadOnlyList<int>> (Batch<Counter> counters) =>
            {
                var values = counters.Map(c => c.Value);
                await Task.Yield();
                calls.Add($"later {values[0]}");
                return values;
            });
            map.Field("Counter.other", (Batch<Counter> counters) => counters.Map(c => c));
            map.Field("Counter.refused", IReadOnlyList<int> (Batch<Counter> counters) => throw new GraphQLException("No.", "NO"));
            map.Field("Counter.maybe", IReadOnlyList<int?> (Batch<Counter> counters) => throw new GraphQLException("No.", "NO"));
        },
        new ExecutorOptions
        {
            Execution = new ExecutionOptions
            {
                AroundMutationField = around,
                BeforeAnswer = async _ =>
                {
                    await Task.Yield();
                    calls.Add("before");
                },
                OnException = (exception, coordinate, _) =>
                {
                    told?.Add(exception.Message);
                    return $"{coordinate}: {exception.Message}";
                },
            },
        });

    private Counter Add(int by)
    {
        if (by < 0)
        {
            throw new GraphQLException("Only up.", "NEGATIVE");
        }

        calls.Add($"add {by}");
        return new Counter(counter += by);
    }

    private sealed record Counter(int Value);
}

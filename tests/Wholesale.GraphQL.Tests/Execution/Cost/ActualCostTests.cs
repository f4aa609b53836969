using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>What an operation did cost: what was resolved in fact, with the same weights.</summary>
public sealed class ActualCostTests
{
    [Theory]
    [InlineData("{ box { detail balls { id } } }", 53, 13)]
    [InlineData("{ boxes { detail } }", 5, 3)]
    [InlineData("{ none { balls { id } } }", 54, 3)]
    [InlineData("{ page(first: 4) { edges { node { inner { id } } } } }", 10, 8)]
    [InlineData("{ things { id } }", 21, 7)]
    [InlineData("{ any { ... on Box { id } } }", 6, 2)]
    [InlineData("{ byIds(ids: [1, \"ball\", 3]) { id } }", 18, 8)]
    [InlineData("{ grid { balls { id } } }", 460, 34)]
    [InlineData("{ heavy }", 13, 5)]
    [InlineData("mutation { write(input: { rows: [{}, {}] }) { boxes { id } notes { text } } }", 7, 7)]
    public async Task It_is_measured_by_what_was_resolved(string query, long charged, long actual) =>
        Assert.Equal((charged, actual), await CostHarness.Executor().Run(query));

    [Fact]
    public async Task A_field_that_fails_costs_its_call_and_nothing_beneath() =>
        Assert.Equal((7L, 6L), await CostHarness.Executor().Run("{ box { id } fails { id } }"));

    [Fact]
    public async Task A_resolver_that_gives_more_than_it_promised_is_told_of_and_charged_for()
    {
        var told = new List<(string Coordinate, long Excess)>();
        var executor = CostHarness.Executor(new ExecutionOptions { OnListTooLong = (coordinate, excess, _) => told.Add((coordinate, excess)) });

        var (charged, actual) = await executor.Run("{ broken { id } boxes { id } }");

        Assert.Equal((5, 5), (charged, actual));
        Assert.Equal([("Query.broken", 2)], told);
        Assert.Equal((2, 4), await executor.Run("{ broken { id } }"));
    }

    [Fact]
    public async Task An_operation_that_is_executed_again_is_measured_anew()
    {
        var executor = CostHarness.Executor();
        var bound = executor.Bind("{ things { id } }");
        using var context = ExecutionHarness.Context();
        using var writer = new Utf8Writer();

        await executor.Execute(bound, context, writer);
        await executor.Execute(bound, context, writer);

        Assert.Equal(7, context.ActualCost);
    }
}

using System.Text;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>
/// What is charged is never less than what an operation did cost, whatever schema, operation, variables and data; what it did cost is what its resolvers gave;
/// and where they give all they may, it is exactly what was charged.
/// </summary>
public sealed class CostSoundnessTests
{
    private const int Schemas = 80;
    private const int OperationsOfEach = 26;

    [Fact]
    public async Task Charged_is_at_least_actual_and_actual_is_what_resolvers_gave()
    {
        var (refunds, errors) = (0, 0);
        foreach (var (world, operation, what) in Cases(withAbstract: true))
        {
            var (charged, actual, response) = await Run(world, operation);

            Assert.True(charged >= actual, $"{charged} < {actual}: {what}");
            Assert.True(response.StartsWith("{\"errors\"", StringComparison.Ordinal) || actual == WholeOf(world.Counted), $"{actual} is not {world.Counted}: {what}");
            refunds += charged > actual ? 1 : 0;
            errors += response.StartsWith("{\"errors\"", StringComparison.Ordinal) ? 1 : 0;
        }

        // The cases are worth something: most have something to give back, and some fail.
        Assert.InRange(refunds, Schemas * OperationsOfEach / 2, Schemas * OperationsOfEach);
        Assert.InRange(errors, 100, Schemas * OperationsOfEach / 2);
    }

    [Fact]
    public async Task Where_everything_is_there_actual_is_what_was_charged()
    {
        foreach (var (world, operation, what) in Cases(withAbstract: false))
        {
            world.IsFull = true;
            var (charged, actual, response) = await Run(world, operation);

            Assert.True(charged == actual, $"{charged} is not {actual}: {what}");
            Assert.StartsWith("{\"data\":", response, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<(RandomWorld World, RandomOperation Operation, string What)> Cases(bool withAbstract)
    {
        for (var schema = 0; schema < Schemas; schema++)
        {
            var world = new RandomWorld(schema);
            for (var i = 0; i < OperationsOfEach; i++)
            {
                var operation = new RandomOperation(world, (schema * 1_000) + i, withAbstract);
                yield return (world, operation, $"seed {schema}, {i}\n{world.Sdl}\n{operation.Text}\n{operation.Variables}");
            }
        }
    }

    private static async Task<(long Charged, long Actual, string Response)> Run(RandomWorld world, RandomOperation operation)
    {
        world.Counted = 1_000;
        var bound = world.Executor.Bind(operation.Text, operation.Variables);
        Assert.Empty(bound.Errors.Select(e => e.Message));
        using var context = ExecutionHarness.Context();
        using var writer = new Utf8Writer();
        await world.Executor.Execute(bound, context, writer);
        return (bound.Cost!.Value, context.ActualCost, Encoding.UTF8.GetString(writer.Written.Span));
    }

    private static long WholeOf(long thousandths) => (thousandths + 999) / 1_000;
}

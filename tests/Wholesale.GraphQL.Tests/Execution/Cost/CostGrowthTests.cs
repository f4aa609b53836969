using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>Pricing takes time in proportion to the plan, and to the variables, but not to both multiplied.</summary>
public sealed class CostGrowthTests
{
    [Fact]
    public void Pricing_grows_with_the_plan_and_no_faster()
    {
        var (small, large) = (Time(Fields(100), "{\"n\":3}"), Time(Fields(800), "{\"n\":3}"));

        // Eight times the plan: in proportion 8, by the square 64.
        Assert.True(large < small * 24, $"{small} ticks, then {large}");
    }

    [Fact]
    public void A_large_variable_is_priced_once_however_many_fields_take_it()
    {
        var rows = JsonSerializer.Serialize(new { f = new { tags = Enumerable.Range(0, 4_000).Select(_ => new { }) } });
        string Query(int fields) => $"query($f: Filter) {{ {string.Concat(Enumerable.Range(0, fields).Select(i => $"a{i}: find(filter: $f) {{ id }} "))} }}";

        var (one, many) = (Time(Query(1), rows), Time(Query(400), rows));

        // Reading the variable takes most of both; adding it up for each field would take many times as long.
        Assert.True(many < one * 3, $"{one} ticks, then {many}");
    }

    private static string Fields(int count)
    {
        var text = new StringBuilder("query($n: Int) {");
        for (var i = 0; i < count; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $" a{i}: boxes(first: $n) {{ id }}");
        }

        return text.Append(" }").ToString();
    }

    /// <summary>The best of many, since the machine does other things between: of binding an operation that is planned already.</summary>
    private static long Time(string query, string variables)
    {
        var executor = CostHarness.Executor();
        var prepared = executor.Prepare(Encoding.UTF8.GetBytes(query), null, new Client { Limits = RequestLimits.Unlimited });
        using var json = JsonDocument.Parse(variables);
        var best = long.MaxValue;
        for (var i = 0; i < 60; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Empty(executor.Bind(prepared, json.RootElement).Errors);
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }

        return best;
    }
}

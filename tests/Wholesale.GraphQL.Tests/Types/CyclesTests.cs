using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Cycles in what refers to what.</summary>
public sealed class CyclesTests
{
    [Theory]
    [InlineData("ab bc ac", "")]
    [InlineData("aa", "a")]
    [InlineData("ab bc cb", "bc")]
    [InlineData("ab ba cd dc", "ab cd")]
    [InlineData("ab bc ca bd db", "abc bd")]
    public void Every_cycle_that_closes_on_the_way_is_found(string references, string cycles)
    {
        var pairs = references.Split(' ');

        var found = Cycles.Find(
            pairs.Select(p => p[..1]).Distinct(),
            node => pairs.Where(p => p.StartsWith(node, StringComparison.Ordinal)).Select(p => p[1..]));

        Assert.Equal(cycles, string.Join(' ', found.Select(cycle => string.Concat(cycle))));
    }
}

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>One executor serves many requests at once: plans are shared, runs are not.</summary>
public sealed class ParallelTests
{
    [Fact]
    public async Task Two_hundred_mixed_requests_at_once_each_get_their_own_answer()
    {
        var executor = Shop.Executor();
        (string Query, Func<int, string> Variables)[] requests =
        [
            ("query($n: Int) { products(first: $n) { id name colour price { amount text } parts { id weight } } }", i => $$"""{"n":{{i % 17}}}"""),
            ("query($n: Int) { products(first: $n) { id stock related(count: 1) { id stock } } }", i => $$"""{"n":{{i % 5}}}"""),
            ("query($t: String) { a: echo(text: $t) things { __typename id ... on Part { weight } } b: echo(text: $t) }", i => $$"""{"t":"text {{i}} é"}"""),
            ("query($n: Int, $x: Boolean!) { products(first: $n) { name @include(if: $x) id name } anything @skip(if: $x) { ... on Product { id } } }", i => $$"""{"n":{{i % 3}},"x":{{(i % 2 == 0 ? "true" : "false")}}}"""),
            ("query($c: Choice!) { choose(choice: $c) __schema { types { name } } }", i => $$$"""{"c":{"id":{{{i}}}}}"""),
            ("query($i: ID!) { product(id: $i) { id stock } nope: echo }", i => $$"""{"i":"{{(i % 4 == 0 ? "2" : i)}}"}"""),
            ("query($s: Sku) { choose(choice: {id: 1}, sku: $s) }", i => i % 3 == 0 ? """{"s":"toolong"}""" : $$"""{"s":"{{100 + i}}"}"""),
            ("{ nothing }", _ => "{}"),
        ];
        var expected = new string[200];
        for (var i = 0; i < expected.Length; i++)
        {
            // A fresh executor for each: nothing is shared here.
            expected[i] = await Shop.Executor().Ask(requests[i % requests.Length].Query, requests[i % requests.Length].Variables(i));
        }

        var actual = new string[200];
        await Parallel.ForAsync(0, actual.Length, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            actual[i] = await executor.Ask(requests[i % requests.Length].Query, requests[i % requests.Length].Variables(i)));

        Assert.Equal(expected, actual);
        Assert.Contains(expected, r => r.Contains("NO_STOCK", StringComparison.Ordinal));
        Assert.Contains(expected, r => r.Contains("BAD_USER_INPUT", StringComparison.Ordinal));
    }
}

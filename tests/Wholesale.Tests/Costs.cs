using System.Globalization;

namespace Wholesale.Tests;

/// <summary>What a response's header <c>GraphQL-Cost</c> says; null where it says nothing.</summary>
internal sealed record Costs(long Charged, long Actual, long? Limit, long? Remaining)
{
    public static Costs Of(HttpResponseMessage response)
    {
        var entries = Assert.Single(response.Headers.GetValues("GraphQL-Cost")).Split(", ").Select(e => e.Split('=')).ToDictionary(e => e[0], e => long.Parse(e[1], CultureInfo.InvariantCulture));
        return new Costs(entries["charged"], entries["actual"], Find("limit"), Find("remaining"));

        long? Find(string name) => entries.TryGetValue(name, out var value) ? value : null;
    }
}

using System.Diagnostics;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Telemetry;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>What caches and statements note of a request.</summary>
public sealed class RequestTallyTests
{
    [Fact]
    public void Look_ups_are_counted_by_cache_and_level()
    {
        using var span = new Activity("request") { IsAllDataRequested = true };
        var tally = RequestTally.Begin(span);

        RequestTally.Current?.Cache("price_lists", CacheLevel.Memory);
        RequestTally.Current?.Cache("price_lists", CacheLevel.Memory);
        RequestTally.Current?.Cache("price_lists", CacheLevel.Redis);
        RequestTally.Current?.Cache("price_books", CacheLevel.Database);
        tally.Close();

        Assert.Equal((2, 1, 1), (span.GetTagItem("wholesale.cache.price_lists.memory"), span.GetTagItem("wholesale.cache.price_lists.redis"), span.GetTagItem("wholesale.cache.price_books.database")));
        Assert.Equal((3, 1), (span.GetTagItem("wholesale.cache.hits"), span.GetTagItem("wholesale.cache.misses")));
    }

    [Fact]
    public void What_comes_after_the_end_does_not_count()
    {
        using var span = new Activity("request") { IsAllDataRequested = true };
        var tally = RequestTally.Begin(span);
        tally.Add(2);
        tally.Close();

        tally.Add(1);
        tally.Cache("price_lists", CacheLevel.Database);

        Assert.Equal((2, 2), (tally.Statements, span.GetTagItem("wholesale.statements")));
        Assert.False(tally.TakesSpan());
        tally.Close();
    }

    [Fact]
    public void So_many_statements_have_a_span_and_all_are_counted()
    {
        using var span = new Activity("request") { IsAllDataRequested = true };
        var tally = RequestTally.Begin(span);

        Assert.Equal(RequestTally.MaxSpans, Enumerable.Range(0, 1000).Count(_ => tally.TakesSpan()));
    }

    [Fact]
    public async Task Every_flow_of_control_has_its_own_and_those_that_it_starts_share_it()
    {
        RequestTally? outer = null, inner = null;

        await Task.Run(async () =>
        {
            outer = RequestTally.Begin(null);
            await Task.Run(() => inner = RequestTally.Current);
        });

        Assert.NotNull(outer);
        Assert.Same(outer, inner);
        Assert.Null(RequestTally.Current);
    }
}

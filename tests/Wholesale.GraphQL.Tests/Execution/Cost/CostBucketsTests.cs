using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.Cost.CostHarness;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>What an account may spend: charged before, given back after, filled by the clock, forgotten when full.</summary>
public sealed class CostBucketsTests
{
    private static readonly GraphQLExecutor Executor = CostHarness.Executor();
    private static readonly RequestLimits Limits = new() { MaxCost = 100, CostBucket = 100, CostRefillPerSecond = 10 };

    private readonly TestTime time = new();
    private readonly CostBuckets buckets;

    public CostBucketsTests() => buckets = new CostBuckets(time);

    [Fact]
    public void A_charge_is_refused_until_the_bucket_has_filled_again()
    {
        Charge(60).Settle(60);

        var refused = Charge(75);
        Assert.True(refused.IsRefused);
        Assert.Equal(4, refused.RetryAfterSeconds);
        Assert.Equal("The operation may cost 75, and less is left: try again in 4 s.", refused.Refusal.Message);
        Assert.Equal("RATE_LIMITED", refused.Refusal.Code);

        time.Advance(TimeSpan.FromSeconds(3.4));
        Assert.Equal(1, Charge(75).RetryAfterSeconds);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(new CostStatement(75, 75, 100, 0), Charge(75).Settle(75));
    }

    [Fact]
    public void What_was_not_spent_is_given_back()
    {
        Assert.Equal(new CostStatement(90, 30, 100, 70), Charge(90).Settle(30));
        Assert.Equal(new CostStatement(0, 0, 100, 70), Charge(60).Settle(null));
        Assert.False(Charge(70).IsRefused);
        Assert.True(Charge(1).IsRefused);
    }

    [Fact]
    public void What_was_spent_beyond_the_charge_is_taken_too()
    {
        Assert.Equal(new CostStatement(95, 95, 100, 5), Charge(10).Settle(95));
        Assert.Equal(new CostStatement(50, 50, 100, 0), Charge(5).Settle(50));

        Assert.Equal(5, Charge(5).RetryAfterSeconds);
    }

    [Fact]
    public void What_is_given_back_late_never_overfills()
    {
        var charge = Charge(90);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new CostStatement(90, 0, 100, 100), charge.Settle(0));
        Assert.False(Charge(100).IsRefused);
        Assert.True(Charge(1).IsRefused);
    }

    [Fact]
    public void Each_account_has_its_own_bucket_by_its_value()
    {
        Charge(100, account: (1, "x"));

        Assert.True(Charge(1, account: (1, "x")).IsRefused);
        Assert.False(Charge(100, account: (2, "x")).IsRefused);
        Assert.False(buckets.Charge(new Client { Caller = "caller", Limits = Limits }, Executor.Bind(Costing(100))).IsRefused);
        Assert.True(buckets.Charge(new Client { Caller = "caller", Limits = Limits }, Executor.Bind(Costing(1))).IsRefused);
        Assert.Equal(new CostStatement(0, 0, 100, 0), buckets.Statement(new Client { Caller = "caller", Limits = Limits }));
        Assert.Equal(new CostStatement(0, 0, 100, 100), buckets.Statement(new Client { Caller = "nobody", Limits = Limits }));
    }

    [Fact]
    public void Who_is_not_limited_is_not_counted()
    {
        var client = new Client { Caller = "staff", Limits = Limits with { MaxCost = null, CostBucket = null } };

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(new CostStatement(1_000, 7, null, null), buckets.Charge(client, Executor.Bind(Costing(1_000))).Settle(7));
        }

        Assert.Equal(0, buckets.Count);
    }

    [Fact]
    public void Full_buckets_are_forgotten()
    {
        for (var account = 0; account < 50_000; account++)
        {
            Charge(10, account).Settle(10);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // Each is full again after a second, that is after a thousand others.
        Assert.InRange(buckets.Count, 1, 4_100);
    }

    [Fact]
    public async Task Many_threads_together_spend_what_is_there_and_no_more()
    {
        var client = new Client { Caller = "many", Limits = new RequestLimits { MaxCost = 10, CostBucket = 5_000, CostRefillPerSecond = 1 } };
        var operation = Executor.Bind(Costing(7));
        var spent = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                var charge = buckets.Charge(client, operation);
                if (!charge.IsRefused)
                {
                    charge.Settle(5);
                    Interlocked.Add(ref spent, 5);
                }
            }
        })));

        Assert.InRange(spent, 4_900, 5_000);
    }

    private CostCharge Charge(int cost, object? account = null) =>
        buckets.Charge(new Client { Caller = "caller of all", Account = account, Limits = Limits }, Executor.Bind(Costing(cost)));

    /// <summary>An operation that costs so much.</summary>
    private static string Costing(int cost) => $"{{ boxes(first: {cost - 1}) {{ id }} }}";
}

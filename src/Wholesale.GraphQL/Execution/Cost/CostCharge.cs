namespace Wholesale.GraphQL.Execution;

/// <summary>What an account was charged for one operation, until it is settled.</summary>
public readonly struct CostCharge
{
    private readonly RequestLimits limits;
    private readonly CostBuckets.Bucket? bucket;
    private readonly TimeProvider time;
    private readonly long cost;

    internal CostCharge(RequestLimits limits, CostBuckets.Bucket? bucket, TimeProvider time, long cost, int retryAfterSeconds)
    {
        this.limits = limits;
        this.bucket = bucket;
        this.time = time;
        this.cost = cost;
        RetryAfterSeconds = retryAfterSeconds;
    }

    /// <summary>Whether the account has not enough left: nothing was charged and nothing may run.</summary>
    public bool IsRefused => RetryAfterSeconds > 0;

    /// <summary>After how many seconds the account will have enough, if it spends nothing else; 0 if it has.</summary>
    public int RetryAfterSeconds { get; }

    /// <summary>Why nothing may run.</summary>
    public GraphQLError Refusal => new($"The operation may cost {cost}, and less is left: try again in {RetryAfterSeconds} s.") { Code = ErrorCodes.RateLimited };

    /// <summary>Gives back what an operation did not cost. Once for each charge that was not refused, also where the operation failed.</summary>
    /// <param name="actual">See <see cref="RequestContext.ActualCost"/>; null: it did not run at all.</param>
    public CostStatement Settle(long? actual)
    {
        bucket?.Correct((actual ?? 0) - cost, time);
        var remaining = limits.CostBucket is { } capacity ? bucket?.Remaining(capacity, limits.CostRefillPerSecond, time) : null;
        return new CostStatement(actual is { } known ? Math.Max(cost, known) : 0, actual ?? 0, limits.GreatestCost, remaining);
    }
}

/// <summary>What a client is told of an operation's cost.</summary>
/// <param name="Charged">What was charged before it ran: the most that it could cost. If a resolver gave more than its <c>@listSize</c> says: what was charged in the end.</param>
/// <param name="Actual">What it did cost: the rest was given back.</param>
/// <param name="Limit">What one operation may cost; null: anything.</param>
/// <param name="Remaining">What is left in the account; null: it is not counted.</param>
public readonly record struct CostStatement(long Charged, long Actual, long? Limit, long? Remaining);

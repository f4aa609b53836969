using System.Collections.Concurrent;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// What each account has left to spend on this node: a bucket that holds <see cref="RequestLimits.CostBucket"/> and fills by
/// <see cref="RequestLimits.CostRefillPerSecond"/>. An operation is charged before it runs with what it may cost at most, and given back what it did not. Full buckets are forgotten, so
/// that memory is bounded by the accounts that spent something lately. Thread-safe; endpoints and transports of one process share it.
/// </summary>
/// <param name="time">Fills the buckets; null: the system's clock.</param>
public sealed class CostBuckets(TimeProvider? time = null)
{
    // So many before anybody looks for full ones among them.
    private const int FirstSweep = 1_024;

    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<object, Bucket> buckets = [];
    private int nextSweep = FirstSweep;

    /// <summary>How many accounts are remembered.</summary>
    internal int Count => buckets.Count;

    /// <summary>Charges a client's account for an operation that is about to run. Afterwards, whatever came of it, the charge is to be settled.</summary>
    /// <param name="client">Whose account: see <see cref="Client.Account"/>.</param>
    /// <param name="operation">Without errors.</param>
    public CostCharge Charge(Client client, BoundOperation operation)
    {
        if (client.Limits.CostBucket is not { } capacity || operation.Cost is not { } cost)
        {
            return new CostCharge(client.Limits, null, time, operation.Cost ?? 0, 0);
        }

        while (true)
        {
            var bucket = buckets.GetOrAdd(client.ChargedAccount, static (_, now) => new Bucket(now), time.GetTimestamp());
            if (bucket.TryTake(cost, capacity, client.Limits.CostRefillPerSecond, time) is { } wait)
            {
                SweepIfMany();
                return new CostCharge(client.Limits, bucket, time, cost, wait);
            }

            // It was full and forgotten in between.
        }
    }

    /// <summary>What a client is told that was not charged.</summary>
    public CostStatement Statement(Client client)
    {
        var remaining = client.Limits.CostBucket is not { } capacity ? (long?)null
            : buckets.TryGetValue(client.ChargedAccount, out var bucket) ? bucket.Remaining(capacity, client.Limits.CostRefillPerSecond, time) : capacity;
        return new CostStatement(0, 0, client.Limits.GreatestCost, remaining);
    }

    /// <summary>Each time the number of accounts has doubled, so that it costs each charge next to nothing.</summary>
    private void SweepIfMany()
    {
        var limit = Volatile.Read(ref nextSweep);
        if (buckets.Count <= limit || Interlocked.CompareExchange(ref nextSweep, int.MaxValue, limit) != limit)
        {
            return;
        }

        foreach (var entry in buckets)
        {
            if (entry.Value.ForgetIfFull(time))
            {
                buckets.TryRemove(entry);
            }
        }

        Volatile.Write(ref nextSweep, Math.Max(FirstSweep, 2 * buckets.Count));
    }

    /// <summary>One account's: what it has spent and did not get back yet.</summary>
    internal sealed class Bucket(long timestamp)
    {
        private readonly Lock gate = new();
        private long filledAt = timestamp;
        private double spent;
        private double refillPerSecond = 1;
        private bool isForgotten;

        /// <summary>Takes a cost if there is so much.</summary>
        /// <returns>0 if it was taken, else after how many seconds there will be enough; null if the bucket is no longer in use.</returns>
        public int? TryTake(long cost, long capacity, long refill, TimeProvider time)
        {
            lock (gate)
            {
                if (isForgotten)
                {
                    return null;
                }

                refillPerSecond = Math.Max(refill, 1);
                Fill(time);
                var missing = spent + cost - capacity;
                if (missing > 0)
                {
                    return (int)Math.Min(Math.Ceiling(missing / refillPerSecond), int.MaxValue);
                }

                spent += cost;
                return 0;
            }
        }

        /// <summary>Gives back what was charged too much, or takes what was charged too little.</summary>
        public void Correct(long difference, TimeProvider time)
        {
            lock (gate)
            {
                Fill(time);
                spent = Math.Max(spent + difference, 0);
            }
        }

        public long Remaining(long capacity, long refill, TimeProvider time)
        {
            lock (gate)
            {
                refillPerSecond = Math.Max(refill, 1);
                Fill(time);
                return (long)Math.Max(capacity - Math.Ceiling(spent), 0);
            }
        }

        public bool ForgetIfFull(TimeProvider time)
        {
            lock (gate)
            {
                Fill(time);
                return isForgotten = spent <= 0;
            }
        }

        private void Fill(TimeProvider time)
        {
            var now = time.GetTimestamp();
            spent = Math.Max(spent - (Math.Max(time.GetElapsedTime(filledAt, now).TotalSeconds, 0) * refillPerSecond), 0);
            filledAt = now;
        }
    }
}

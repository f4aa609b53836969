using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Idempotency;

/// <summary>What became of a request with an idempotency key.</summary>
public abstract record IdempotencyOutcome
{
    private IdempotencyOutcome()
    {
    }

    /// <summary>There is a response to send: just made, or the first one again.</summary>
    /// <param name="Response">The response.</param>
    /// <param name="IsReplay">Whether it was made by an earlier request.</param>
    public sealed record Answered(StoredResponse Response, bool IsReplay) : IdempotencyOutcome;

    /// <summary>400: the key is not 1–255 visible ASCII characters.</summary>
    public sealed record KeyInvalid : IdempotencyOutcome;

    /// <summary>422 <c>IDEMPOTENCY_KEY_REUSED</c>: the key was used for another request.</summary>
    public sealed record KeyReused : IdempotencyOutcome;

    /// <summary>409 <c>IN_PROGRESS</c>: the first request with this key is still running.</summary>
    /// <param name="RetryAfter">When to ask again.</param>
    public sealed record InProgress(TimeSpan RetryAfter) : IdempotencyOutcome;
}

/// <summary>
/// Runs a request with an idempotency key once, however often it is sent. Its rows, its events and its answer are one transaction: whoever crashes
/// leaves nothing behind, and may be sent again.
/// </summary>
public sealed class IdempotentRequests(WholesaleDb db, Writes writes, DurableCommits commits, RunningRequests running, Clock clock)
{
    /// <summary>The header that makes a request safe to repeat.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>How long a key may be.</summary>
    public const int MaximumKeyLength = 255;

    /// <summary>How long a second request waits for the first.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long answers are kept at least.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A hash of what makes two requests the same: all parts, byte for byte.</summary>
    public static byte[] HashOf(params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            BitConverter.TryWriteBytes(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part.Span);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Runs the request, or finds the answer it had.</summary>
    /// <param name="caller">Who sent it.</param>
    /// <param name="key">The header's value.</param>
    /// <param name="requestHash">By <see cref="HashOf"/>.</param>
    /// <param name="execute">
    /// Runs it and gives its whole response. <c>Store</c> is false where nothing was carried out, as for a request error: then whatever it
    /// wrote is undone and the key is free again.
    /// </param>
    /// <param name="lane">Where the request's write stands in line.</param>
    /// <param name="cancellation">Ends waiting and running; nothing is left behind then.</param>
    public async ValueTask<IdempotencyOutcome> Run(
        Principal caller, string key, ReadOnlyMemory<byte> requestHash, Func<ValueTask<(StoredResponse Response, bool Store)>> execute,
        WriteLane lane, CancellationToken cancellation)
    {
        if (key.Length is 0 or > MaximumKeyLength || key.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            return new IdempotencyOutcome.KeyInvalid();
        }

        var id = (caller.IdempotencyOwner, key);
        using var run = await running.Enter(id, Patience, cancellation);
        if (run is null)
        {
            return new IdempotencyOutcome.InProgress(RetryAfter);
        }

        // Without the gate first: repeating an answer is reading.
        if (await Find(id, requestHash) is { } found)
        {
            await commits.Reached();
            return found;
        }

        return await writes.RunUnrecorded(
            async () => await Wait(id, lane, cancellation) ?? await Find(id, requestHash) ?? await Execute(id, requestHash, execute), lane, cancellation);
    }

    /// <summary>Where others write beside this one, another node's request of the same key may be running.</summary>
    private async ValueTask<IdempotencyOutcome?> Wait((string Caller, string Key) id, WriteLane lane, CancellationToken cancellation)
    {
        if (lane == WriteLane.Shared || await DatabaseLocks.TryTakeRequest(db, id.Caller, id.Key, Patience, cancellation))
        {
            return null;
        }

        writes.Undo();
        return new IdempotencyOutcome.InProgress(RetryAfter);
    }

    private async ValueTask<IdempotencyOutcome?> Find((string Caller, string Key) id, ReadOnlyMemory<byte> requestHash)
    {
        var answer = await db.StoredAnswers.FirstOrDefaultAsync(a => a.Caller == id.Caller && a.Key == id.Key);
        return answer switch
        {
            null => null,
            _ when !requestHash.Span.SequenceEqual(answer.RequestHash) => new IdempotencyOutcome.KeyReused(),
            _ => new IdempotencyOutcome.Answered(answer.ToResponse(), IsReplay: true),
        };
    }

    private async ValueTask<IdempotencyOutcome> Execute(
        (string Caller, string Key) id, ReadOnlyMemory<byte> requestHash, Func<ValueTask<(StoredResponse Response, bool Store)>> execute)
    {
        var (response, store) = await execute();
        if (store)
        {
            db.Add(new StoredAnswer
            {
                Caller = id.Caller,
                Key = id.Key,
                RequestHash = requestHash.ToArray(),
                Status = response.Status,
                ContentType = response.ContentType,
                Body = StoredAnswer.Compress(response.Body.Span),
                CreatedAt = clock.UtcNow,
            });
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
        else
        {
            writes.Undo();
        }

        return new IdempotencyOutcome.Answered(response, IsReplay: false);
    }
}

/// <summary>The requests with idempotency keys that run in this process now: one at a time for each caller and key. Thread-safe.</summary>
public sealed class RunningRequests(Clock clock)
{
    private readonly ConcurrentDictionary<(string Caller, string Key), TaskCompletionSource> running = new();

    /// <summary>Waits until no other request has this key.</summary>
    /// <returns>To be disposed of at the end of the run; null if it was not free in time.</returns>
    internal async ValueTask<IDisposable?> Enter((string Caller, string Key) id, TimeSpan patience, CancellationToken cancellation)
    {
        var run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var deadline = clock.UtcNow + patience;
        while (!running.TryAdd(id, run))
        {
            var left = deadline - clock.UtcNow;
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            if (running.TryGetValue(id, out var first))
            {
                try
                {
                    await first.Task.WaitAsync(left, clock.TimeProvider, cancellation);
                }
                catch (TimeoutException)
                {
                    return null;
                }
            }
        }

        return new Run(this, id, run);
    }

    private sealed class Run(RunningRequests requests, (string Caller, string Key) id, TaskCompletionSource end) : IDisposable
    {
        public void Dispose()
        {
            requests.running.TryRemove(id, out _);
            end.TrySetResult();
        }
    }
}

using System.Collections.Concurrent;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Waiting for the disk: one flush for all that was committed before it began.</summary>
public sealed class DurableCommitsTests
{
    [Fact]
    public void Where_nothing_was_committed_since_the_last_flush_nobody_waits()
    {
        var flushed = new List<string>();
        var commits = new DurableCommits(flushed.Add);

        Assert.True(commits.Reached().AsTask().IsCompletedSuccessfully);
        Commit(commits);
        Assert.True(commits.Reached().AsTask().IsCompletedSuccessfully);
        Assert.True(commits.Reached().AsTask().IsCompletedSuccessfully);

        Assert.Equal(["a.db"], flushed);
    }

    [Fact]
    public async Task Whoever_commits_while_a_flush_runs_shares_the_next_one_with_all_others()
    {
        using var first = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var flushes = 0;
        var commits = new DurableCommits(_ =>
        {
            if (Interlocked.Increment(ref flushes) == 1)
            {
                begun.Set();
                first.Wait(TestContext.Current.CancellationToken);
            }
        });

        Commit(commits);
        var leader = Task.Run(() => commits.Reached().AsTask(), TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);
        var others = Enumerable.Range(0, 20).Select(_ =>
        {
            Commit(commits);
            return commits.Reached().AsTask();
        }).ToList();
        Assert.DoesNotContain(others, other => other.IsCompleted); // the flush that runs began before they committed
        first.Set();
        await Task.WhenAll(others.Append(leader));

        Assert.Equal(2, flushes);
    }

    [Fact]
    public async Task Of_many_that_commit_at_once_none_goes_on_before_a_flush_that_began_after_its_commit()
    {
        var (committed, durable) = (0L, 0L);
        var early = new ConcurrentBag<long>();
        var commits = new DurableCommits(_ =>
        {
            var upTo = Interlocked.Read(ref committed);
            Thread.SpinWait(2_000);
            Interlocked.Exchange(ref durable, upTo);
        });

        var gate = new Lock();
        await Parallel.ForAsync(0, 4_000, TestContext.Current.CancellationToken, async (_, _) =>
        {
            long mine;
            lock (gate)
            {
                mine = ++committed;
                Commit(commits);
            }

            await commits.Reached();
            if (Interlocked.Read(ref durable) < mine)
            {
                early.Add(mine);
            }
        });

        Assert.Empty(early);
    }

    [Fact]
    public async Task Once_a_flush_has_failed_nobody_is_told_anything_any_more_whatever_the_next_one_would_say()
    {
        var isBroken = true;
        var commits = new DurableCommits(_ => throw (isBroken ? new IOException("The disk is gone.") : new InvalidOperationException("A second flush.")));
        Commit(commits);

        var first = await Assert.ThrowsAsync<NotDurableException>(async () => await commits.Reached());
        isBroken = false;
        var second = await Assert.ThrowsAsync<NotDurableException>(async () => await commits.Reached());

        Assert.Equal("The disk is gone.", first.InnerException!.Message);
        Assert.Same(first.InnerException, second.InnerException);
    }

    [Fact]
    public async Task Whoever_may_have_seen_a_commit_that_has_not_returned_waits_for_its_end_and_a_flush_after_it()
    {
        var flushes = 0;
        var commits = new DurableCommits(_ => flushes++);
        commits.Begin("a.db");

        var reader = commits.Reached().AsTask();
        Assert.False(reader.IsCompleted);
        Assert.Equal(0, flushes); // which would not have all of it
        commits.End();
        await reader;

        Assert.Equal(1, flushes);
    }

    [Fact]
    public async Task The_log_that_SQLite_keeps_is_flushed_and_none_that_is_not_there_is_missed()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "some.db");
        var commits = new DurableCommits();
        Commit(commits, file);
        await commits.Reached(); // there is none
        await File.WriteAllBytesAsync($"{file}-wal", [1, 2, 3], TestContext.Current.CancellationToken);
        Commit(commits, file);
        await commits.Reached();

        File.Delete($"{file}-wal");
        Directory.CreateDirectory($"{file}-wal"); // which nobody can flush
        Commit(commits, file);
        await Assert.ThrowsAsync<NotDurableException>(async () => await commits.Reached());
    }

    private static void Commit(DurableCommits commits, string file = "a.db")
    {
        commits.Begin(file);
        commits.End();
    }
}

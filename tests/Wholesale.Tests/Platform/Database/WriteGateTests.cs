using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

public sealed class WriteGateTests
{
    private readonly WriteGate gate = new();

    [Fact]
    public async Task Whoever_asks_first_goes_first()
    {
        var order = new List<int>();
        var first = await gate.Enter(CancellationToken.None);
        var others = Enumerable.Range(0, 100).Select(async i =>
        {
            using var turn = await gate.Enter(CancellationToken.None);
            order.Add(i);
        }).ToList();

        first.Dispose();
        await Task.WhenAll(others);

        Assert.Equal(Enumerable.Range(0, 100), order);
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public async Task No_two_are_inside_and_no_one_starves_under_contention()
    {
        var inside = 0;
        var longest = 0;
        var passed = 0;
        var start = await gate.Enter(CancellationToken.None);

        var writers = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                var asked = gate.Enter(CancellationToken.None);
                var seen = Volatile.Read(ref passed);
                using var turn = await asked;
                Assert.Equal(1, Interlocked.Increment(ref inside));
                longest = Math.Max(longest, passed - seen);
                passed++;
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            }
        })));
        await Eventually.Holds(() => gate.Waiting == 16);
        start.Dispose();
        await writers;

        Assert.Equal(3_200, passed);
        Assert.InRange(longest, 1, 16); // each of the other writers at most once, and whoever was inside
    }

    [Fact]
    public async Task A_waiter_that_gives_up_leaves_the_line_to_the_others()
    {
        using var cancellation = new CancellationTokenSource();
        var first = await gate.Enter(CancellationToken.None);
        var impatient = gate.Enter(cancellation.Token).AsTask();
        var patient = gate.Enter(CancellationToken.None).AsTask();

        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(1, gate.Waiting);
        Assert.False(patient.IsCompleted);
        first.Dispose();
        (await patient).Dispose();
    }

    [Fact]
    public async Task A_turn_is_kept_when_cancelled_after_it_came()
    {
        using var cancellation = new CancellationTokenSource();
        var first = await gate.Enter(CancellationToken.None);
        var second = gate.Enter(cancellation.Token).AsTask();
        first.Dispose();
        await cancellation.CancelAsync();

        var turn = await second;
        var third = gate.Enter(CancellationToken.None).AsTask();

        Assert.False(third.IsCompleted);
        turn.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Cancelling_while_turns_pass_neither_loses_a_turn_nor_gives_two()
    {
        var inside = 0;
        var given = 0;
        var givenUp = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var asked = gate.Enter(cancellation.Token);
                if ((writer + i) % 3 == 0)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    using var turn = await asked;
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                    Interlocked.Increment(ref given);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref givenUp);
                }
            }
        })));

        Assert.Equal(1_600, given + givenUp);
        Assert.Equal(0, gate.Waiting);
        using var free = await gate.Enter(CancellationToken.None);
    }

    [Fact]
    public async Task A_turn_disposed_of_twice_lets_only_one_in()
    {
        var first = await gate.Enter(CancellationToken.None);
        var second = gate.Enter(CancellationToken.None).AsTask();
        var third = gate.Enter(CancellationToken.None).AsTask();

        first.Dispose();
        first.Dispose();

        var turn = await second;
        Assert.False(third.IsCompleted);
        turn.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task A_token_cancelled_before_asking_takes_no_turn()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gate.Enter(new CancellationToken(canceled: true)));

        using var free = await gate.Enter(CancellationToken.None);
        Assert.Equal(0, gate.Waiting);
    }
}

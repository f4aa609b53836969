using System.Diagnostics;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Platform.Events;

public sealed class WritesTests : IAsyncLifetime
{
    private static readonly Actor Staff = new(ActorKind.Staff, 7, OnBehalfOf: 8);

    private readonly PlatformHost host = new();
    private AsyncServiceScope scope;
    private WholesaleDb db = null!;
    private Writes writes = null!;

    public ValueTask InitializeAsync()
    {
        scope = host.Scope();
        db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        writes = scope.ServiceProvider.GetRequiredService<Writes>();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Between_the_turns_of_a_long_work_others_have_theirs()
    {
        var order = new List<string>();
        await using var other = host.Scope();
        var waiting = Task.CompletedTask;
        var turns = 0;

        await writes.RunInTurns(_ =>
        {
            order.Add($"turn {++turns}");
            if (turns == 1)
            {
                waiting = other.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(() =>
                {
                    order.Add("other");
                    return ValueTask.FromResult(true);
                }).AsTask();
            }

            return ValueTask.FromResult(turns < 3);
        });
        await waiting;

        Assert.Equal(["turn 1", "other", "turn 2", "turn 3"], order);
    }

    [Fact]
    public async Task A_turn_has_time_for_a_while_and_then_no_more()
    {
        var steps = new List<int>();

        await writes.RunInTurns(hasTime =>
        {
            steps.Add(0);
            while (hasTime())
            {
                steps[^1]++;
            }

            return ValueTask.FromResult(steps.Count < 2);
        });

        Assert.Equal(2, steps.Count);
        Assert.All(steps, count => Assert.True(count > 0));
    }

    [Fact]
    public async Task What_earlier_turns_wrote_stays_when_a_later_one_fails()
    {
        var turns = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writes.RunInTurns(async _ =>
        {
            turns++;
            await Change(turns, type: null);
            return turns < 2 ? true : throw new InvalidOperationException("The second turn fails.");
        }));

        Assert.Equal([1L], await host.In(async other => await other.GetRequiredService<WholesaleDb>().ApiKeys.Select(key => key.Id).ToListAsync()));
    }

    [Fact]
    public async Task An_event_says_what_happened_to_what_by_whom_and_when()
    {
        using var activity = new Activity("request").Start();

        await writes.Run(Staff, () => Change(1, "THING_CHANGED", new { Price = new Amount(85_000, 2), Grade = ActorKind.CompanyUser }));

        var logged = Assert.Single(await host.Events());
        Assert.Equivalent(
            new
            {
                Number = 1L,
                Type = "THING_CHANGED",
                SubjectId = 1L,
                Version = 3L,
                ActorKind = ActorKind.Staff,
                ActorId = 7L,
                OnBehalfOf = 8L,
                At = host.Now,
                TraceId = activity.TraceId.ToHexString(),
                Data = """{"price":"8.50","grade":"COMPANY_USER"}""",
            },
            logged);
        Assert.Equal(DateTimeKind.Utc, logged.At.Kind);
    }

    [Fact]
    public async Task Numbers_have_no_gaps_and_follow_commit_order_under_contention()
    {
        var published = new List<long>();
        host.Get<CommittedEvents>().Subscribe(events => published.AddRange(events.Select(e => e.Number)), () => { });

        await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(() => host.Write(async services =>
        {
            var inner = services.GetRequiredService<WholesaleDb>();
            inner.Add(Key(i));
            await inner.SaveChangesAsync();
            var record = services.GetRequiredService<Writes>();
            record.Record("A", i, 1);
            record.Record("B", i, 1);
            return i % 4 == 0 ? throw new TimeoutException() : 0;
        }).ContinueWith(_ => { }, TaskScheduler.Default))));

        var log = await host.Events();
        Assert.Equal(60, log.Count);
        Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), log.Select(e => e.Number));
        Assert.Equal(log.Select(e => e.Number), published);
        Assert.All(log.Chunk(2), pair => Assert.Equal(pair[0].SubjectId, pair[1].SubjectId));
    }

    [Fact]
    public async Task A_failure_leaves_neither_rows_nor_events_and_nobody_hears_of_it()
    {
        var heard = 0;
        host.Get<CommittedEvents>().Subscribe(_ => heard++, () => { });

        await Assert.ThrowsAsync<TimeoutException>(async () => await writes.Run<int>(Staff, async () =>
        {
            await Change(1, "THING_CHANGED");
            throw new TimeoutException();
        }));

        Assert.Empty(await host.Events());
        Assert.False(await db.ApiKeys.AnyAsync());
        Assert.Empty(db.ChangeTracker.Entries());
        Assert.Equal(0, heard);
    }

    [Fact]
    public async Task The_next_write_goes_on_after_a_failure()
    {
        await Assert.ThrowsAsync<TimeoutException>(async () => await writes.Run<int>(Staff, () => throw new TimeoutException()));

        await writes.Run(Staff, () => Change(1, "THING_CHANGED"));

        Assert.Equal(1, Assert.Single(await host.Events()).Number);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Rows_changed_without_an_event_are_a_bug_and_undone()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await writes.Run(Staff, () => Change(1, type: null)));

        Assert.StartsWith("Rows were changed, and no event tells of it", error.Message, StringComparison.Ordinal);
        Assert.False(await db.ApiKeys.AnyAsync());
    }

    [Fact]
    public async Task A_write_that_changed_nothing_needs_no_event()
    {
        await writes.Run(Staff, async () => await db.ApiKeys.Where(key => key.Id == 0).ExecuteDeleteAsync());

        Assert.Empty(await host.Events());
    }

    [Fact]
    public async Task An_unrecorded_write_is_committed_and_cannot_record()
    {
        await writes.RunUnrecorded(() => Change(1, type: null));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writes.RunUnrecorded(() => Change(2, "THING_CHANGED")));

        Assert.Equal([1], await db.ApiKeys.Select(key => key.Id).ToListAsync());
        Assert.Empty(await host.Events());
    }

    [Fact]
    public async Task An_undone_write_gives_its_result_and_leaves_nothing()
    {
        var result = await writes.Run(Staff, async () =>
        {
            await Change(1, "THING_CHANGED");
            writes.Undo();
            return "three rows were bad";
        });

        Assert.Equal("three rows were bad", result);
        Assert.Empty(await host.Events());
        Assert.False(await db.ApiKeys.AnyAsync());
    }

    [Fact]
    public async Task A_write_inside_another_commits_with_it_and_under_its_own_actor()
    {
        await writes.Run(Staff, async () =>
        {
            await writes.Run(new Actor(ActorKind.CompanyUser, 9), () => Change(1, "INNER"));
            return await Change(2, "OUTER");
        });

        Assert.Equal([("INNER", 9L), ("OUTER", 7L)], (await host.Events()).Select(e => (e.Type, e.ActorId)));
    }

    [Fact]
    public async Task A_write_inside_another_whose_transaction_the_server_has_ended_fails_for_the_servers_reason()
    {
        var deadlock = SqlErrors.Of(1205, severity: 13);

        var error = await Assert.ThrowsAsync<SqlException>(async () => await writes.Run(Staff, () => writes.Run<bool>(Staff, async () =>
        {
            await Change(1, type: null);
            await db.Database.CurrentTransaction!.GetDbTransaction().RollbackAsync();
            throw deadlock;
        })));

        Assert.Same(deadlock, error);
        Assert.Empty(await host.Events());
        await writes.Run(Staff, () => Change(2, "T"));
        Assert.Equal(1, Assert.Single(await host.Events()).Number);
    }

    [Fact]
    public async Task A_write_inside_another_fails_by_itself()
    {
        await writes.Run(Staff, async () =>
        {
            await Assert.ThrowsAsync<TimeoutException>(async () => await writes.Run<int>(Staff, async () =>
            {
                await Change(1, "INNER");
                throw new TimeoutException();
            }));
            await writes.Run(Staff, async () =>
            {
                writes.Undo();
                return await Change(2, "UNDONE");
            });
            return await Change(3, "OUTER");
        });

        Assert.Equal(["OUTER"], (await host.Events()).Select(e => e.Type));
        Assert.Equal([3], await db.ApiKeys.Select(key => key.Id).ToListAsync());
    }

    [Fact]
    public void Nothing_can_be_recorded_or_undone_outside_a_write()
    {
        Assert.Throws<InvalidOperationException>(() => writes.Record("THING_CHANGED", 1, 1));
        Assert.Throws<InvalidOperationException>(writes.Undo);
    }

    [Fact]
    public async Task A_cancelled_write_gives_up_its_place_at_the_gate()
    {
        using var cancellation = new CancellationTokenSource();
        using var turn = await host.Get<WriteGate>().Enter(CancellationToken.None);
        var write = writes.Run(Staff, () => Change(1, "THING_CHANGED"), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Equal(0, host.Get<WriteGate>().Waiting);
    }

    [Fact]
    public async Task Listeners_hear_of_a_commit_before_its_writer_has_the_answer_even_if_one_fails()
    {
        IReadOnlyList<Event> heard = [];
        host.Get<CommittedEvents>().Subscribe(_ => throw new TimeoutException(), () => { });
        host.Get<CommittedEvents>().Subscribe(events => heard = events, () => { });

        await writes.Run(Staff, () => Change(1, "THING_CHANGED"));

        Assert.Equal("THING_CHANGED", Assert.Single(heard).Type);
    }

    [Fact]
    public async Task A_recorded_write_costs_one_statement_however_many_events_it_has_and_on_SQL_Server_a_lock_before()
    {
        var before = host.Statements;

        await writes.Run(Staff, async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                writes.Record("THING_CHANGED", i, 1);
            }

            return await ValueTask.FromResult(0);
        });

        Assert.Equal(SqlServerForTests.IsUsed ? 2 : 1, host.Statements - before);
        Assert.Equal(100, (await host.Events()).Count);
    }

    private static ApiKey Key(long id) => new()
    {
        Id = id,
        Hash = BitConverter.GetBytes(id),
        Prefix = "whk_",
        Name = $"{id}",
        Kind = PrincipalKind.Staff,
        Permissions = PermissionSet.All,
        CreatedAt = DateTime.UnixEpoch,
    };

    private async ValueTask<int> Change(long id, string? type, object? data = null)
    {
        db.Add(Key(id));
        await db.SaveChangesAsync();
        if (type is not null)
        {
            writes.Record(type, id, version: 3, data);
        }

        return 0;
    }
}

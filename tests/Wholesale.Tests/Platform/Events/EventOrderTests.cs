using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Events;

/// <summary>Whatever writers do at once, every reader sees every number once, ascending and without a gap, and what it sees is what the table holds.</summary>
public sealed class EventOrderTests : IAsyncLifetime
{
    private const int Writers = 6, Rounds = 21;
    private const string Committed = "COMMITTED", Undone = "UNDONE", End = "END";

    private static readonly string[] CommittedOnly = [Committed, End];

    private readonly PlatformHost host = new();
    private readonly ConcurrentBag<long> told = [];
    private readonly ConcurrentDictionary<string, int> counts = [];
    private long subjects;
    private long rows;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Long_short_nested_undone_failing_cancelled_and_repeated_writes_leave_one_order_for_all()
    {
        var pollers = new[] { Poll(1, null), Poll(7, null), Poll(100, null), Poll(5, CommittedOnly) };
        var followers = new[] { Follow(null), Follow(null), Follow(CommittedOnly) };

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await Write((writer + round) % 7, $"{writer}/{round}");
            }
        }));
        await host.Write(services => new ValueTask<long>(Record(services, End)));
        var read = await Task.WhenAll([.. pollers, .. followers]).WaitAsync(TimeSpan.FromSeconds(30));

        var table = (await host.Events()).ConvertAll(e => (e.Number, e.Type, e.SubjectId));
        Assert.Equal(Enumerable.Range(1, table.Count).Select(n => (long)n), table.Select(e => e.Number));
        Assert.Equal(told.Order(), table.Where(e => e.Type == Committed).Select(e => e.SubjectId).Order());
        Assert.DoesNotContain(table, e => e.Type == Undone);
        Assert.All(read, events => Assert.Equal(table, events));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{table.Count} events of {subjects} recorded, {rows} rows; {read.Length} readers; writes: {string.Join(", ", counts.OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key}"))}.");
    }

    private async Task Write(int kind, string name)
    {
        var (what, work) = kind switch
        {
            0 => ("short", (Func<IServiceProvider, string, ValueTask>)Short),
            1 => ("long", Long),
            2 => ("nested", Nested),
            3 => ("failing", Failing),
            4 => ("cancelled at the gate", CancelledAtTheGate),
            5 => ("cancelled at work", CancelledAtWork),
            _ => ("repeated", Repeated),
        };
        await host.In(async services =>
        {
            await work(services, name);
            return true;
        });
        counts.AddOrUpdate(what, 1, (_, count) => count + 1);
    }

    private async ValueTask Short(IServiceProvider services, string name) =>
        told.Add(await services.GetRequiredService<Writes>().Run(Actor.System, () => new ValueTask<long>(Record(services, Committed))));

    /// <summary>Keeps its transaction open while the others come and wait.</summary>
    private async ValueTask Long(IServiceProvider services, string name)
    {
        var recorded = await services.GetRequiredService<Writes>().Run(Actor.System, async () =>
        {
            var inside = new List<long>();
            for (var i = 0; i < 4; i++)
            {
                await AddRow(services);
                inside.Add(Record(services, Committed));
                await Task.Yield();
            }

            return inside;
        });
        recorded.ForEach(told.Add);
    }

    private async ValueTask Nested(IServiceProvider services, string name)
    {
        var writes = services.GetRequiredService<Writes>();
        var recorded = await writes.Run(Actor.System, async () =>
        {
            var first = Record(services, Committed);
            await writes.Run(Actor.System, async () =>
            {
                await AddRow(services);
                writes.Undo();
                return Record(services, Undone);
            });
            await Assert.ThrowsAsync<TimeoutException>(async () => await writes.Run<bool>(Actor.System, async () =>
            {
                await AddRow(services);
                Record(services, Undone);
                throw new TimeoutException();
            }));
            return new[] { first, await writes.Run(Actor.System, () => new ValueTask<long>(Record(services, Committed))) };
        });
        told.Add(recorded[0]);
        told.Add(recorded[1]);
    }

    private async ValueTask Failing(IServiceProvider services, string name) =>
        await Assert.ThrowsAsync<TimeoutException>(async () => await services.GetRequiredService<Writes>().Run<bool>(Actor.System, async () =>
        {
            Record(services, Undone);
            await AddRow(services);
            throw new TimeoutException();
        }));

    /// <summary>Its turn may come first: then it is carried out.</summary>
    private async ValueTask CancelledAtTheGate(IServiceProvider services, string name)
    {
        using var cancellation = new CancellationTokenSource();
        var write = services.GetRequiredService<Writes>().Run(
            Actor.System,
            async () =>
            {
                await Task.Yield();
                return Record(services, Committed);
            },
            cancellation.Token).AsTask();
        for (var i = Interlocked.Read(ref subjects) % 50; i > 0 && !write.IsCompleted; i--)
        {
            await Task.Yield();
        }

        await cancellation.CancelAsync();
        try
        {
            told.Add(await write);
        }
        catch (OperationCanceledException)
        {
            counts.AddOrUpdate("given up", 1, (_, count) => count + 1);
        }
    }

    private async ValueTask CancelledAtWork(IServiceProvider services, string name)
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await services.GetRequiredService<Writes>().Run<bool>(
            Actor.System,
            async () =>
            {
                Record(services, Undone);
                await AddRow(services);
                await cancellation.CancelAsync();
                cancellation.Token.ThrowIfCancellationRequested();
                return true;
            },
            cancellation.Token));
    }

    /// <summary>Twice at once by one idempotency key, after an attempt of which nothing was to be kept.</summary>
    private async ValueTask Repeated(IServiceProvider services, string name)
    {
        await Attempt(Undone, store: false);
        await Task.WhenAll(Attempt(Committed, store: true), Attempt(Committed, store: true));

        Task<bool> Attempt(string type, bool store) => host.In(async scope =>
        {
            var outcome = await scope.GetRequiredService<IdempotentRequests>().Run(
                new Principal(PrincipalKind.Staff, 1, null, "test", PermissionSet.All), name, new byte[] { 1 }, () => Execute(scope, type, store), WriteLane.Shared, default);
            return outcome is IdempotencyOutcome.Answered;
        });

        async ValueTask<(StoredResponse, bool)> Execute(IServiceProvider scope, string type, bool store)
        {
            var subject = await scope.GetRequiredService<Writes>().Run(Actor.System, async () =>
            {
                await AddRow(scope);
                return Record(scope, type);
            });
            if (store)
            {
                told.Add(subject);
            }

            return (new StoredResponse(200, "application/json", new byte[] { 1 }), store);
        }
    }

    private long Record(IServiceProvider services, string type)
    {
        var subject = Interlocked.Increment(ref subjects);
        services.GetRequiredService<Writes>().Record(type, subject, version: 1);
        return subject;
    }

    private async ValueTask AddRow(IServiceProvider services)
    {
        var db = services.GetRequiredService<WholesaleDb>();
        var id = Interlocked.Increment(ref rows);
        db.Add(new ApiKey
        {
            Id = id,
            Hash = BitConverter.GetBytes(id),
            Prefix = "",
            Name = "",
            Kind = PrincipalKind.Staff,
            Permissions = PermissionSet.All,
            CreatedAt = host.Now,
        });
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private async Task<List<(long Number, string Type, long SubjectId)>> Poll(int first, IReadOnlyList<string>? types)
    {
        var read = new List<(long Number, string Type, long SubjectId)>();
        for (var after = 0L; read.Count == 0 || read[^1].Type != End;)
        {
            var page = await host.In(services => EventPage.Read(services.GetRequiredService<WholesaleDb>(), after, types, first, default));
            read.AddRange(page.Events.Select(e => (e.Number, e.Type, e.SubjectId)));
            after = page.Last;
            if (!page.HasMore)
            {
                await Task.Delay(1);
            }
        }

        return read;
    }

    private async Task<List<(long Number, string Type, long SubjectId)>> Follow(IReadOnlyList<string>? types)
    {
        var read = new List<(long Number, string Type, long SubjectId)>();
        await foreach (var happened in host.Get<EventLog>().Follow(0, types, TestContext.Current.CancellationToken))
        {
            read.Add((happened.Number, happened.Type, happened.SubjectId));
            if (happened.Type == End)
            {
                break;
            }
        }

        return read;
    }
}

using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Events;

/// <summary>
/// The way every write takes: its turn at the gate, a transaction, the work, the event rows, the commit, and then word to this process's caches.
/// The work changes rows through the same scope's <see cref="WholesaleDb"/> and says by <see cref="Record"/> what happened. One a scope; not thread-safe.
/// </summary>
public sealed class Writes(WholesaleDb db, WriteGate gate, Clock clock, CommittedEvents committed, HostConnections? connections = null)
{
    /// <summary>After this no further step of a turn begins; with its last step and the commit it is to stay below 50 ms.</summary>
    private static readonly TimeSpan TurnTime = TimeSpan.FromMilliseconds(20);

    /// <summary>After so many turns, and the last one, the log is carried into the file: outside the gate, so that no commit stops to do it.</summary>
    private const int TurnsToCheckpoint = 8;

    private readonly List<Happening> happenings = [];
    private IDbContextTransaction? transaction;
    private Actor? actor;
    private bool isUndone;
    private int depth;

    /// <summary>Rows that parts changed which were undone: SQLite goes on counting them.</summary>
    private long undoneRows;

    /// <summary>Runs a change: all of it is committed, or nothing. Inside another one it is a part of that, undone by itself if it fails.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="work">Changes rows and calls <see cref="Record"/>. No I/O but SQL: everyone else waits at the gate.</param>
    /// <param name="cancellation">Gives up waiting; once the work is done, the commit is not given up.</param>
    /// <exception cref="InvalidOperationException">Rows were changed, and no event tells of it.</exception>
    public ValueTask<T> Run<T>(Actor by, Func<ValueTask<T>> work, CancellationToken cancellation = default) => Run(by, work, WriteLane.Shared, cancellation);

    /// <summary>The same, in a lane; inside another change, in that one's.</summary>
    /// <exception cref="InvalidOperationException">Rows were changed, and no event tells of it.</exception>
    public ValueTask<T> Run<T>(Actor by, Func<ValueTask<T>> work, WriteLane lane, CancellationToken cancellation) =>
        transaction is null ? RunOutermost(by, Checked(work), lane, cancellation) : RunInside(by, Checked(work));

    /// <summary>
    /// Runs a write that need not tell by an event: infrastructure's own tables, or rows that no reader takes note of before a recorded change shows them.
    /// </summary>
    /// <param name="work">Changes rows; a <see cref="Run{T}(Actor, Func{ValueTask{T}}, CancellationToken)"/> inside it may record.</param>
    /// <param name="cancellation">Gives up waiting; once the work is done, the commit is not given up.</param>
    public ValueTask<T> RunUnrecorded<T>(Func<ValueTask<T>> work, CancellationToken cancellation = default) => RunUnrecorded(work, WriteLane.Shared, cancellation);

    /// <summary>The same, in a lane; inside another change, in that one's.</summary>
    public ValueTask<T> RunUnrecorded<T>(Func<ValueTask<T>> work, WriteLane lane, CancellationToken cancellation) =>
        transaction is null ? RunOutermost(null, work, lane, cancellation) : RunInside(null, work);

    /// <summary>
    /// Runs a long work in the background of others: in transactions so short that nobody waits long, each with a turn of its own at the gate, so that
    /// others have theirs in between. None of it tells by an event.
    /// </summary>
    /// <param name="turn">
    /// Does some of the work, in steps of a few milliseconds, for as long as its argument says that there is time; returns whether more is left. What other
    /// turns did meanwhile it must expect.
    /// </param>
    /// <param name="cancellation">Stops between turns.</param>
    public async ValueTask RunInTurns(Func<Func<bool>, ValueTask<bool>> turn, CancellationToken cancellation = default)
    {
        if (transaction is not null)
        {
            throw new InvalidOperationException("Inside a transaction there are no turns.");
        }

        var isMore = true;
        for (var turns = 1; isMore; turns++)
        {
            isMore = await RunOutermost(
                null,
                () =>
                {
                    var start = Stopwatch.GetTimestamp();
                    return turn(() => Stopwatch.GetElapsedTime(start) < TurnTime);
                },
                WriteLane.Shared,
                cancellation);
            if (!isMore || turns % TurnsToCheckpoint == 0)
            {
                await SqliteSetup.Checkpoint(db, cancellation);
            }
        }
    }

    /// <summary>Tells what happened. It becomes an event row with the commit, and is forgotten with a rollback.</summary>
    /// <param name="type">The room's constant for it.</param>
    /// <param name="subjectId">The id of what it happened to.</param>
    /// <param name="version">The subject's new version; 0 for what has none.</param>
    /// <param name="data">What else there is to tell, as one JSON object: ids and business values, never names, addresses or e-mail.</param>
    public void Record(string type, long subjectId, long version, object? data = null)
    {
        var by = actor ?? throw new InvalidOperationException("An event can only be recorded inside Run, which says who does it.");
        happenings.Add(new Happening(type, subjectId, version, by, data is null ? null : JsonSerializer.Serialize(data, Json.Options)));
    }

    /// <summary>
    /// Undoes the rows and events of the innermost <see cref="Run{T}(Actor, Func{ValueTask{T}}, CancellationToken)"/> when its work returns; the work's result is still given, as for a bulk call of which
    /// all rows or none are taken.
    /// </summary>
    public void Undo()
    {
        if (transaction is null)
        {
            throw new InvalidOperationException("There is nothing to undo outside a write.");
        }

        isUndone = true;
    }

    private Func<ValueTask<T>> Checked<T>(Func<ValueTask<T>> work) => async () =>
    {
        var (changesBefore, happeningsBefore) = (SqliteSetup.RowsChanged(db) - undoneRows, happenings.Count);
        var result = await work();
        return !isUndone && happenings.Count == happeningsBefore && SqliteSetup.RowsChanged(db) - undoneRows != changesBefore
            ? throw new InvalidOperationException("Rows were changed, and no event tells of it: call Record, or RunUnrecorded where nothing is to be told.")
            : result;
    };

    private async ValueTask<T> RunOutermost<T>(Actor? by, Func<ValueTask<T>> work, WriteLane lane, CancellationToken cancellation)
    {
        var (result, events) = await RunInTurn(by, work, lane, cancellation);
        try
        {
            await gate.Commits.Reached();
        }
        catch (NotDurableException exception)
        {
            throw new CommitUnknownException(exception);
        }

        if (events.Count > 0)
        {
            committed.Publish(events[^1]);
        }

        return result;
    }

    private async ValueTask<(T Result, IReadOnlyList<Event> Events)> RunInTurn<T>(Actor? by, Func<ValueTask<T>> work, WriteLane lane, CancellationToken cancellation)
    {
        using var turn = lane == WriteLane.Own && db.IsOnSqlServer ? null : await gate.Enter(cancellation);
        using var loan = connections?.Lend(db);
        await using var started = await Begin(cancellation);
        (transaction, actor, db.IsInOwnLane) = (started, by, lane == WriteLane.Own);
        try
        {
            if (lane == WriteLane.Shared)
            {
                await DatabaseLocks.TakeWrites(db, cancellation);
            }

            var result = await work();
            if (isUndone)
            {
                await started.DisposeAsync(); // a rollback, unless the server has made one
                db.ChangeTracker.Clear();
                return (result, []);
            }

            var events = await Number();
            await Commit(started, events);
            committed.Tell(events); // before the next turn, so that caches hear of commits in their order
            return (result, events);
        }
        catch (Exception exception)
        {
            db.ChangeTracker.Clear(); // disposing of the transaction undoes its rows
            SqlServerSetup.ForgetConnections(db, exception);
            throw;
        }
        finally
        {
            (transaction, actor, isUndone, depth, db.IsInOwnLane) = (null, null, false, 0, false);
            happenings.Clear();
        }
    }

    /// <summary>
    /// Begins a transaction, in the isolation that it needs whatever the session had before. Not by the facade, which would try again and again while everyone else
    /// waits at the gate: who begins a write tries it again as a whole.
    /// </summary>
    private Task<IDbContextTransaction> Begin(CancellationToken cancellation) =>
        ((IRelationalTransactionManager)db.GetService<IDbContextTransactionManager>()).BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);

    /// <summary>Commits. If the connection is lost meanwhile, the log is asked whether it was committed.</summary>
    /// <exception cref="CommitUnknownException">The log cannot be asked.</exception>
    private async ValueTask Commit(IDbContextTransaction started, IReadOnlyList<Event> events)
    {
        try
        {
            await (db.IsOnSqlServer ? started.CommitAsync(CancellationToken.None) : CommitOnSqlite(started));
        }
        catch (Exception lost) when (DatabaseFaults.Of(lost) is DatabaseFault.Unreachable or DatabaseFault.TimedOut)
        {
            await started.DisposeAsync();
            SqlServerSetup.ForgetConnections(db, lost);
            bool isCommitted;
            try
            {
                isCommitted = events.Count > 0 && await IsCommitted(events[0]);
            }
            catch (Exception exception) when (DatabaseFaults.Of(exception) != DatabaseFault.None)
            {
                throw new CommitUnknownException(lost);
            }

            if (!isCommitted)
            {
                throw; // a transaction without events changed nothing that anyone has seen
            }
        }
    }

    /// <summary>What is committed here is on disk a moment later: nobody is told of it before.</summary>
    private async Task CommitOnSqlite(IDbContextTransaction started)
    {
        gate.Commits.Begin(db.Database.GetDbConnection().DataSource);
        try
        {
            await started.CommitAsync(CancellationToken.None);
        }
        finally
        {
            gate.Commits.End();
        }
    }

    /// <summary>
    /// Whether an event is in the log, now that the transaction that wrote it is over: it held the right to number events to its end, so whoever is given that
    /// right afterwards sees what became of it.
    /// </summary>
    private async ValueTask<bool> IsCommitted(Event written)
    {
        await using var asking = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
        await DatabaseLocks.TakeEventNumbers(db, CancellationToken.None);
        var found = await db.Events.SingleOrDefaultAsync(e => e.Number == written.Number);
        return found is not null && found.IsSameAs(written) && found.Data == written.Data;
    }

    private async ValueTask<T> RunInside<T>(Actor? by, Func<ValueTask<T>> work)
    {
        // Of several savepoints of one name SQL Server takes the last, even one that a part of this part made.
        var start = string.Create(CultureInfo.InvariantCulture, $"part{++depth}");
        var (outerActor, outerIsUndone, outerHappenings) = (actor, isUndone, happenings.Count);
        (actor, isUndone) = (by, false);
        var (rowsBefore, undoneBefore) = (SqliteSetup.RowsChanged(db), undoneRows);
        await transaction!.CreateSavepointAsync(start, CancellationToken.None);
        try
        {
            var result = await work();
            await End(isUndone);
            return result;
        }
        catch (Exception failure)
        {
            try
            {
                await End(isUndone: true);
            }
            catch (Exception exception) when (DatabaseFaults.Of(failure) != DatabaseFault.None && exception is DbException or InvalidOperationException)
            {
                // The server has undone all of the transaction, as of a deadlock's victim. The failure says why, and no part can be committed.
            }

            throw;
        }
        finally
        {
            depth--;
            (actor, isUndone) = (outerActor, outerIsUndone);
        }

        async ValueTask End(bool isUndone)
        {
            if (isUndone)
            {
                db.ChangeTracker.Clear();
                happenings.RemoveRange(outerHappenings, happenings.Count - outerHappenings);
                await transaction!.RollbackToSavepointAsync(start, CancellationToken.None);
                undoneRows = undoneBefore + SqliteSetup.RowsChanged(db) - rowsBefore;
            }

            await transaction!.ReleaseSavepointAsync(start, CancellationToken.None);
        }
    }

    /// <summary>Writes the events, numbered on from the last one. No other writer is in between: the transaction, or its lock, sees to that.</summary>
    private async ValueTask<IReadOnlyList<Event>> Number()
    {
        if (happenings.Count == 0)
        {
            return [];
        }

        var now = clock.UtcNow;
        var traceId = Activity.Current?.TraceId.ToHexString();
        if (db.IsOnSqlServer || happenings.Count > BulkRows.ChunkSize)
        {
            var events = Behind(await DatabaseLocks.TakeEventNumbers(db, CancellationToken.None));
            await BulkRows.Insert(db, events);
            return events;
        }

        await BulkRows.Append(db, Behind(0));
        return Behind(SqliteSetup.LastInserted(db) - happenings.Count);

        List<Event> Behind(long last) => [.. happenings.Select((happening, i) => new Event
        {
            Number = last + 1 + i,
            Type = happening.Type,
            SubjectId = happening.SubjectId,
            Version = happening.Version,
            ActorKind = happening.By.Kind,
            ActorId = happening.By.Id,
            OnBehalfOf = happening.By.OnBehalfOf,
            At = now,
            TraceId = traceId,
            Data = happening.Data,
        })];
    }

    private sealed record Happening(string Type, long SubjectId, long Version, Actor By, string? Data);
}

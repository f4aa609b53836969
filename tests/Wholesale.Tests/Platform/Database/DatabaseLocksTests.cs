using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform.Database;

/// <summary>The locks that nodes share on SQL Server, taken by two contexts as two nodes would.</summary>
public sealed class DatabaseLocksTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact(SkipType = typeof(SqlServerForTests), SkipUnless = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.NeedsServer)]
    public async Task Whoever_may_number_events_sees_the_numbers_of_whoever_might_before()
    {
        await using var one = directory.Open();
        await using var other = directory.Open();
        await using var first = await one.Database.BeginTransactionAsync();
        await using var second = await other.Database.BeginTransactionAsync();
        await other.Events.CountAsync(); // has looked at the log before

        var given = await DatabaseLocks.TakeEventNumbers(one, default);
        await BulkRows.Insert(one, [Numbered(given + 1)]);
        var isHeld = await IsHeld(DatabaseLocks.SqlServer.EventNumbers);
        var waiting = DatabaseLocks.TakeEventNumbers(other, default).AsTask();
        await first.CommitAsync();

        Assert.True(isHeld);
        Assert.Equal(given + 1, await waiting);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipUnless = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.NeedsServer)]
    public async Task A_lock_ends_with_the_transaction_that_was_given_up_and_its_number_is_given_again()
    {
        await using var one = directory.Open();
        await using var other = directory.Open();
        await using var second = await other.Database.BeginTransactionAsync();
        await using (await one.Database.BeginTransactionAsync())
        {
            await BulkRows.Insert(one, [Numbered(await DatabaseLocks.TakeEventNumbers(one, default) + 1)]);
        }

        Assert.Equal(0, await DatabaseLocks.TakeEventNumbers(other, default));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipUnless = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.NeedsServer)]
    public async Task A_writer_has_its_turn_alone_until_its_transaction_ends()
    {
        await using var one = directory.Open();
        await using var other = directory.Open();
        await using var turn = await one.Database.BeginTransactionAsync();
        await using var next = await other.Database.BeginTransactionAsync();
        await DatabaseLocks.TakeWrites(one, default);

        Assert.True(await IsHeld(DatabaseLocks.SqlServer.Writes));
        await turn.RollbackAsync();
        await DatabaseLocks.TakeWrites(other, default);
        Assert.True(await IsHeld(DatabaseLocks.SqlServer.Writes));
    }

    /// <summary>Whether somebody who does not wait is refused it, as busy.</summary>
    private async Task<bool> IsHeld(string name)
    {
        await using var asking = directory.Open();
        await using var transaction = await asking.Database.BeginTransactionAsync();
        var failure = await Record.ExceptionAsync(() => asking.Database.ExecuteSqlRawAsync(DatabaseLocks.SqlServer.Take(name, TimeSpan.Zero)));
        Assert.True(failure is null || DatabaseFaults.Of(failure) == DatabaseFault.Busy, failure?.ToString());
        return failure is not null;
    }

    private static Event Numbered(long number) => new()
    {
        Number = number,
        Type = "TEST",
        SubjectId = 1,
        Version = 0,
        ActorKind = ActorKind.System,
        ActorId = 0,
        At = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc),
    };
}

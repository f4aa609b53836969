using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Inventory;

/// <summary>
/// Another writer that is faster: it changes rows of a table after they were read, so that what is to change them finds them as they were no more. SQLite itself lets nobody in
/// between.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="times">How often.</param>
internal sealed class Overtaking(string table, int times = int.MaxValue) : DbCommandInterceptor
{
    public int Times { get; private set; }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith($"UPDATE \"{table}\"", StringComparison.Ordinal) && Times < times)
        {
            Times++;
            command.CommandText += " AND 0 = 1";
        }

        return new(result);
    }
}

/// <summary>Another writer that does something after a table was read, each time just before it is changed. SQLite itself lets nobody in between.</summary>
/// <param name="table">The table.</param>
/// <param name="sql">What the other one does, inside the same transaction.</param>
internal sealed class Meanwhile(string table, string sql) : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith($"UPDATE \"{table}\"", StringComparison.Ordinal))
        {
            await using var other = command.Connection!.CreateCommand();
            (other.Transaction, other.CommandText) = (command.Transaction, sql);
            await other.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }
}

/// <summary>Writes that another writer overtakes.</summary>
internal static class OvertakenWrites
{
    public static async Task<T> Write<T>(this RoomDatabase database, DbCommandInterceptor overtaking, Func<WholesaleDb, Writes, ValueTask<T>> work)
    {
        var file = await database.Read(db => new ValueTask<string>(db.Database.GetConnectionString()!));
        await using var db = DatabaseHosting.Open(new DatabaseSettings(DatabaseProvider.Sqlite, file, Migrate: false, Demo: false), overtaking);
        var writes = new Writes(db, new WriteGate(), database.Clock, database.Committed);
        return await writes.Run(Actor.System, () => work(db, writes));
    }
}

using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Telemetry;

namespace Wholesale.Platform.Database;

/// <summary>
/// Locks by name that the nodes of an installation share; each is held until the transaction ends. On SQLite there is nothing to do: who has begun a transaction has
/// the whole file.
/// </summary>
internal static class DatabaseLocks
{
    /// <summary>How long a lock is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly Func<WholesaleDb, IAsyncEnumerable<long?>> LastEvent = EF.CompileAsyncQuery((WholesaleDb db) =>
        db.Events.OrderByDescending(e => e.Number).Select(e => (long?)e.Number).Take(1));

    /// <summary>
    /// The right to change what a seller's staff and systems keep: catalog, companies, prices. Decisions about them read much and write little, so they are made one
    /// after another, on whichever node. Given in the order of asking.
    /// </summary>
    public static async ValueTask TakeWrites(WholesaleDb db, CancellationToken cancellation)
    {
        if (db.IsOnSqlServer)
        {
            using var span = Tracing.Wait("wait for the lock of writers"); // which is no statement that reads or changes rows
            await db.Database.ExecuteSqlRawAsync(SqlServer.TakeWrites, cancellation);
        }
    }

    /// <summary>The right to change one thing of many, as one cart: whoever writes in a lane of its own takes it before it reads what it decides upon.</summary>
    /// <param name="db">In a transaction.</param>
    /// <param name="kind">What kind of thing.</param>
    /// <param name="id">Which.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async ValueTask TakeOne(WholesaleDb db, string kind, long id, CancellationToken cancellation)
    {
        if (db.IsOnSqlServer)
        {
            using var span = Tracing.Wait("wait for the lock of a thing");
            await db.Database.ExecuteSqlRawAsync(SqlServer.TakeOne(kind, id), cancellation);
        }
    }

    /// <summary>As <see cref="TakeOne"/>, for whom may not know of the thing: where there is a lock to wait for, it is first asked whether it may be taken at all.</summary>
    /// <param name="db">In a transaction.</param>
    /// <param name="kind">What kind of thing.</param>
    /// <param name="id">Which.</param>
    /// <param name="mayTake">Asks.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False: it may not.</returns>
    public static async ValueTask<bool> TryTakeOne(WholesaleDb db, string kind, long id, Func<Task<bool>> mayTake, CancellationToken cancellation)
    {
        if (db.IsOnSqlServer && !await mayTake())
        {
            return false;
        }

        await TakeOne(db, kind, id, cancellation);
        return true;
    }

    /// <summary>The right to run the request that an idempotency key was given for: whoever comes second finds the answer of the first.</summary>
    /// <param name="db">In a transaction.</param>
    /// <param name="caller">Whose key it is.</param>
    /// <param name="key">The key.</param>
    /// <param name="patience">How long it is waited for.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False: the first one is still running.</returns>
    public static async ValueTask<bool> TryTakeRequest(WholesaleDb db, string caller, string key, TimeSpan patience, CancellationToken cancellation)
    {
        if (!db.IsOnSqlServer)
        {
            return true;
        }

        using var span = Tracing.Wait("wait for the request of the same key");
        return (await db.Database.SqlQueryRaw<int>(SqlServer.TryTakeRequest(caller, key, patience)).ToListAsync(cancellation))[0] >= 0;
    }

    /// <summary>
    /// The right to number events, taken last, just before the commit: so numbers follow the order of commits and have no gaps, and whoever sees a change sees its
    /// event. An identity column would give them in the order of inserting, and a reader would pass over who commits late.
    /// </summary>
    /// <returns>The last number given; 0 before the first.</returns>
    public static async ValueTask<long> TakeEventNumbers(WholesaleDb db, CancellationToken cancellation) => db.IsOnSqlServer
        ? (await db.Database.SqlQueryRaw<long>(SqlServer.TakeEventNumbers).ToListAsync(cancellation))[0]
        : await LastEvent(db).FirstOrDefaultAsync(cancellation) ?? 0;

    /// <summary>What SQL Server needs.</summary>
    internal static class SqlServer
    {
        public const string Writes = "Wholesale.Writes";
        public const string EventNumbers = "Wholesale.EventNumbers";

        public static readonly string TakeWrites = Take(Writes, Patience);

        /// <summary>The log is read by a statement of its own, or READ COMMITTED would see it as it was before the lock was given.</summary>
        public static readonly string TakeEventNumbers =
            Take(EventNumbers, Patience) + "SELECT ISNULL(MAX([Number]), 0) AS [Value] FROM [Events];";

        public static string TakeOne(string kind, long id) => Take(FormattableString.Invariant($"Wholesale.{kind}.{id}"), Patience);

        /// <summary>By a hash, since the name of a lock has at most 255 characters.</summary>
        public static string TryTakeRequest(string caller, string key, TimeSpan patience) => string.Create(CultureInfo.InvariantCulture, $"""
            DECLARE @given int;
            EXEC @given = sp_getapplock @Resource = N'Wholesale.Request.{XxHash128.HashToUInt128(Encoding.UTF8.GetBytes($"{caller} {key}")):x32}', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {patience.TotalMilliseconds};
            SELECT @given AS [Value];
            """);

        internal static string Take(string name, TimeSpan patience) => string.Create(CultureInfo.InvariantCulture, $"""
            DECLARE @given int;
            EXEC @given = sp_getapplock @Resource = N'{name}', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {patience.TotalMilliseconds};
            IF @given = -3 THROW {DatabaseFaults.LockDeadlock}, 'The lock {name} was waited for in a circle.', 1;
            IF @given < 0 THROW {DatabaseFaults.LockNotGiven}, 'The lock {name} was not given in time.', 1;

            """);
    }
}

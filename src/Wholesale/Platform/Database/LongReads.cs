namespace Wholesale.Platform.Database;

/// <summary>
/// A context for reads of so many rows that they must be used as they come: nothing of it is repeated or buffered. On SQLite it is the scope's own. One a scope; not
/// thread-safe.
/// </summary>
/// <param name="db">The context.</param>
/// <param name="isOwner">Whether it ends with this.</param>
public sealed class LongReads(WholesaleDb db, bool isOwner) : IAsyncDisposable, IDisposable
{
    /// <summary>The context.</summary>
    public WholesaleDb Db => db;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => isOwner ? db.DisposeAsync() : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isOwner)
        {
            db.Dispose();
        }
    }
}

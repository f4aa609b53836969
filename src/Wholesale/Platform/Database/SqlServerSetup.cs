using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wholesale.Platform.Database;

/// <summary>How a context on SQL Server is set up, for the host, the migrations tool and tests alike.</summary>
public static class SqlServerSetup
{
    /// <summary>Sets up a context.</summary>
    /// <param name="options">The context's options.</param>
    /// <param name="settings">The server, and how it is used.</param>
    /// <param name="isLong">Whether it is for long reads: see <see cref="LongReads"/>.</param>
    public static DbContextOptionsBuilder UseWholesaleSqlServer(this DbContextOptionsBuilder options, DatabaseSettings settings, bool isLong = false) => options
        .UseSqlServer(settings.ConnectionString, server =>
        {
            server.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter).CommandTimeout(settings.CommandTimeoutSeconds);
            if (!isLong)
            {
                server.ExecutionStrategy(dependencies => new ReadRetries(dependencies, settings.MaxRetries));
            }

            if (settings.MaxBatchSize is { } size)
            {
                server.MaxBatchSize(size);
            }
        })
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .ConfigureWarnings(warnings => warnings
            .Log((RelationalEventId.CommandExecuted, LogLevel.Debug)) // not every statement, every time
            .Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)) // any row will do where it is asked whether there is one, or deleted step by step
        .AddInterceptors(SqlServerCancellation.Instance);

    /// <summary>
    /// Where the connection to the server was lost, gives up the pool's others, which most likely were, too: each would cost another try.
    /// </summary>
    internal static void ForgetConnections(DbContext db, Exception lost)
    {
        if (DatabaseFaults.Of(lost) == DatabaseFault.Unreachable)
        {
            ForgetConnections(db);
        }
    }

    /// <summary>Gives up the pool's connections to a server: those that are in use when they are closed. On SQLite does nothing.</summary>
    internal static void ForgetConnections(DbContext db)
    {
        if (db.Database.GetDbConnection() is SqlConnection connection)
        {
            SqlConnection.ClearPool(connection);
        }
    }
}

/// <summary>Says of a statement that its caller gave up what .NET says of everything else: the client would call it an error of the server.</summary>
internal sealed class SqlServerCancellation : DbCommandInterceptor
{
    private SqlServerCancellation()
    {
    }

    public static SqlServerCancellation Instance { get; } = new();

    /// <inheritdoc/>
    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }
}

/// <summary>
/// Repeats a statement that could not be answered for a passing reason. Inside a transaction there is nothing to repeat alone: what began it repeats all of it, as
/// <see cref="Mutations"/> does. What may have to be read again EF Core reads whole before it gives the first row, so long reads go by <see cref="LongReads"/>.
/// </summary>
internal sealed class ReadRetries(ExecutionStrategyDependencies dependencies, int maxRetries)
    : ExecutionStrategy(dependencies, maxRetries, TimeSpan.FromSeconds(5))
{
    private bool IsInTransaction => Dependencies.CurrentContext.Context.Database.CurrentTransaction is not null;

    /// <inheritdoc/>
    public override TResult Execute<TState, TResult>(
        TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded) =>
        IsInTransaction ? operation(Dependencies.CurrentContext.Context, state) : base.Execute(state, operation, verifySucceeded);

    /// <inheritdoc/>
    public override Task<TResult> ExecuteAsync<TState, TResult>(
        TState state,
        Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default) => IsInTransaction
        ? operation(Dependencies.CurrentContext.Context, state, cancellationToken)
        : base.ExecuteAsync(state, operation, verifySucceeded, cancellationToken);

    /// <inheritdoc/>
    protected override bool ShouldRetryOn(Exception exception) => DatabaseFaults.Of(exception).IsPassing();

    /// <inheritdoc/>
    protected override void OnRetry() => SqlServerSetup.ForgetConnections(Dependencies.CurrentContext.Context, ExceptionsEncountered[^1]);
}

using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>One of the moments of a request, counted from 1, and what happens then.</summary>
/// <param name="number">Which one.</param>
/// <param name="act">What happens: it throws, or takes its time.</param>
internal sealed class Moment(int number, Func<Task> act)
{
    private int passed;

    /// <summary>Whether it came, and which it was; null: it has not come.</summary>
    public string? Name { get; private set; }

    /// <summary>A moment of the request comes.</summary>
    public async ValueTask Pass(string name)
    {
        if (Interlocked.Increment(ref passed) == number)
        {
            Name = name;
            await act();
        }
    }
}

/// <summary>
/// Knows the moments at which a request can end and leave something behind: before and after each command, and each step of its transaction. Lets something happen at one of them, of one
/// request alone.
/// </summary>
internal sealed class Moments : DbCommandInterceptor, IDbTransactionInterceptor, IStartupFilter
{
    private readonly AsyncLocal<Moment?> current = new();
    private Moment? next;
    private int running;

    /// <summary>How many requests run now.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>At one of the moments of the next request something happens.</summary>
    public Moment OfNextRequest(int number, Func<Task> act) => next = new(number, act);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Count);
        next(app);
    };

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await Pass($"before {command.CommandText}");
        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        await PassOr($"after {command.CommandText}", result);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await Pass($"before {command.CommandText}");
        return result;
    }

    public override async ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        await Pass($"after {command.CommandText}");
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await Pass($"before {command.CommandText}");
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await Pass($"after {command.CommandText}");
        return result;
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await Pass("before the transaction");
        return result;
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await PassOr("at the transaction's beginning", result);
        return result;
    }

    public async ValueTask<InterceptionResult> CreatingSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Pass("before a savepoint");
        return result;
    }

    public async Task CreatedSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default) =>
        await Pass("after a savepoint");

    public async ValueTask<InterceptionResult> ReleasingSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Pass("before a savepoint's end");
        return result;
    }

    public async Task ReleasedSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default) =>
        await Pass("after a savepoint's end");

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Pass("before the commit");
        return result;
    }

    public async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        await Pass("after the commit");

    private async Task Count(HttpContext context, RequestDelegate proceed)
    {
        Interlocked.Increment(ref running);
        current.Value = Interlocked.Exchange(ref next, null);
        try
        {
            await proceed(context);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private ValueTask Pass(string name) => current.Value?.Pass(name) ?? ValueTask.CompletedTask;

    /// <summary>Where the request ends, what it has just been given ends, too: nobody else would end it.</summary>
    private async ValueTask PassOr(string name, IAsyncDisposable given)
    {
        try
        {
            await Pass(name);
        }
        catch
        {
            await given.DisposeAsync();
            throw;
        }
    }
}

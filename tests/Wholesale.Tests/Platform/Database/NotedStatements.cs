using System.Data;
using System.Data.Common;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>
/// Notes what SQL Server would be sent, and answers for it: no connection is opened, no row is there. Not thread-safe.
/// </summary>
internal sealed class NotedStatements : DbCommandInterceptor, IDbConnectionInterceptor
{
    private readonly StringBuilder text = new();
    private int count;

    /// <summary>A context whose statements are noted. Nothing of it is buffered or repeated, as of long reads, for an empty answer has no columns to buffer.</summary>
    public WholesaleDb Open()
    {
        var options = new DbContextOptionsBuilder<SqlServerWholesaleDb>();
        options.UseWholesaleSqlServer(new DatabaseSettings(DatabaseProvider.SqlServer, "Server=none", Migrate: false, Demo: false), isLong: true)
            .UseModel(DatabaseHosting.ModelOf(DatabaseProvider.SqlServer))
            .AddInterceptors(this);
        return new SqlServerWholesaleDb(options.Options);
    }

    /// <summary>Notes under a name what a work sends.</summary>
    /// <exception cref="InvalidOperationException">It sent nothing.</exception>
    public async Task Of(string name, Func<WholesaleDb, Task> work)
    {
        var before = count;
        text.Append("=== ").Append(name).Append('\n');
        await using var db = Open();
        try
        {
            await work(db);
        }
        catch (Exception exception) when (count > before && exception is (InvalidOperationException or ArgumentOutOfRangeException))
        {
            // It was sent, and wanted a row or a column of the answer.
        }

        if (count == before)
        {
            throw new InvalidOperationException($"{name} sent no statement.");
        }
    }

    /// <summary>All that was noted.</summary>
    public override string ToString() => text.ToString();

    /// <inheritdoc/>
    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(InterceptionResult.Suppress());

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        using var nothing = new DataTable();
        return new(InterceptionResult<DbDataReader>.SuppressWithResult(nothing.CreateDataReader()));
    }

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return new(InterceptionResult<int>.SuppressWithResult(0));
    }

    /// <summary>The parameters with their types, too: a column that is compared with a value of another type is not found by its index.</summary>
    private void Note(DbCommand command)
    {
        count++;
        foreach (SqlParameter parameter in command.Parameters)
        {
            var size = parameter.Size > 0 ? $"({parameter.Size})" : parameter.Size < 0 ? "(max)" : "";
            text.Append("-- ").Append(parameter.ParameterName).Append(' ').Append(parameter.SqlDbType).Append(size).Append('\n');
        }

        text.Append(command.CommandText.ReplaceLineEndings("\n").TrimEnd('\n')).Append("\n\n");
    }
}

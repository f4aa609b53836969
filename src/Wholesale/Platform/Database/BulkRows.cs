using System.Buffers;
using System.Data;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wholesale.Platform.Database;

/// <summary>
/// Writes many rows of one table by one statement: the rows travel as one JSON parameter, to SQL Server many of them by its bulk copy. Table, columns and value
/// converters are those of the EF model; every column is written, so defaults of the database do not apply. Runs in the current transaction; knows nothing of tracked
/// entities. More than 5,000 rows are written by several statements, so that neither the parameter nor the time a statement takes grows without bound.
/// </summary>
public static class BulkRows
{
    /// <summary>How many rows go into one statement.</summary>
    public const int ChunkSize = 5_000;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Inserts rows.</summary>
    public static async ValueTask Insert<T>(WholesaleDb db, IReadOnlyList<T> rows, CancellationToken cancellation = default) where T : class
    {
        await Execute(db, rows, Table.Of<T>(db).Insert, cancellation);
    }

    /// <summary>
    /// Inserts at most <see cref="ChunkSize"/> rows behind those that are there: on SQLite, to the numbers that are their keys the greatest stored one is added, so that it need not be read before. On SQL
    /// Server they are inserted as they are.
    /// </summary>
    public static async ValueTask Append<T>(WholesaleDb db, IReadOnlyList<T> rows, CancellationToken cancellation = default) where T : class
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, ChunkSize);
        await Execute(db, rows, Table.Of<T>(db).Append, cancellation);
    }

    /// <summary>Inserts those of the rows whose primary keys are not there yet; of rows that are the same only one.</summary>
    public static async ValueTask InsertMissing<T>(WholesaleDb db, IReadOnlyList<T> rows, CancellationToken cancellation = default) where T : class
    {
        await Execute(db, rows, Table.Of<T>(db).InsertMissing, cancellation);
    }

    /// <summary>Changes columns of rows that are there; rows that are not are passed over.</summary>
    /// <param name="db">The database.</param>
    /// <param name="rows">The rows with their new values, each key once.</param>
    /// <param name="columns">What to change, as in <c>p => new { p.Name, p.Version }</c>; null: every column but the key's.</param>
    /// <param name="key">What tells the row, as in <c>p => p.Sku</c>; null: the primary key.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <returns>How many rows were found.</returns>
    public static ValueTask<int> Update<T>(
        WholesaleDb db, IReadOnlyList<T> rows, Expression<Func<T, object?>>? columns = null, Expression<Func<T, object?>>? key = null,
        CancellationToken cancellation = default) where T : class
    {
        var table = Table.Of<T>(db);
        if (columns is null && key is null)
        {
            return Execute(db, rows, table.Update, cancellation);
        }

        var keys = key is null ? table.Key : table.Named(key);
        var changed = columns is null ? [.. table.Columns.Except(keys).Except(table.Key)] : table.Named(columns);
        return Execute(db, rows, new(Write.Update, table.Name, [.. keys, .. changed], keys, changed), cancellation);
    }

    /// <summary>
    /// Adds to columns of rows that are there, as far as a condition holds of what they then are: whatever others write meanwhile, what is read is what is changed.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="rows">The rows with their keys, each once, and in <paramref name="columns"/> what is to be added, which may be negative.</param>
    /// <param name="columns">What to add to, as in <c>s => new { s.Reserved }</c>.</param>
    /// <param name="condition">
    /// In SQL, of the row as it would be, its columns in braces, as in <c>{OnHand} - {Reserved} >= 0</c>; null: none. Rows that do not meet it stay as they are.
    /// </param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <returns>How many rows were changed.</returns>
    public static ValueTask<int> Add<T>(
        WholesaleDb db, IReadOnlyList<T> rows, Expression<Func<T, object?>> columns, string? condition = null, CancellationToken cancellation = default) where T : class
    {
        var table = Table.Of<T>(db);
        var added = table.Named(columns);
        return Execute(db, rows, new(Write.Add, table.Name, [.. table.Key, .. added], table.Key, added) { Condition = Condition.Of(condition, table, added) }, cancellation);
    }

    /// <summary>Deletes rows by their primary keys.</summary>
    /// <returns>How many were found.</returns>
    public static ValueTask<int> Delete<T>(WholesaleDb db, IReadOnlyList<T> rows, CancellationToken cancellation = default) where T : class
    {
        return Execute(db, rows, Table.Of<T>(db).Delete, cancellation);
    }

    private static async ValueTask<int> Execute<T>(WholesaleDb db, IReadOnlyList<T> rows, Statement statement, CancellationToken cancellation) where T : class
    {
        var affected = 0;
        for (var start = 0; start < rows.Count; start += ChunkSize)
        {
            var end = Math.Min(rows.Count, start + ChunkSize);
            affected += !db.IsOnSqlServer ? await db.Database.ExecuteSqlRawAsync(statement.OnSqlite, [Serialize(rows, start, end, statement)], cancellation)
                : SqlServer.GoesInJson(end - start, statement) ? await db.Database.ExecuteSqlRawAsync(SqlServer.Sql(statement), [Serialize(rows, start, end, statement)], cancellation)
                : await SqlServer.Copy(db, rows, start, end, statement, cancellation);
        }

        return affected;
    }

    /// <summary>A list of lists: the columns' values of each row.</summary>
    private static string Serialize<T>(IReadOnlyList<T> rows, int start, int end, Statement statement) where T : class
    {
        var buffer = new ArrayBufferWriter<byte>(16 * (end - start) * statement.Sent.Count);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartArray();
            for (var i = start; i < end; i++)
            {
                json.WriteStartArray();
                foreach (var column in statement.Sent)
                {
                    WriteValue(json, column.Value(rows[i]));
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The form in which SQLite's driver stores a value of this type, so that rows written either way compare and sort alike; SQL Server converts it.</summary>
    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case long number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case short number: json.WriteNumberValue(number); break;
            case byte number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case bool boolean: json.WriteNumberValue(boolean ? 1 : 0); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTime instant: json.WriteStringValue(instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)); break;
            case byte[] bytes: json.WriteStringValue(Convert.ToHexString(bytes)); break;
            default: throw new NotSupportedException($"A column of type {value.GetType().Name} cannot be written in bulk.");
        }
    }

    /// <summary>What SQLite needs.</summary>
    private static class Sqlite
    {
        public static string Sql(Statement statement) => statement.Write switch
        {
            Write.Insert or Write.Append => Insert(statement),

            // With a WHERE, or the parser would take ON for a join's.
            Write.InsertMissing => $"{Insert(statement)} WHERE true ON CONFLICT ({Names(statement.Keys)}) DO NOTHING",
            Write.Add => $"UPDATE {Quoted(statement.Table)} AS t SET {string.Join(", ", statement.Changed.Select(column => $"{Quoted(column.Name)} = {Sum(statement, column)}"))} "
                + $"FROM json_each({{0}}) AS r WHERE {Pairs(statement, statement.Keys, "t.", " AND ")}{statement.Condition.Sql(column => Sum(statement, column), column => $"t.{Quoted(column.Name)}")}",
            Write.Update => $"UPDATE {Quoted(statement.Table)} AS t SET {Pairs(statement, statement.Changed, "", ", ")} FROM json_each({{0}}) AS r WHERE {Pairs(statement, statement.Keys, "t.", " AND ")}",
            _ => $"DELETE FROM {Quoted(statement.Table)} WHERE ({Names(statement.Keys)}) IN (SELECT {Values(statement)} FROM json_each({{0}}) AS r)",
        };

        private static string Insert(Statement statement) =>
            $"INSERT INTO {Quoted(statement.Table)} ({Names(statement.Sent)}) SELECT {Values(statement)} FROM json_each({{0}}) AS r";

        private static string Names(IReadOnlyList<Column> columns) => string.Join(", ", columns.Select(column => Quoted(column.Name)));

        private static string Values(Statement statement) => string.Join(", ", statement.Sent.Select((column, place) => Behind(statement, column) + Value(column, place)));

        /// <summary>What the key of an appended row counts on from.</summary>
        private static string Behind(Statement statement, Column column) => statement.Write == Write.Append && statement.Keys.Contains(column)
            ? $"(SELECT COALESCE(MAX({Quoted(column.Name)}), 0) FROM {Quoted(statement.Table)}) + "
            : "";

        private static string Pairs(Statement statement, IReadOnlyList<Column> columns, string prefix, string separator) =>
            string.Join(separator, columns.Select(column => $"{prefix}{Quoted(column.Name)} = {Value(column, statement.PlaceOf(column))}"));

        private static string Sum(Statement statement, Column column) => $"t.{Quoted(column.Name)} + {Value(column, statement.PlaceOf(column))}";

        private static string Value(Column column, int place) => column.IsBinary ? $"unhex(r.value ->> {place})" : $"r.value ->> {place}";

        private static string Quoted(string name) => $"\"{name}\"";
    }

    /// <summary>What SQL Server needs: few rows in JSON, in one round trip; more by its bulk copy, new ones straight into the table, others beside it.</summary>
    private static class SqlServer
    {
        /// <summary>Rows from which on three round trips take less than reading JSON.</summary>
        private const int MaximumInJson = 200;

        private const string Staging = "[#Rows]";
        private const string EndStaging = $"DROP TABLE {Staging}";

        /// <summary>Whether rows are sent as JSON: few do, unless they hold bytes, which JSON has no form for.</summary>
        public static bool GoesInJson(int rows, Statement statement) => rows <= MaximumInJson && !statement.Sent.Any(column => column.IsBinary);

        /// <summary>The statement upon rows in JSON.</summary>
        public static string Sql(Statement statement) => Sql(statement, $"OPENJSON({{0}}) WITH ({string.Join(", ", statement.Sent.Select(Field))})");

        /// <summary>Copies rows, and carries the statement out upon them.</summary>
        public static async ValueTask<int> Copy<T>(
            WholesaleDb db, IReadOnlyList<T> rows, int start, int end, Statement statement, CancellationToken cancellation) where T : class
        {
            await db.Database.OpenConnectionAsync(cancellation);
            try
            {
                return await CopyOpen(db, Rows(rows, start, end, statement), statement, cancellation);
            }
            finally
            {
                await db.Database.CloseConnectionAsync(); // which stays open where it was
            }
        }

        private static async ValueTask<int> CopyOpen(WholesaleDb db, DataTable rows, Statement statement, CancellationToken cancellation)
        {
            if (statement.Write is Write.Insert or Write.Append)
            {
                await Copy(db, rows, Quoted(statement.Table), cancellation);
                return rows.Rows.Count;
            }

            await db.Database.ExecuteSqlRawAsync(NewStaging(statement), cancellation);
            await Copy(db, rows, Staging, cancellation);
            var affected = await db.Database.ExecuteSqlRawAsync(Sql(statement, Staging), cancellation);
            await db.Database.ExecuteSqlRawAsync(EndStaging, cancellation);
            return affected;
        }

        private static string NewStaging(Statement statement) => $"CREATE TABLE {Staging} ({string.Join(", ", statement.Sent.Select(Definition))})";

        /// <summary>With a collation of its own: that of the database for temporary tables may be another.</summary>
        private static string Definition(Column column) =>
            $"{Quoted(column.Name)} {column.StoreType}{(column.Type == typeof(string) ? $" COLLATE {SqlServerModel.Collation}" : "")} NULL";

        private static string Sql(Statement statement, string source) => statement.Write switch
        {
            Write.Insert or Write.Append => $"INSERT INTO {Quoted(statement.Table)} ({Names(statement.Sent, "")}) SELECT {Names(statement.Sent, "[r].")} FROM {source} AS [r]",

            // Distinct, since a row may be sent twice, which SQLite passes over, too.
            Write.InsertMissing => $"INSERT INTO {Quoted(statement.Table)} ({Names(statement.Sent, "")}) SELECT DISTINCT {Names(statement.Sent, "[r].")} FROM {source} AS [r] "
                + $"WHERE NOT EXISTS (SELECT 1 FROM {Quoted(statement.Table)} AS [t] WITH (UPDLOCK, HOLDLOCK) WHERE {Pairs(statement.Keys, " AND ")})",
            Write.Add => $"UPDATE [t] SET {string.Join(", ", statement.Changed.Select(column => $"[t].{Quoted(column.Name)} = {Sum(column)}"))} FROM {Quoted(statement.Table)} AS [t] "
                + $"INNER JOIN {source} AS [r] ON {Pairs(statement.Keys, " AND ")}{statement.Condition.Sql(Sum, column => $"[t].{Quoted(column.Name)}", " WHERE ")}",
            Write.Update => $"UPDATE [t] SET {Pairs(statement.Changed, ", ")} FROM {Quoted(statement.Table)} AS [t] INNER JOIN {source} AS [r] ON {Pairs(statement.Keys, " AND ")}",
            _ => $"DELETE [t] FROM {Quoted(statement.Table)} AS [t] INNER JOIN {source} AS [r] ON {Pairs(statement.Keys, " AND ")}",
        };

        private static async Task Copy(WholesaleDb db, DataTable rows, string target, CancellationToken cancellation)
        {
            var transaction = (SqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            using var copy = new SqlBulkCopy(
                (SqlConnection)db.Database.GetDbConnection(),
                SqlBulkCopyOptions.CheckConstraints | (transaction is null ? SqlBulkCopyOptions.UseInternalTransaction : SqlBulkCopyOptions.Default),
                transaction);
            copy.DestinationTableName = target;
            copy.BulkCopyTimeout = db.Database.GetCommandTimeout() ?? copy.BulkCopyTimeout;
            foreach (DataColumn column in rows.Columns)
            {
                copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
            }

            await copy.WriteToServerAsync(rows, cancellation);
        }

        private static DataTable Rows<T>(IReadOnlyList<T> rows, int start, int end, Statement statement) where T : class
        {
            var table = new DataTable { Locale = CultureInfo.InvariantCulture, MinimumCapacity = end - start };
            foreach (var column in statement.Sent)
            {
                table.Columns.Add(column.Name, column.Type == typeof(DateOnly) ? typeof(DateTime) : column.Type);
            }

            for (var i = start; i < end; i++)
            {
                table.Rows.Add([.. statement.Sent.Select(column => Copied(column.Value(rows[i])))]);
            }

            return table;
        }

        /// <summary>A value as a table in memory has it. Days travel as their first instant, which a column of days takes.</summary>
        private static object Copied(object? value) => value switch
        {
            null => DBNull.Value,
            DateOnly day => day.ToDateTime(TimeOnly.MinValue),
            _ => value,
        };

        private static string Names(IReadOnlyList<Column> columns, string prefix) =>
            string.Join(", ", columns.Select(column => prefix + Quoted(column.Name)));

        private static string Pairs(IReadOnlyList<Column> columns, string separator) =>
            string.Join(separator, columns.Select(column => $"[t].{Quoted(column.Name)} = [r].{Quoted(column.Name)}"));

        private static string Sum(Column column) => $"[t].{Quoted(column.Name)} + [r].{Quoted(column.Name)}";

        private static string Field(Column column, int place) =>
            string.Create(CultureInfo.InvariantCulture, $"{Quoted(column.Name)} {column.StoreType} '$[{place}]'");

        private static string Quoted(string name) => $"[{name}]";
    }

    private enum Write
    {
        Insert,
        Append,
        InsertMissing,
        Update,
        Add,
        Delete,
    }

    /// <summary>What is to be done to a table.</summary>
    /// <param name="Write">What.</param>
    /// <param name="Table">The table.</param>
    /// <param name="Sent">The columns whose values travel, in order.</param>
    /// <param name="Keys">Those of them that tell the row.</param>
    /// <param name="Changed">Those of them that are written.</param>
    private sealed record Statement(Write Write, string Table, IReadOnlyList<Column> Sent, IReadOnlyList<Column> Keys, IReadOnlyList<Column> Changed)
    {
        /// <summary>What must hold of a row besides, once it is changed.</summary>
        public Condition Condition { get; init; } = new([]);

        /// <summary>Its text on SQLite.</summary>
        public string OnSqlite => field ??= Sqlite.Sql(this);

        public int PlaceOf(Column column)
        {
            var place = 0;
            while (!ReferenceEquals(Sent[place], column))
            {
                place++;
            }

            return place;
        }
    }

    /// <summary>A condition on a row as it would be.</summary>
    /// <param name="Parts">SQL as it stands; or a column, and whether it is added to.</param>
    private sealed record Condition(IReadOnlyList<(string? Text, Column? Column, bool IsAdded)> Parts)
    {
        public static Condition Of(string? condition, Table table, IReadOnlyList<Column> added)
        {
            var parts = new List<(string?, Column?, bool)>();
            foreach (var (i, part) in (condition ?? "").Split('{', '}').Index())
            {
                var column = i % 2 == 0 ? null : table.Columns.FirstOrDefault(c => c.Property.Name == part) ?? throw new ArgumentException($"{part} is no column of {table.Name}.");
                parts.Add((column is null ? part : null, column, column is not null && added.Contains(column)));
            }

            return new(condition is null ? [] : parts);
        }

        /// <summary>As the statement has it; nothing where there is none.</summary>
        public string Sql(Func<Column, string> sum, Func<Column, string> stored, string before = " AND ") => Parts.Count == 0
            ? ""
            : $"{before}({string.Concat(Parts.Select(part => part.Text ?? $"({(part.IsAdded ? sum(part.Column!) : stored(part.Column!))})"))})";
    }

    /// <summary>What the EF model says of an entity's table.</summary>
    private sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<Column> Key)
    {
        public Statement Insert { get; } = new(Write.Insert, Name, Columns, [], Columns);

        public Statement Append { get; } = new(Write.Append, Name, Columns, Key, Columns);

        public Statement InsertMissing { get; } = new(Write.InsertMissing, Name, Columns, Key, Columns);

        public Statement Update { get; } = OfAll(Name, [.. Columns.Except(Key)], Key);

        public Statement Delete { get; } = new(Write.Delete, Name, Key, Key, []);

        public static Table Of<T>(WholesaleDb db) where T : class
        {
            var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not an entity.");
            return entity.GetOrAddRuntimeAnnotationValue("Wholesale:BulkRows", static entity => Of(entity!), entity);
        }

        private static Statement OfAll(string name, IReadOnlyList<Column> changed, IReadOnlyList<Column> key) => new(Write.Update, name, [.. key, .. changed], key, changed);

        private static Table Of(IEntityType entity)
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
                ?? throw new ArgumentException($"{entity.ClrType.Name} has no table of its own.");
            var columns = entity.GetFlattenedProperties().Select(property => Column.Of(property, table)).ToList();
            var key = entity.FindPrimaryKey()!.Properties.Select(property => columns.Find(column => column.Property == property)!);
            return new Table(table.Name, columns, [.. key]);
        }

        /// <summary>The columns of the properties that an expression names.</summary>
        public IReadOnlyList<Column> Named(LambdaExpression properties) =>
            [.. properties.GetMemberAccessList().Select(member => Columns.FirstOrDefault(column => column.Property.Name == member.Name)
                ?? throw new ArgumentException($"{member.Name} is no column of {Name}."))];
    }

    /// <param name="Property">The entity's property.</param>
    /// <param name="Name">The column's name.</param>
    /// <param name="StoreType">Its type in the database.</param>
    /// <param name="Type">The type of its values.</param>
    /// <param name="Value">Reads an entity's value, converted as the model says.</param>
    private sealed record Column(IProperty Property, string Name, string StoreType, Type Type, Func<object, object?> Value)
    {
        /// <summary>Whether its values are bytes, which JSON has no form for.</summary>
        public bool IsBinary => Type == typeof(byte[]);

        public static Column Of(IProperty property, StoreObjectIdentifier table)
        {
            var getter = property.GetGetter();
            var converter = property.GetTypeMapping().Converter;
            var type = converter?.ProviderClrType ?? property.ClrType;
            var convert = converter?.ConvertToProvider ?? (value => value);
            return new Column(
                property,
                property.GetColumnName(table)!,
                property.GetColumnType(table)!,
                Nullable.GetUnderlyingType(type) ?? type,
                entity => getter.GetClrValueUsingContainingEntity(entity) is { } value ? convert(value) : null);
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Wholesale.Platform.Database;

/// <summary>
/// Writes many rows of one table by one statement: the rows travel as one JSON parameter. Table, columns and value converters are those of the EF
/// model; every column is written, so defaults of the database do not apply. Runs in the current transaction; knows nothing of tracked entities.
/// More than 5,000 rows are written by several statements, so that neither the parameter nor the time a statement takes grows without bound.
/// </summary>
public static class BulkRows
{
    /// <summary>How many rows go into one statement.</summary>
    public const int ChunkSize = 5_000;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Inserts rows.</summary>
    public static async ValueTask Insert<T>(WholesaleDb db, IReadOnlyList<T> rows, CancellationToken cancellation = default) where T : class
    {
        var table = Table.Of<T>(db);
        await Execute(db, rows, table.Columns, Sqlite.Insert(table.Name, table.Columns), cancellation);
    }

    /// <summary>Inserts those of the rows whose primary keys are not there yet.</summary>
    public static async ValueTask InsertMissing<T>(WholesaleDb db, IReadOnlyList<T> rows, CancellationToken cancellation = default) where T : class
    {
        var table = Table.Of<T>(db);
        await Execute(db, rows, table.Columns, Sqlite.InsertMissing(table.Name, table.Columns, table.Key), cancellation);
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
        var keys = key is null ? table.Key : table.Named(key);
        var changed = columns is null ? [.. table.Columns.Except(keys).Except(table.Key)] : table.Named(columns);
        return Execute(db, rows, [.. keys, .. changed], Sqlite.Update(table.Name, keys, changed), cancellation);
    }

    /// <summary>Deletes rows by their primary keys.</summary>
    /// <returns>How many were found.</returns>
    public static ValueTask<int> Delete<T>(WholesaleDb db, IReadOnlyList<T> rows, CancellationToken cancellation = default) where T : class
    {
        var table = Table.Of<T>(db);
        return Execute(db, rows, table.Key, Sqlite.Delete(table.Name, table.Key), cancellation);
    }

    private static async ValueTask<int> Execute<T>(
        WholesaleDb db, IReadOnlyList<T> rows, IReadOnlyList<Column> columns, string sql, CancellationToken cancellation) where T : class
    {
        var affected = 0;
        for (var start = 0; start < rows.Count; start += ChunkSize)
        {
            var json = Serialize(rows, start, Math.Min(rows.Count, start + ChunkSize), columns);
            affected += await db.Database.ExecuteSqlRawAsync(sql, [json], cancellation);
        }

        return affected;
    }

    /// <summary>A list of lists: the columns' values of each row.</summary>
    private static string Serialize<T>(IReadOnlyList<T> rows, int start, int end, IReadOnlyList<Column> columns) where T : class
    {
        var buffer = new ArrayBufferWriter<byte>(16 * (end - start) * columns.Count);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartArray();
            for (var i = start; i < end; i++)
            {
                json.WriteStartArray();
                foreach (var column in columns)
                {
                    Sqlite.WriteValue(json, column.Value(rows[i]));
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What SQLite needs. Another database's statements stand beside it.</summary>
    private static class Sqlite
    {
        public static string Insert(string table, IReadOnlyList<Column> columns) =>
            $"INSERT INTO {Quoted(table)} ({Names(columns)}) SELECT {Values(columns)} FROM json_each({{0}}) AS r";

        /// <summary>With a WHERE, or the parser would take ON for a join's.</summary>
        public static string InsertMissing(string table, IReadOnlyList<Column> columns, IReadOnlyList<Column> key) =>
            $"{Insert(table, columns)} WHERE true ON CONFLICT ({Names(key)}) DO NOTHING";

        public static string Update(string table, IReadOnlyList<Column> keys, IReadOnlyList<Column> changed)
        {
            var set = changed.Select((column, i) => $"{Quoted(column.Name)} = {Value(column, keys.Count + i)}");
            var where = keys.Select((column, i) => $"t.{Quoted(column.Name)} = {Value(column, i)}");
            return $"UPDATE {Quoted(table)} AS t SET {string.Join(", ", set)} FROM json_each({{0}}) AS r WHERE {string.Join(" AND ", where)}";
        }

        public static string Delete(string table, IReadOnlyList<Column> keys) =>
            $"DELETE FROM {Quoted(table)} WHERE ({Names(keys)}) IN (SELECT {Values(keys)} FROM json_each({{0}}) AS r)";

        /// <summary>The form in which the driver stores a value of this type, so that rows written either way compare and sort alike.</summary>
        public static void WriteValue(Utf8JsonWriter json, object? value)
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
                case DateTime instant: json.WriteStringValue(instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)); break;
                case byte[] bytes: json.WriteStringValue(Convert.ToHexString(bytes)); break;
                default: throw new NotSupportedException($"A column of type {value.GetType().Name} cannot be written in bulk.");
            }
        }

        private static string Names(IReadOnlyList<Column> columns) => string.Join(", ", columns.Select(column => Quoted(column.Name)));

        private static string Values(IReadOnlyList<Column> columns) => string.Join(", ", columns.Select(Value));

        private static string Value(Column column, int index) => column.IsBinary ? $"unhex(r.value ->> {index})" : $"r.value ->> {index}";

        private static string Quoted(string name) => $"\"{name}\"";
    }

    /// <summary>What the EF model says of an entity's table.</summary>
    private sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<Column> Key)
    {
        public static Table Of<T>(WholesaleDb db) where T : class
        {
            var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not an entity.");
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
                ?? throw new ArgumentException($"{typeof(T).Name} has no table of its own.");
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
    /// <param name="IsBinary">Whether its values are bytes, which JSON has no form for.</param>
    /// <param name="Value">Reads an entity's value, converted as the model says.</param>
    private sealed record Column(IProperty Property, string Name, bool IsBinary, Func<object, object?> Value)
    {
        public static Column Of(IProperty property, StoreObjectIdentifier table)
        {
            var getter = property.GetGetter();
            var converter = property.GetTypeMapping().Converter;
            var convert = converter?.ConvertToProvider ?? (value => value);
            return new Column(
                property,
                property.GetColumnName(table)!,
                (converter?.ProviderClrType ?? property.ClrType) == typeof(byte[]),
                entity => getter.GetClrValueUsingContainingEntity(entity) is { } value ? convert(value) : null);
        }
    }
}

using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wholesale.Platform.Database;

/// <summary>
/// What a room says of its tables that one of the databases has no use for: what an index serves and covers, and the unit of a number. Said beside the entity, carried out by
/// <see cref="SqlServerModel"/> and <see cref="SqliteModel"/>.
/// </summary>
public static class Stored
{
    /// <summary>The annotation that says what an index serves.</summary>
    internal const string ServesAnnotation = "Wholesale:Serves";

    /// <summary>The annotation of an index that covers its readers on SQLite, too.</summary>
    internal const string WideAnnotation = "Wholesale:Wide";

    /// <summary>The annotation that says the unit of a number.</summary>
    internal const string UnitAnnotation = "Wholesale:Unit";

    /// <summary>The unit of amounts of money.</summary>
    internal const string TenThousandths = "1/10,000 of the currency's unit.";

    /// <summary>The annotation of a code that is in no index.</summary>
    internal const string CodeAnnotation = "Wholesale:Code";

    /// <summary>Says what an index serves: SQL Server's is named after it, <c>IX_Table_purpose</c>.</summary>
    /// <param name="index">The index.</param>
    /// <param name="purpose">A few words, joined by underscores.</param>
    /// <param name="covering">Columns that its readers want besides, so that they need not look at the table.</param>
    internal static IndexBuilder<T> Serves<T>(this IndexBuilder<T> index, string purpose, Expression<Func<T, object?>>? covering = null)
    {
        index.HasAnnotation(ServesAnnotation, purpose);
        return covering is null ? index : index.IncludeProperties(covering);
    }

    /// <summary>Says that an index covers its readers on SQLite, too, where the columns that it covers are a part of its key: see <see cref="SqliteModel"/>.</summary>
    internal static IndexBuilder<T> OnSqliteToo<T>(this IndexBuilder<T> index) => index.HasAnnotation(WideAnnotation, true);

    /// <summary>Says that a text in no index is compared with one that is in an index, and so has its type.</summary>
    internal static PropertyBuilder<T> IsCode<T>(this PropertyBuilder<T> property) => property.HasAnnotation(CodeAnnotation, true);

    /// <summary>Says that a value is stored as JSON: read and written with its row, never looked for. Immutable; compared as a whole, by reference.</summary>
    internal static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) => property.HasConversion(
        value => JsonSerializer.Serialize(value, Json.Options), json => Latest<T>.Of(json), new ValueComparer<T>(favorStructuralComparisons: false));

    /// <summary>What was read last of a type, on this thread: rows of a list mostly have the same address, and no references. Values of JSON columns never change, so that rows can share one.</summary>
    private static class Latest<T>
    {
        [ThreadStatic]
        private static (string Json, T Value)? latest;

        public static T Of(string json)
        {
            if (latest is { } known && known.Json == json)
            {
                return known.Value;
            }

            var value = JsonSerializer.Deserialize<T>(json, Json.Options)!;
            latest = (json, value);
            return value;
        }
    }

    /// <summary>Says the unit of a stored number, where its type does not.</summary>
    internal static PropertyBuilder<T> InUnit<T>(this PropertyBuilder<T> property, string unit) => property.HasAnnotation(UnitAnnotation, unit);
}

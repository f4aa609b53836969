using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>What SQL Server refuses, or takes and is then slow or wrong with, seen in the model alone.</summary>
public sealed partial class SqlServerModelTests
{
    private static readonly IModel Model = DesignTimeModel();
    private static readonly IReadOnlyList<ITable> Tables = [.. Model.GetRelationalModel().Tables];

    [Fact]
    public void No_table_is_reached_by_two_cascades_from_one()
    {
        // Error 1785. A cascade from a table to itself is refused, too.
        var problems = new List<string>();
        foreach (var start in Tables)
        {
            var reached = new HashSet<ITable> { start };
            var ahead = new Stack<ITable>([start]);
            while (ahead.TryPop(out var table))
            {
                foreach (var next in table.ReferencingForeignKeyConstraints.Where(IsCascading).Select(key => key.Table))
                {
                    if (reached.Add(next))
                    {
                        ahead.Push(next);
                    }
                    else
                    {
                        problems.Add($"{start.Name} reaches {next.Name} by two paths, one of them through {table.Name}.");
                    }
                }
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Every_key_has_at_most_the_bytes_that_an_index_may_have()
    {
        var tooLong = Keys().Where(key => key.Columns.Sum(column => Bytes(column.StoreType)) > (key.IsClustered ? 900 : 1700))
            .Select(key => $"{key.Name}: {string.Join(" + ", key.Columns.Select(column => $"{column.Name} {column.StoreType}"))}");

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Every_column_of_a_key_has_a_bounded_length()
    {
        var unbounded = Keys().SelectMany(key => key.Columns.Where(column => column.StoreType.Contains("(max)", StringComparison.Ordinal)), (key, column) => $"{key.Name}: {column.Name}");

        Assert.Empty(unbounded);
    }

    [Fact]
    public void Every_table_has_one_clustered_key()
    {
        var others = Tables.Where(table => Keys().Count(key => key.Table == table && key.IsClustered) != 1).Select(table => table.Name);

        Assert.Empty(others);
    }

    [Fact]
    public void Every_text_compares_by_the_collation_of_the_database()
    {
        var others = Columns().Where(column => IsText(column) && column.Collation != SqlServerModel.Collation).Select(Describe);

        Assert.Equal(SqlServerModel.Collation, Model.GetCollation());
        Assert.Empty(others);
    }

    [Fact]
    public void Both_sides_of_a_foreign_key_have_one_type()
    {
        var others = Tables.SelectMany(table => table.ForeignKeyConstraints)
            .Where(key => !key.Columns.Select(column => column.StoreType).SequenceEqual(key.PrincipalColumns.Select(column => column.StoreType)))
            .Select(key => key.Name);

        Assert.Empty(others);
    }

    [Fact]
    public void Every_amount_and_quantity_says_its_unit()
    {
        var silent = Columns().Where(column => IsMeasure(column) && string.IsNullOrEmpty(column.Comment)).Select(Describe);

        Assert.Contains(Columns(), IsMeasure);
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_bigint_is_an_id_or_a_version_or_says_its_unit()
    {
        var silent = Columns().Where(column => column.StoreType == "bigint" && string.IsNullOrEmpty(column.Comment) && !Counted().IsMatch(column.Name)).Select(Describe);

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_enumeration_is_a_tinyint()
    {
        var others = Columns().Where(column => TypeOf(column).IsEnum && column.StoreType != "tinyint").Select(Describe);

        Assert.Empty(others);
    }

    [Fact]
    public void Every_index_that_is_not_unique_or_a_foreign_keys_is_named_after_what_it_serves()
    {
        var unnamed =
            from table in Tables
            from index in table.Indexes
            where !index.IsUnique
                && index.Name == $"IX_{table.Name}_{string.Join('_', index.Columns.Select(column => column.Name))}"
                && !table.ForeignKeyConstraints.Any(key => key.Columns.SequenceEqual(index.Columns))
            select index.Name;

        Assert.Empty(unnamed);
    }

    [Fact]
    public void No_column_is_numbered_by_the_database()
    {
        var numbered =
            from entity in Model.GetEntityTypes()
            from property in entity.GetProperties()
            where SqlServerPropertyExtensions.GetValueGenerationStrategy(property) != SqlServerValueGenerationStrategy.None || property.GetComputedColumnSql() is not null
            select $"{entity.GetTableName()}.{property.Name}";

        Assert.Empty(numbered);
    }

    [Fact]
    public void The_migrations_of_both_databases_make_the_present_model()
    {
        using var sqlite = new SqliteDesignTime().CreateDbContext([]);
        using var sqlServer = new SqlServerDesignTime().CreateDbContext([]);

        Assert.False(sqlite.Database.HasPendingModelChanges(), "SQLite's migrations are behind the entities: see tools/migrate.");
        Assert.False(sqlServer.Database.HasPendingModelChanges(), "SQL Server's migrations are behind the entities: see tools/migrate.");
    }

    [Theory]
    [InlineData("bigint", 8)]
    [InlineData("datetime2", 8)]
    [InlineData("varchar(192)", 192)]
    [InlineData("nvarchar(200)", 400)]
    [InlineData("binary(32)", 32)]
    public void The_measure_counts_bytes(string storeType, int bytes) => Assert.Equal(bytes, Bytes(storeType));

    private static IModel DesignTimeModel()
    {
        using var db = new SqlServerDesignTime().CreateDbContext([]);
        return db.GetService<IDesignTimeModel>().Model;
    }

    private static bool IsCascading(IForeignKeyConstraint key) => key.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull or ReferentialAction.SetDefault;

    private static IEnumerable<IColumn> Columns() => Tables.SelectMany(table => table.Columns);

    private static string Describe(IColumn column) => $"{column.Table.Name}.{column.Name} {column.StoreType}";

    private static Type TypeOf(IColumn column) =>
        column.PropertyMappings[0].Property.ClrType is var type && Nullable.GetUnderlyingType(type) is { } value ? value : type;

    private static bool IsText(IColumn column) => column.StoreType.Contains("char", StringComparison.Ordinal);

    private static bool IsMeasure(IColumn column) => TypeOf(column) == typeof(Amount) || TypeOf(column) == typeof(Quantity);

    /// <summary>The primary keys, the other keys and the indexes; the columns that an index only carries count for none of them.</summary>
    private static IEnumerable<(ITable Table, string Name, bool IsClustered, IReadOnlyList<IColumn> Columns)> Keys()
    {
        foreach (var table in Tables)
        {
            var clustered = table.Indexes.FirstOrDefault(index => index.MappedIndexes.First().IsClustered() == true);
            foreach (var key in table.UniqueConstraints)
            {
                yield return (table, key.Name, key.MappedKeys.First().IsClustered() ?? (clustered is null && key == table.PrimaryKey), key.Columns);
            }

            foreach (var index in table.Indexes)
            {
                yield return (table, index.Name, index == clustered, index.Columns);
            }
        }
    }

    private static int Bytes(string storeType)
    {
        var match = StoreType().Match(storeType);
        var length = match.Groups["length"].Value;
        return (match.Groups["name"].Value, length) switch
        {
            ("bigint" or "datetime2" or "float", "") => 8,
            ("int", "") => 4,
            ("date", "") => 3,
            ("smallint", "") => 2,
            ("tinyint" or "bit", "") => 1,
            ("uniqueidentifier", "") => 16,
            ("char" or "varchar" or "binary" or "varbinary", { Length: > 0 }) => Length(length),
            ("nchar" or "nvarchar", { Length: > 0 }) => 2 * Length(length),
            _ => throw new NotSupportedException($"How long a key of the type {storeType} is, this test does not know."),
        };
    }

    private static int Length(string length) => length == "max" ? short.MaxValue : int.Parse(length, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<name>\w+)(\((?<length>\w+)\))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex StoreType();

    [GeneratedRegex("(Id|Version|Revision|Number|OnBehalfOf)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Counted();
}

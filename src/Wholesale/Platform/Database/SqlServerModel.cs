using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Wholesale.Platform.Database;

/// <summary>
/// The tables as SQL Server has them. Whatever is looked up or sorted by is <c>varchar</c> in UTF-8 and compares byte by byte, as SQLite's text does, so that
/// both databases find and order the same; what is only read is <c>nvarchar</c>. Enumerations are <c>tinyint</c>; amounts and quantities are <c>bigint</c>
/// whose unit is said by the column's <c>MS_Description</c>.
/// </summary>
internal static partial class SqlServerModel
{
    /// <summary>
    /// Of the database itself and each text column. Of the database, too, because the rows of <c>OPENJSON</c> and the text of <c>varchar</c> parameters have
    /// that one, and two collations do not compare.
    /// </summary>
    public const string Collation = "Latin1_General_100_BIN2_UTF8";

    /// <summary>Bytes that a UTF-16 code unit takes in UTF-8 at most.</summary>
    private const int BytesOfCharacter = 3;

    /// <summary>Says the units of the platform's types, wherever an entity has a property of one.</summary>
    public static void SayUnits(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<Amount>().HaveAnnotation(Stored.UnitAnnotation, Stored.TenThousandths);
        configuration.Properties<Quantity>().HaveAnnotation(Stored.UnitAnnotation, "Thousandths of the unit of measure.");
        configuration.Properties<PermissionSet>().HaveAnnotation(Stored.UnitAnnotation, "One bit a permission.");
    }

    /// <summary>Turns what rooms say of their tables into what SQL Server needs.</summary>
    public static void Apply(ModelBuilder model)
    {
        model.UseCollation(Collation);
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                Apply(property);
            }

            foreach (var index in entity.GetIndexes())
            {
                Apply(index, entity.GetTableName()!);
            }
        }
    }

    private static void Apply(IMutableProperty property)
    {
        if (property.FindAnnotation(Stored.UnitAnnotation)?.Value is string unit)
        {
            property.SetComment(unit);
        }

        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum && property.GetValueConverter() is null)
        {
            property.SetProviderClrType(typeof(byte));
        }

        if ((property.GetValueConverter()?.ProviderClrType ?? property.ClrType) != typeof(string))
        {
            return;
        }

        property.SetCollation(Collation);
        if (property.IsUnicode() != false && (property.IsKey() || property.IsIndex() || property.FindAnnotation(Stored.CodeAnnotation) is not null) && property.GetMaxLength() is { } length)
        {
            property.SetIsUnicode(false);
            property.SetColumnType($"varchar({length * BytesOfCharacter})");
        }
    }

    private static void Apply(IMutableIndex index, string table)
    {
        if (index.FindAnnotation(Stored.ServesAnnotation)?.Value is string purpose)
        {
            index.SetDatabaseName($"IX_{table}_{purpose}");
        }

        if (index.GetFilter() is { } filter)
        {
            index.SetFilter(QuotedName().Replace(filter, "[$1]"));
        }
    }

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex QuotedName();
}

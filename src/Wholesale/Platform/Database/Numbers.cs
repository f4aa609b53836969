using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wholesale.Platform.Database;

/// <summary>The numbers behind the platform's types, for queries that add them up or compare them: the database does, nothing else can call these.</summary>
public static class Numbers
{
    /// <summary>The ten thousandths of an amount.</summary>
    public static long Of(Amount amount) => throw new InvalidOperationException($"Only a query can ask for the number of {amount}.");

    /// <summary>The thousandths of a quantity.</summary>
    public static long Of(Quantity quantity) => throw new InvalidOperationException($"Only a query can ask for the number of {quantity}.");

    internal static void Map(ModelBuilder model)
    {
        Map(model, typeof(Amount), "amount");
        Map(model, typeof(Quantity), "quantity");
    }

    private static void Map(ModelBuilder model, Type type, string parameter)
    {
        var function = model.HasDbFunction(typeof(Numbers).GetMethod(nameof(Of), [type])!);
        function.HasParameter(parameter).HasStoreType("bigint");
        function.HasTranslation(arguments => new SqlUnaryExpression(ExpressionType.Convert, arguments[0], typeof(long), LongTypeMapping.Default));
    }
}

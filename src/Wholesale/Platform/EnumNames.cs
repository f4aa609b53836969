using System.Collections.Frozen;
using System.Text.Json;

namespace Wholesale.Platform;

/// <summary>The names that the contract has for an enumeration's values: <c>PartlyShipped</c> is <c>PARTLY_SHIPPED</c>.</summary>
internal static class EnumNames<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));
    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    /// <summary>All names, in the order in which they compare.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A value's name.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>The value of a name, which is compared exactly; null: none has it.</summary>
    public static T? Parse(string name) => Values.TryGetValue(name, out var value) ? value : null;
}

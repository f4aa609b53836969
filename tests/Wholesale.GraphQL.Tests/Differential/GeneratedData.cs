using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>
/// Numbers that follow from a text: FNV-1a over its UTF-16 code units seeds mulberry32. <c>tests/node/reference.mjs</c> has the same functions, so
/// that both engines are given the same data without sending any.
/// </summary>
internal struct DataRandom
{
    private uint state = 0x811c9dc5;

    public DataRandom(string key)
    {
        foreach (var character in key)
        {
            state = (state ^ character) * 0x01000193;
        }
    }

    /// <summary>Less than the bound.</summary>
    public int Next(int bound)
    {
        state += 0x6d2b79f5;
        var t = state;
        t = (t ^ (t >> 15)) * (t | 1);
        t ^= t + ((t ^ (t >> 7)) * (t | 61));
        return (int)((t ^ (t >> 14)) % (uint)bound);
    }
}

/// <summary>The leaves of generated data: mostly plain, sometimes extreme, sometimes no value of their type, which is an error at that position.</summary>
internal static class GeneratedLeaf
{
    private static readonly long[] Ints = [int.MaxValue, int.MinValue, 0, 2147483648];
    private static readonly double[] Floats = [0.1, 1e21, 1e-7, 123456789.123, 5e-324, double.MaxValue, -0.0, 1.0 / 3, 100, double.NaN];
    private static readonly string[] Strings =
    [
        "", "a\"b\\c", "\n\r\t\b\f", "\u0000\u001f\u007f", "Größe", "日本語", "😀", "\u2028\u2029", "</script>", new('x', 300),
    ];

    /// <summary>A long, double, bool or string.</summary>
    public static object Of(NamedType type, ref DataRandom random)
    {
        var special = random.Next(40);
        var number = random.Next(2001) - 1000;
        return type switch
        {
            EnumType values => special == 0 ? "NO_SUCH_VALUE" : values.Values[(number + 1000) % values.Values.Length].Name,
            { Name: "Int" } => special < Ints.Length ? Ints[special] : number,
            { Name: "Float" } => special < Floats.Length ? Floats[special] : number / 64.0,
            { Name: "String" } => special < Strings.Length ? Strings[special] : $"s{number}",
            { Name: "ID" } => number.ToString(CultureInfo.InvariantCulture),
            { Name: "Boolean" } => number % 2 == 0,
            { Name: "Even" } => special == 0 ? 1L : number * 2L,
            { Name: "Tag" } => special == 0 ? "no tag" : $"#{number}",
            _ => throw new ArgumentException($"There are no values of {type}.", nameof(type)),
        };
    }
}

/// <summary>Coerced arguments as text that both sides write alike.</summary>
internal static class CanonicalText
{
    public static string Of(ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        var text = new StringBuilder();
        Fields(text, arguments);
        return text.ToString();
    }

    private static void Fields(StringBuilder text, ReadOnlySpan<(string Name, object? Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (value is not DBNull)
            {
                text.Append(name).Append('=');
                Value(text, value);
                text.Append(';');
            }
        }
    }

    private static void Value(StringBuilder text, object? value)
    {
        _ = value switch
        {
            null => text.Append('n'),
            bool b => text.Append(b ? 't' : 'f'),
            int or long => text.Append(CultureInfo.InvariantCulture, $"i{value}"),
            double number => text.Append(CultureInfo.InvariantCulture, $"d{BitConverter.DoubleToInt64Bits(number):x}"),
            string s => text.Append(CultureInfo.InvariantCulture, $"s{s.Length}:{s}"),
            GeneratedInput input => Object(text, input),
            System.Collections.IEnumerable items => List(text, items),
            _ => throw new ArgumentException($"A {value.GetType()} is no argument.", nameof(value)),
        };
    }

    private static StringBuilder Object(StringBuilder text, GeneratedInput input)
    {
        text.Append('{');
        Fields(text, input.Fields);
        return text.Append('}');
    }

    private static StringBuilder List(StringBuilder text, System.Collections.IEnumerable items)
    {
        text.Append('[');
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? "" : ",");
            isFirst = false;
            Value(text, item);
        }

        return text.Append(']');
    }
}

/// <summary>Makes the values of one output type with its CLR type.</summary>
internal abstract class Values<T>(bool nonNull)
{
    public T? Next(ref DataRandom random) => random.Next(nonNull ? 30 : 8) == 0 ? default : Present(ref random);

    protected abstract T Present(ref DataRandom random);
}

/// <summary>Scalars and enums.</summary>
internal sealed class LeafValues<T>(NamedType type, bool nonNull) : Values<T>(nonNull)
{
    protected override T Present(ref DataRandom random) => (T)GeneratedLeaf.Of(type, ref random);
}

/// <summary>Lists of up to three.</summary>
internal sealed class ListValues<T>(Values<T> item, bool nonNull) : Values<IReadOnlyList<T?>>(nonNull)
{
    protected override IReadOnlyList<T?> Present(ref DataRandom random)
    {
        var items = new T?[random.Next(4)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = item.Next(ref random);
        }

        return items;
    }
}

/// <summary>Objects of one type, known by an identity.</summary>
internal sealed class ObjectValues<TTag>(bool nonNull) : Values<Thing<TTag>>(nonNull)
{
    protected override Thing<TTag> Present(ref DataRandom random) => new(IdentityOf(ref random));

    internal static string IdentityOf(ref DataRandom random) => random.Next(100_000).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Objects of any possible type, and now and then of none.</summary>
internal sealed class AbstractValues(IReadOnlyList<Func<string, Thing>> possible, bool nonNull) : Values<Thing>(nonNull)
{
    protected override Thing Present(ref DataRandom random)
    {
        var isStray = random.Next(40) == 0;
        var create = possible[random.Next(possible.Count)];
        var id = ObjectValues<object>.IdentityOf(ref random);
        return isStray ? new Thing<Stray>(id) : create(id);
    }

    /// <summary>The tag of objects that no schema knows.</summary>
    internal sealed class Stray;
}

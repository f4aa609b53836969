using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Turns a coerced value into a resolver parameter's CLR type. Coerced values are: a scalar's CLR value, an enum value's name, <c>object?[]</c> for a list,
/// an <see cref="InputObjectValue"/> for an input object, <see cref="Absent.Value"/> where the client gave nothing and there is no default.
/// </summary>
internal delegate object? InputConverter(object? value);

/// <summary>The coerced value of what was left out.</summary>
internal sealed class Absent
{
    private Absent()
    {
    }

    public static Absent Value { get; } = new();
}

/// <summary>The coerced value of an input object: the record that resolvers receive, and what it was made of.</summary>
/// <param name="Type">The input object type.</param>
/// <param name="Fields">Coerced, in the order of the type's fields.</param>
/// <param name="Record">Null where no resolver takes the type.</param>
internal sealed record InputObjectValue(InputObjectType Type, object?[] Fields, object? Record)
{
    /// <summary>The <see cref="CostWithin"/> that nobody has worked out yet.</summary>
    public const long Unknown = long.MinValue;

    /// <summary>What the fields cost, kept by <see cref="InputCosts"/>: the same whenever it is worked out.</summary>
    public long CostWithin { get; set; } = Unknown;
}

/// <summary>A custom or built-in scalar as input.</summary>
internal abstract class ScalarInputType
{
    public abstract Type ClrType { get; }

    public abstract string? Parse(in ScalarInput input, out object? value);
}

internal sealed class ScalarInputType<T, TScalar> : ScalarInputType
    where TScalar : struct, IScalar<T>
{
    public override Type ClrType => typeof(T);

    public override string? Parse(in ScalarInput input, out object? value)
    {
        var problem = TScalar.Parse(input, out var parsed);
        value = parsed;
        return problem;
    }
}

/// <summary>An input object type with the record that resolvers receive: its constructor's parameters are the input fields, by name without case.</summary>
internal sealed class InputRecord(ConstructorInfo constructor)
{
    private readonly ConstructorInvoker invoker = ConstructorInvoker.Create(constructor);

    public Type ClrType => constructor.DeclaringType!;

    public ParameterInfo[] Parameters { get; } = constructor.GetParameters();

    /// <summary>By parameter: which input field it is, by position in the type; −1 for one that this contract leaves out.</summary>
    public int[] FieldIndexes { get; } = new int[constructor.GetParameters().Length];

    public InputConverter[] Converters { get; } = new InputConverter[constructor.GetParameters().Length];

    public object Create(object?[] fields)
    {
        var values = new object?[Converters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Converters[i](FieldIndexes[i] < 0 ? Absent.Value : fields[FieldIndexes[i]]);
        }

        try
        {
            return invoker.Invoke(values.AsSpan());
        }
        catch (TargetInvocationException exception)
        {
            // A constructor that refuses its arguments does so in its own words.
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}

/// <summary>Makes converters at start-up, and says which CLR types do not fit.</summary>
internal static class InputConverters
{
    /// <summary>A converter from a coerced value of an input type to a CLR type, or null if there is none.</summary>
    /// <param name="clrTypeOf">The CLR type of a named input type's values: a scalar's, <see cref="string"/> for an enum, the record of an input object.</param>
    public static InputConverter? Create(GraphQLType type, Type clr, Func<NamedType, Type, Type?> clrTypeOf)
    {
        if (clr.IsGenericType && clr.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            var inner = Create(type, clr.GetGenericArguments()[0], clrTypeOf);
            var absent = Activator.CreateInstance(clr);
            var constructor = ConstructorInvoker.Create(clr.GetConstructor([clr.GetGenericArguments()[0]])!);
            return inner is null ? null : value => value == Absent.Value ? absent : constructor.Invoke(inner(value));
        }

        if (type.Nullable is ListType list)
        {
            var itemType = clr.IsArray ? clr.GetElementType()! : clr.IsGenericType ? clr.GetGenericArguments()[0] : null;
            if (itemType is null || !clr.IsAssignableFrom(itemType.MakeArrayType()))
            {
                return null;
            }

            var item = Create(list.ItemType, itemType, clrTypeOf);
            return item is null ? null : value => value is object?[] items ? ToArray(items, itemType, item) : null;
        }

        var underlying = Nullable.GetUnderlyingType(clr);
        if (underlying is null && clr.IsValueType && type is not NonNullType)
        {
            return null;
        }

        var target = underlying ?? clr;
        var named = type.Named;
        if (named is EnumType enumType && target.IsEnum)
        {
            var values = EnumNames.Of(target);
            return enumType.Values.All(v => values.ContainsKey(v.Name)) ? value => value is string name ? values[name] : null : null;
        }

        var source = clrTypeOf(named, target);
        if (source == typeof(int) && target == typeof(long))
        {
            return static value => value is int number ? (long)number : null;
        }

        return source != target ? null
            : named is InputObjectType ? static value => (value as InputObjectValue)?.Record
            : static value => value == Absent.Value ? null : value;
    }

    private static Array ToArray(object?[] items, Type itemType, InputConverter item)
    {
        var array = Array.CreateInstance(itemType, items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            array.SetValue(item(items[i]), i);
        }

        return array;
    }
}

/// <summary>The SCREAMING_CASE names of a CLR enum's members.</summary>
internal static class EnumNames
{
    public static FrozenDictionary<string, object> Of(Type enumType) =>
        Enum.GetNames(enumType).ToFrozenDictionary(NameOf, name => Enum.Parse(enumType, name));

    public static string NameOf(string member)
    {
        var name = new System.Text.StringBuilder(member.Length + 4);
        for (var i = 0; i < member.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(member[i]) && !char.IsAsciiLetterUpper(member[i - 1]))
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(member[i]));
        }

        return name.ToString();
    }
}

using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

// What fields give: output types with the CLR types of their values.
internal sealed partial class SchemaBinder
{
    /// <summary>What holds values of an output type with this CLR type; null, with a problem noted, if they do not fit.</summary>
    private Output? OutputOf(GraphQLType type, Type clr, string coordinate)
    {
        if (type.Nullable is ListType list)
        {
            if (ItemTypeOf(clr) is not { } itemType || clr.IsValueType)
            {
                problems.Add($"{coordinate} is {type}, but its code gives {NameOf(clr)}, which is not an IReadOnlyList.");
                return null;
            }

            return OutputOf(list.ItemType, itemType, coordinate) is { } item
                ? (Output)Activator.CreateInstance(typeof(ListOutput<,>).MakeGenericType(clr, itemType), item, list.ItemType is NonNullType)!
                : null;
        }

        var named = type.Named;
        var target = Nullable.GetUnderlyingType(clr) ?? clr;
        if (named is ObjectType objectType)
        {
            Reach(objectType, target, coordinate);
        }

        if (outputs.TryGetValue((named, clr), out var known))
        {
            return known;
        }

        var problemsBefore = problems.Count;
        var output = named switch
        {
            ScalarType scalar => ScalarOutputOf(scalar, clr, target),
            EnumType enumType => EnumOutputOf(enumType, clr, target, coordinate),
            ObjectType => (Output)Activator.CreateInstance(
                (target == clr ? typeof(ObjectOutput<>) : typeof(NullableObjectOutput<>)).MakeGenericType(target), named)!,
            CompositeType when clr.IsClass || clr.IsInterface => (Output)Activator.CreateInstance(typeof(AbstractOutput<>).MakeGenericType(clr))!,
            _ => null,
        };
        if (output is null)
        {
            if (problems.Count == problemsBefore)
            {
                problems.Add($"{coordinate} is {type}, but its code gives {NameOf(clr)}.");
            }

            return null;
        }

        return outputs[(named, clr)] = output;
    }

    private Output? ScalarOutputOf(ScalarType type, Type clr, Type target)
    {
        foreach (var (value, scalar) in ScalarTypesOf(type.Name))
        {
            if (value == target)
            {
                if (scalar == typeof(StringScalar) || scalar == typeof(IdScalar))
                {
                    return new StringOutput();
                }

                var generic = target == clr ? typeof(ScalarOutput<,>) : typeof(NullableScalarOutput<,>);
                return (Output)Activator.CreateInstance(generic.MakeGenericType(target, scalar))!;
            }
        }

        return null;
    }

    private Output? EnumOutputOf(EnumType type, Type clr, Type target, string coordinate)
    {
        if (target == typeof(string))
        {
            return new EnumOutput<string, string>(type.Values.ToFrozenDictionary(v => v.Name, v => Encoding.UTF8.GetBytes($"\"{v.Name}\"")));
        }

        if (!target.IsEnum)
        {
            return null;
        }

        var members = EnumNames.Of(target);
        var missing = type.Values.Where(v => !members.ContainsKey(v.Name)).Select(v => v.Name).ToList();
        var extra = isPart ? [] : members.Keys.Where(m => type.Value(m) is null).ToList();
        if (missing.Count + extra.Count > 0)
        {
            problems.Add($"{coordinate}: enum {type.Name} and {NameOf(target)} differ: {string.Join(", ", missing.Concat(extra))}.");
            return null;
        }

        if (type.Values.GroupBy(v => members[v.Name]).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            problems.Add($"{coordinate}: {string.Join(" and ", same)} of enum {type.Name} are one value of {NameOf(target)}.");
            return null;
        }

        var names = typeof(SchemaBinder).GetMethod(nameof(NamesOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(target).Invoke(null, [type]);
        return (Output)Activator.CreateInstance(typeof(EnumOutput<,>).MakeGenericType(clr, target), names)!;
    }

    private static FrozenDictionary<T, byte[]> NamesOf<T>(EnumType type) where T : struct, Enum
    {
        var members = EnumNames.Of(typeof(T));
        return type.Values.ToFrozenDictionary(v => (T)members[v.Name], v => Encoding.UTF8.GetBytes($"\"{v.Name}\""));
    }

    /// <summary>Notes that an object type's values have this CLR type, and plans to bind its fields.</summary>
    private void Reach(ObjectType type, Type clr, string because)
    {
        if (!clrTypes.TryGetValue(type, out var known))
        {
            clrTypes[type] = (clr, because);
            pending.Enqueue(type);
        }
        else if (known.Clr != clr)
        {
            problems.Add($"{type.Name} is {NameOf(known.Clr)} because of {known.Because}, but {NameOf(clr)} because of {because}.");
        }
    }

    private void BindAbstractTypes()
    {
        foreach (var ((named, _), output) in outputs)
        {
            if (output is not IAbstractOutput abstractOutput)
            {
                continue;
            }

            var members = schema.PossibleTypes((CompositeType)named).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
            foreach (var missing in members.Where(m => !clrTypes.ContainsKey(m)))
            {
                problems.Add($"{missing.Name} is a possible {named.Name}, but no field leads to it: name its CLR type with ResolverMap.Type.");
            }

            foreach (var same in members.Where(clrTypes.ContainsKey).GroupBy(m => clrTypes[m].Clr).Where(g => g.Count() > 1))
            {
                problems.Add($"{named.Name}: {string.Join(" and ", same)} are both {NameOf(same.Key)}, so a value does not tell its type.");
            }

            abstractOutput.Bind([.. members.Where(clrTypes.ContainsKey).Select(m => (m, clrTypes[m].Clr))]);
        }
    }
}

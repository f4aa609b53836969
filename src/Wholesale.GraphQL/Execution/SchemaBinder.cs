using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Walks the schema from its roots along the CLR types that resolvers and properties return, and makes a typed binding of every field. Collects every
/// mismatch, so that one start shows them all.
/// </summary>
internal sealed class SchemaBinder
{
    private readonly Schema schema;
    private readonly ResolverMap map;
    private readonly bool isPart;
    private readonly ResolverMap introspection;
    private readonly List<string> problems = [];
    private readonly Dictionary<ObjectType, (Type Clr, string Because)> clrTypes = [];
    private readonly Queue<ObjectType> pending = new();
    private readonly Dictionary<(ObjectType, string), FieldBinding> bindings = [];
    private readonly Dictionary<(NamedType, Type), Output> outputs = [];
    private readonly Dictionary<ScalarType, ScalarInputType> scalars = [];
    private readonly Dictionary<InputObjectType, InputRecord?> records = [];
    private readonly HashSet<string> used = [];

    public SchemaBinder(Schema schema, ResolverMap map, bool isPart)
    {
        this.schema = schema;
        this.map = map;
        this.isPart = isPart;
        introspection = IntrospectionFields.For(schema);
        foreach (var type in schema.Types.OfType<ScalarType>())
        {
            if (ScalarTypesOf(type.Name).FirstOrDefault() is { Scalar: not null } found)
            {
                scalars[type] = (ScalarInputType)Activator.CreateInstance(typeof(ScalarInputType<,>).MakeGenericType(found.Value, found.Scalar))!;
            }
            else
            {
                problems.Add($"Scalar {type.Name} has no CLR type: call ResolverMap.Scalar.");
            }
        }
    }

    public ExecutableSchema Bind()
    {
        foreach (var root in new[] { schema.QueryType, schema.MutationType, schema.SubscriptionType })
        {
            if (root is not null)
            {
                clrTypes[root] = (typeof(Root), "it is a root");
                pending.Enqueue(root);
            }
        }

        BindRootField(schema.QueryType, schema.SchemaField);
        BindRootField(schema.QueryType, schema.TypeField);
        Drain();
        foreach (var (name, clr) in map.ObjectTypes)
        {
            if (schema.Type(name) is ObjectType type)
            {
                Reach(type, clr, "ResolverMap.Type says so");
            }
            else if (!isPart)
            {
                problems.Add($"ResolverMap.Type names {name}, which is no object type.");
            }
        }

        Drain();
        BindAbstractTypes();
        ReportUnused();
        if (problems.Count > 0)
        {
            throw new SchemaException([.. problems.Distinct().Order(StringComparer.Ordinal)]);
        }

        return new ExecutableSchema(schema, bindings, scalars, records.Where(r => r.Value is not null).ToDictionary(r => r.Key, r => r.Value!));
    }

    private void Drain()
    {
        while (pending.TryDequeue(out var type))
        {
            foreach (var field in type.Fields)
            {
                if (clrTypes[type].Clr == typeof(Root))
                {
                    BindRootField(type, field);
                }
                else
                {
                    BindField(type, field, clrTypes[type].Clr);
                }
            }
        }
    }

    private void BindRootField(ObjectType type, FieldDefinition field)
    {
        var coordinate = $"{type.Name}.{field.Name}";
        if (ResolverOf(coordinate) is not { } resolver)
        {
            problems.Add($"{coordinate} has no resolver.");
            return;
        }

        var result = ResultTypeOf(resolver);
        if (OutputOf(field.Type, result, coordinate) is not { } output || ParametersOf(resolver, field, coordinate, batchType: null) is not { } parameters)
        {
            return;
        }

        var call = Activator.CreateInstance(typeof(ResolverCall<>).MakeGenericType(result), resolver, parameters)!;
        bindings[(type, field.Name)] = New(typeof(RootBinding<>).MakeGenericType(result), field, output, GuardsOf(field), call);
    }

    private void BindField(ObjectType type, FieldDefinition field, Type parent)
    {
        var coordinate = $"{type.Name}.{field.Name}";
        if (ResolverOf(coordinate) is { } resolver)
        {
            BindResolver(type, field, parent, coordinate, resolver);
            return;
        }

        var property = parent.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(p => string.Equals(p.Name, field.Name, StringComparison.OrdinalIgnoreCase) && p.GetMethod is not null && p.GetIndexParameters().Length == 0);
        if (property is null)
        {
            problems.Add($"{coordinate} has neither a resolver nor a property {char.ToUpperInvariant(field.Name[0])}{field.Name[1..]} on {NameOf(parent)}.");
            return;
        }

        if (!field.Arguments.IsEmpty)
        {
            problems.Add($"{coordinate} has arguments, so it needs a resolver; {NameOf(parent)}.{property.Name} cannot take them.");
            return;
        }

        if (OutputOf(field.Type, property.PropertyType, coordinate) is { } output)
        {
            var binding = parent.IsValueType ? typeof(StructPropertyBinding<,>) : typeof(ClassPropertyBinding<,>);
            bindings[(type, field.Name)] = New(
                binding.MakeGenericType(parent, property.PropertyType), field, output, GuardsOf(field), property.GetMethod!);
        }
    }

    private void BindResolver(ObjectType type, FieldDefinition field, Type parent, string coordinate, Delegate resolver)
    {
        var first = ParametersOf(resolver).FirstOrDefault()?.ParameterType;
        if (first != typeof(Batch<>).MakeGenericType(parent))
        {
            problems.Add($"{coordinate}: the resolver's first parameter must be Batch<{NameOf(parent)}>, not {(first is null ? "nothing" : NameOf(first))}.");
            return;
        }

        var result = ResultTypeOf(resolver);
        if (ItemTypeOf(result) is not { } item)
        {
            problems.Add($"{coordinate}: the resolver must return a list with one result a parent, not {NameOf(result)}.");
            return;
        }

        if (OutputOf(field.Type, item, coordinate) is not { } output || ParametersOf(resolver, field, coordinate, first) is not { } parameters)
        {
            return;
        }

        var call = Activator.CreateInstance(typeof(ResolverCall<>).MakeGenericType(result), resolver, parameters)!;
        bindings[(type, field.Name)] = New(typeof(BatchBinding<,,>).MakeGenericType(parent, item, result), field, output, GuardsOf(field), call);
    }

    private static FieldBinding New(Type type, FieldDefinition field, Output output, FieldGuard[] guards, object last) =>
        (FieldBinding)Activator.CreateInstance(type, field, output, guards, last)!;

    private Delegate? ResolverOf(string coordinate)
    {
        used.Add(coordinate);
        return map.Fields.GetValueOrDefault(coordinate) ?? introspection.Fields.GetValueOrDefault(coordinate);
    }

    private FieldGuard[] GuardsOf(FieldDefinition field) => [.. map.Guards.Select(g => g(field)).OfType<FieldGuard>()];

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

    private ParameterSource[]? ParametersOf(Delegate resolver, FieldDefinition field, string coordinate, Type? batchType)
    {
        var found = new HashSet<string>();
        var before = problems.Count;
        var sources = new List<ParameterSource>();
        foreach (var parameter in ParametersOf(resolver))
        {
            var type = parameter.ParameterType;
            var argument = field.Arguments.FirstOrDefault(a => string.Equals(a.Name, parameter.Name, StringComparison.Ordinal));
            if (type == batchType)
            {
                sources.Add(new ParentsParameter());
            }
            else if (argument is not null)
            {
                found.Add(argument.Name);
                if (ConverterOf(argument.Type, type) is { } converter)
                {
                    sources.Add(new ArgumentParameter(field.Arguments.IndexOf(argument), converter));
                }
                else
                {
                    problems.Add($"{coordinate}: argument {argument.Name} is {argument.Type}, which does not fit the parameter's {NameOf(type)}.");
                }
            }
            else if (type == typeof(CancellationToken) || type == typeof(RequestContext))
            {
                sources.Add(new ContextParameter(wantsToken: type == typeof(CancellationToken)));
            }
            else if (map.Parameters.TryGetValue(type, out var provide))
            {
                sources.Add((ParameterSource)Activator.CreateInstance(typeof(ProvidedParameter<>).MakeGenericType(type), provide)!);
            }
            else if (type.IsValueType || type == typeof(string))
            {
                if (isPart)
                {
                    sources.Add(new LeftOutParameter(type.IsValueType ? Activator.CreateInstance(type) : null));
                }
                else
                {
                    problems.Add($"{coordinate}: the resolver's parameter {parameter.Name} is no argument of the field.");
                }
            }
            else
            {
                sources.Add(new ServiceParameter(type));
            }
        }

        foreach (var argument in field.Arguments.Where(a => !found.Contains(a.Name)))
        {
            problems.Add($"{coordinate}: the resolver has no parameter for the argument {argument.Name}.");
        }

        return problems.Count == before ? [.. sources] : null;
    }

    /// <summary>A static method's delegate may hold its first argument already.</summary>
    private static IEnumerable<ParameterInfo> ParametersOf(Delegate resolver) =>
        resolver.Method.GetParameters().Skip(resolver.Method.IsStatic && resolver.Target is not null ? 1 : 0);

    private InputConverter? ConverterOf(GraphQLType type, Type clr) => InputConverters.Create(type, clr, InputTypeOf);

    /// <summary>The CLR type of a named input type's coerced values; binds an input object to the record that is asked for first.</summary>
    private Type? InputTypeOf(NamedType type, Type wanted) => type switch
    {
        ScalarType scalar => ScalarTypesOf(scalar.Name).Any(s => s.Value == wanted && s.Value == scalars.GetValueOrDefault(scalar)?.ClrType) ? wanted : scalars.GetValueOrDefault(scalar)?.ClrType,
        EnumType => typeof(string),
        InputObjectType inputObject => RecordOf(inputObject, wanted)?.ClrType,
        _ => null,
    };

    private InputRecord? RecordOf(InputObjectType type, Type clr)
    {
        if (records.TryGetValue(type, out var known))
        {
            return known;
        }

        var constructor = clr.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor is null || clr.IsAbstract)
        {
            problems.Add($"{type.Name}: {NameOf(clr)} has no public constructor.");
            return records[type] = null;
        }

        var record = new InputRecord(constructor);

        // Known before its members are bound: input objects may contain themselves.
        records[type] = record;
        var found = new HashSet<string>();
        for (var i = 0; i < record.Parameters.Length; i++)
        {
            var parameter = record.Parameters[i];
            var field = type.Fields.FirstOrDefault(f => string.Equals(f.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            record.FieldIndexes[i] = field is null ? -1 : type.Fields.IndexOf(field);
            if (field is null)
            {
                var absent = parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
                record.Converters[i] = _ => absent;
                if (!isPart)
                {
                    problems.Add($"{type.Name}: {NameOf(clr)} has a member {parameter.Name} that the input object does not have.");
                }
            }
            else if (ConverterOf(field.Type, parameter.ParameterType) is { } converter)
            {
                found.Add(field.Name);
                record.Converters[i] = converter;
            }
            else
            {
                found.Add(field.Name);
                problems.Add($"{type.Name}.{field.Name} is {field.Type}, which does not fit {NameOf(clr)}'s {NameOf(parameter.ParameterType)}.");
            }
        }

        foreach (var field in type.Fields.Where(f => !found.Contains(f.Name)))
        {
            problems.Add($"{type.Name}.{field.Name} has no member in {NameOf(clr)}.");
        }

        return record;
    }

    private void ReportUnused()
    {
        if (isPart)
        {
            return;
        }

        foreach (var coordinate in map.Fields.Keys.Where(c => !used.Contains(c)))
        {
            problems.Add($"{coordinate} has a resolver, but the schema has no such field, or nothing leads to its type.");
        }

        foreach (var type in schema.Types.OfType<ObjectType>().Where(t => !clrTypes.ContainsKey(t) && !t.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            problems.Add($"{type.Name}: no field leads to it.");
        }

        foreach (var name in map.Scalars.Select(s => s.Name).Where(n => schema.Type(n) is not ScalarType))
        {
            problems.Add($"Scalar {name} is registered, but the schema has no such scalar.");
        }
    }

    private IEnumerable<(Type Value, Type Scalar)> ScalarTypesOf(string name) => map.Scalars.Where(s => s.Name == name).Select(s => (s.Value, s.Scalar))
        .Concat(name switch
        {
            "Int" => [(typeof(int), typeof(IntScalar)), (typeof(long), typeof(LongIntScalar))],
            "Float" => [(typeof(double), typeof(FloatScalar))],
            "String" => [(typeof(string), typeof(StringScalar))],
            "Boolean" => [(typeof(bool), typeof(BooleanScalar))],
            "ID" => [(typeof(string), typeof(IdScalar))],
            _ => (IEnumerable<(Type, Type)>)[],
        });

    private static Type ResultTypeOf(Delegate resolver)
    {
        var type = resolver.Method.ReturnType;
        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(Task<>))
            ? type.GetGenericArguments()[0]
            : type;
    }

    private static Type? ItemTypeOf(Type type) => type == typeof(string) ? null
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
        : type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))?.GetGenericArguments()[0];

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    /// <summary>The CLR type of root objects, of which there are none.</summary>
    private sealed class Root;
}

using System.Reflection;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Walks the schema from its roots along the CLR types that resolvers and properties return, and makes a typed binding of every field. Collects every
/// mismatch, so that one start shows them all.
/// </summary>
internal sealed partial class SchemaBinder
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
        var costs = CostModel.Of(schema, isPart, problems);
        if (problems.Count > 0)
        {
            throw new SchemaException([.. problems.Distinct().Order(StringComparer.Ordinal)]);
        }

        return new ExecutableSchema(schema, bindings, scalars, records.Where(r => r.Value is not null).ToDictionary(r => r.Key, r => r.Value!), costs);
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
        var isSource = type == schema.SubscriptionType;
        if ((isSource ? EventTypeOf(result) : result) is not { } value)
        {
            problems.Add($"{coordinate}: the resolver must return an IAsyncEnumerable of the field's values, not {NameOf(result)}.");
            return;
        }

        if (OutputOf(field.Type, value, coordinate) is not { } output || ParametersOf(resolver, field, coordinate, batchType: null) is not { } parameters)
        {
            return;
        }

        var call = Activator.CreateInstance(typeof(ResolverCall<>).MakeGenericType(result), resolver, parameters)!;
        var binding = isSource ? typeof(SourceBinding<,>).MakeGenericType(value, result) : typeof(RootBinding<>).MakeGenericType(result);
        bindings[(type, field.Name)] = New(binding, field, output, GuardsOf(field), call);
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

    private static Type? EventTypeOf(Type type) => type.IsValueType ? null
        : type.GetInterfaces().Prepend(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0];

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    /// <summary>The CLR type of root objects, of which there are none.</summary>
    private sealed class Root;
}

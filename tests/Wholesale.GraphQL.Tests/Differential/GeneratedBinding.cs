using System.Linq.Expressions;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>Binds a generated schema to resolvers of generated data, by what its types are and nothing else.</summary>
internal sealed class GeneratedBinding
{
    private readonly Schema schema;
    private readonly string seed;
    private readonly Dictionary<NamedType, Type> tags = [];
    private readonly Dictionary<InputObjectType, Type> inputs = [];

    private GeneratedBinding(Schema schema, string seed)
    {
        this.schema = schema;
        this.seed = seed;
        var tag = typeof(Zero);
        foreach (var type in schema.Types.Where(t => t is ObjectType or InputObjectType))
        {
            tags[type] = tag;
            tag = typeof(Next<>).MakeGenericType(tag);
        }
    }

    /// <param name="seed">Of the data.</param>
    public static ExecutableSchema Bind(Schema schema, string seed) => new GeneratedBinding(schema, seed).Bind();

    private ExecutableSchema Bind()
    {
        var map = new ResolverMap();
        map.Scalar<long, EvenScalar>("Even");
        map.Scalar<string, TagScalar>("Tag");
        var roots = new[] { schema.QueryType, schema.MutationType, schema.SubscriptionType };
        foreach (var type in schema.Types.OfType<ObjectType>().Where(t => t.Definition is not null))
        {
            var isRoot = roots.Contains(type);
            if (!isRoot)
            {
                typeof(ResolverMap).GetMethod(nameof(ResolverMap.Type))!.MakeGenericMethod(ThingOf(type)).Invoke(map, [type.Name]);
            }

            foreach (var field in type.Fields.Where(f => isRoot || f.Name != "id"))
            {
                map.Field(field.Coordinate, ResolverOf(field, isRoot ? null : ThingOf(type)));
            }
        }

        return ExecutableSchema.Bind(schema, map);
    }

    /// <param name="parent">Null for a root field.</param>
    private Delegate ResolverOf(FieldDefinition field, Type? parent)
    {
        var clr = OutputOf(field.Type);
        var resolver = field.DeclaringType == schema.SubscriptionType ? Activator.CreateInstance(typeof(StreamResolver<>).MakeGenericType(clr))! : Activator.CreateInstance(
            parent is null ? typeof(RootResolver<>).MakeGenericType(clr) : typeof(BatchResolver<,>).MakeGenericType(parent, clr),
            field.Coordinate,
            seed,
            ValuesOf(field.Type))!;
        var arguments = field.Arguments.Select(a => InputOf(a.Type)).ToArray();
        var call = resolver.GetType().GetMethods().Single(m => m.Name == "Call" && m.GetGenericArguments().Length == arguments.Length);
        call = arguments.Length == 0 ? call : call.MakeGenericMethod(arguments);
        var signature = call.GetParameters().Select(p => p.ParameterType).Append(call.ReturnType).ToArray();
        return call.CreateDelegate(Expression.GetDelegateType(signature), resolver);
    }

    private Type ThingOf(ObjectType type) => typeof(Thing<>).MakeGenericType(tags[type]);

    private Type OutputOf(GraphQLType type) => type.Nullable switch
    {
        ListType list => typeof(IReadOnlyList<>).MakeGenericType(OutputOf(list.ItemType)),
        ObjectType objectType => ThingOf(objectType),
        CompositeType => typeof(Thing),
        ScalarType { Name: "Int" } => typeof(long?),
        var leaf => LeafOf(leaf.Named),
    };

    private static Type LeafOf(NamedType type) => type.Name switch
    {
        "Int" => typeof(int?),
        "Even" => typeof(long?),
        "Float" => typeof(double?),
        "Boolean" => typeof(bool?),
        _ => typeof(string),
    };

    private object ValuesOf(GraphQLType type)
    {
        var nonNull = type is NonNullType;
        return type.Nullable switch
        {
            ListType list => New(typeof(ListValues<>), OutputOf(list.ItemType), ValuesOf(list.ItemType), nonNull),
            ObjectType objectType => New(typeof(ObjectValues<>), tags[objectType], nonNull),
            CompositeType composite => new AbstractValues(
                [.. schema.PossibleTypes(composite).OrderBy(t => t.Name, StringComparer.Ordinal).Select(CreatorOf)], nonNull),
            var leaf => New(typeof(LeafValues<>), OutputOf(leaf), leaf.Named, nonNull),
        };
    }

    private static object New(Type generic, Type argument, params object[] values) => Activator.CreateInstance(generic.MakeGenericType(argument), values)!;

    private Func<string, Thing> CreatorOf(ObjectType type) =>
        ThingOf(type).GetMethod(nameof(Thing<>.Create))!.CreateDelegate<Func<string, Thing>>();

    private Type InputOf(GraphQLType type) => type.Nullable switch
    {
        ListType list => typeof(IReadOnlyList<>).MakeGenericType(InputOf(list.ItemType)),
        InputObjectType input => InputOf(input),
        var leaf => LeafOf(leaf.Named),
    };

    private Type InputOf(InputObjectType type)
    {
        if (!inputs.TryGetValue(type, out var clr))
        {
            var isRecursive = type.Fields.Any(f => f.Type.Named == type);
            clr = isRecursive ? typeof(RecursiveInput<>).MakeGenericType(tags[type])
                : (type.Fields.Length == 2 ? typeof(GeneratedInput<,,>) : typeof(GeneratedInput<,,,,>))
                    .MakeGenericType([tags[type], .. type.Fields.Select(f => InputOf(f.Type))]);
            inputs[type] = clr;
        }

        return clr;
    }

    /// <summary>Even numbers below 2^40, whole where the client writes them.</summary>
    private readonly struct EvenScalar : IScalar<long>
    {
        public static string? Parse(in ScalarInput input, out long value)
        {
            value = 0;
            return input.Kind == ScalarInputKind.Int && long.TryParse(input.Text, out value) && CanWrite(value) ? null : "must be even";
        }

        public static void Write(long value, Utf8Writer writer) => writer.Number(value);

        public static bool CanWrite(long value) => value % 2 == 0 && Math.Abs(value) < 1L << 40;
    }

    /// <summary>Strings that begin with #.</summary>
    private readonly struct TagScalar : IScalar<string>
    {
        public static string? Parse(in ScalarInput input, out string value)
        {
            value = input.Text;
            return input.Kind == ScalarInputKind.String && CanWrite(value) ? null : "must begin with #";
        }

        public static void Write(string value, Utf8Writer writer) => writer.String(value);

        public static bool CanWrite(string value) => value.StartsWith('#');
    }
}

using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>
/// A random schema with resolvers that count for themselves what they give: a second opinion on what an operation did cost. Either everything is there,
/// as many as allowed and never null, or chance decides how much.
/// </summary>
internal sealed class RandomWorld
{
    private static readonly string[] TypeNames = ["A", "B", "C", "D"];

    private readonly Random random;
    private readonly Dictionary<string, int> typeWeights = [];
    private readonly Dictionary<string, int> ownWeights = [];
    private readonly Dictionary<string, (int First, int Assumed)> sizes = [];

    public RandomWorld(int seed)
    {
        random = new Random(seed);
        var map = new ResolverMap();
        map.Type<Thing<A>>("A");
        map.Type<Thing<B>>("B");
        map.Type<Thing<C>>("C");
        map.Type<Thing<D>>("D");
        var sdl = new StringBuilder(CostHarness.Directives);
        sdl.Append("interface Any { id: Int! } input Filter { max: Int rows: [Row!] } input Row { name: String tags: [Row!] @cost(weight: \"0.5\") } ");
        foreach (var type in TypeNames.Append("Query"))
        {
            AppendType(sdl, map, type);
        }

        Sdl = sdl.ToString();
        // Some types may be led to by no field, which is no error in a part of a schema.
        Executor = new GraphQLExecutor(ExecutableSchema.Bind(SchemaBuilder.Build([new Source(Sdl, "random.graphql")]), map, isPart: true));
    }

    public string Sdl { get; }

    public GraphQLExecutor Executor { get; }

    /// <summary>Whether all that is allowed is there.</summary>
    public bool IsFull { get; set; }

    /// <summary>By type: its fields with their kinds and the types they give.</summary>
    public Dictionary<string, List<Field>> Fields { get; } = [];

    /// <summary>What the resolvers have given so far, in thousandths.</summary>
    public long Counted { get; set; }

    private void AppendType(StringBuilder sdl, ResolverMap map, string type)
    {
        typeWeights[type] = type == "Query" ? 1_000 : random.Next(4) * 500;
        Fields[type] = [];
        sdl.Append(CultureInfo.InvariantCulture, $"type {type}{(type == "Query" ? "" : " implements Any")}{Cost(typeWeights[type])} {{ id: Int! ");
        if (type == "Query")
        {
            map.Field("Query.id", () => 1);
        }

        var kinds = Enum.GetValues<FieldKind>();
        for (var i = 0; i < 5; i++)
        {
            var kind = type == "Query" ? FieldKind.One : kinds[random.Next(kinds.Length)];
            var field = new Field($"f{i}", kind, TypeNames[random.Next(TypeNames.Length)]);
            var coordinate = $"{type}.{field.Name}";
            ownWeights[coordinate] = random.Next(3) * 250;
            sizes[coordinate] = (random.Next(1, 4), random.Next(1, 5));
            Fields[type].Add(field);
            sdl.Append(SdlOf(field, coordinate)).Append(Cost(ownWeights[coordinate])).Append(' ');
            map.Field(coordinate, ResolverOf(type, field, coordinate));
        }

        sdl.Append("} ");
        if (type != "Query")
        {
            sdl.Append(CultureInfo.InvariantCulture, $"type {type}Page @cost(weight: \"0\") {{ edges: [{type}Edge] }} type {type}Edge @cost(weight: \"0.5\") {{ node: {type}! }} ");
        }
    }

    private string SdlOf(Field field, string coordinate)
    {
        var (name, type) = (field.Name, field.Type);
        var (first, assumed) = sizes[coordinate];
        return field.Kind switch
        {
            FieldKind.One => $"{name}: {type}",
            FieldKind.Present => $"{name}: {type}!",
            FieldKind.List => $"{name}: [{type}] @listSize(assumedSize: {assumed})",
            FieldKind.Sliced => $"{name}(first: Int = {first}, last: Int): [{type}!] @listSize(assumedSize: {assumed}, slicingArguments: [\"first\", \"last\"], requireOneSlicingArgument: false)",
            FieldKind.Filtered => $"{name}(filter: Filter): [{type}] @listSize(assumedSize: {assumed}, slicingArguments: [\"filter.max\"], requireOneSlicingArgument: false)",
            FieldKind.ByIds => $"{name}(ids: [Int!]! @cost(weight: \"0.25\")): [{type}] @listSize(slicingArguments: [\"ids\"])",
            FieldKind.Page => $"{name}(first: Int! = {first}): {type}Page! @listSize(slicingArguments: [\"first\"], sizedFields: [\"edges\"])",
            FieldKind.Anything => $"{name}: Any",
            _ => $"{name}: [Any!] @listSize(assumedSize: {assumed})",
        };
    }

    private Delegate ResolverOf(string type, Field field, string coordinate)
    {
        if (type == "Query")
        {
            return (Delegate)typeof(RandomWorld).GetMethod(nameof(Root), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(TagOf(field.Type)).Invoke(this, [coordinate])!;
        }

        return ((IResolvers)Activator.CreateInstance(typeof(Resolvers<,>).MakeGenericType(TagOf(type), TagOf(field.Type)), this, coordinate)!).Of(field.Kind);
    }

    private Func<Thing<T>?> Root<T>(string coordinate) => () =>
    {
        Counted += ownWeights[coordinate];
        return Give<T>();
    };

    private static Type TagOf(string type) => type switch
    {
        "A" => typeof(A),
        "B" => typeof(B),
        "C" => typeof(C),
        _ => typeof(D),
    };

    private static string Cost(int thousandths) =>
        string.Create(CultureInfo.InvariantCulture, $" @cost(weight: \"{thousandths / 1000m}\")");

    private Thing<T>? Give<T>()
    {
        if (!IsFull && random.Next(5) == 0)
        {
            return null;
        }

        Counted += typeWeights[typeof(T).Name];
        return new Thing<T>();
    }

    private object GiveAny() => random.Next(TypeNames.Length) switch
    {
        0 => GiveOne<A>(),
        1 => GiveOne<B>(),
        2 => GiveOne<C>(),
        _ => GiveOne<D>(),
    };

    private Thing<T> GiveOne<T>()
    {
        Counted += typeWeights[typeof(T).Name];
        return new Thing<T>();
    }

    private int HowMany(int allowed) => IsFull ? allowed : random.Next(allowed + 1);

    private void MayFail()
    {
        if (!IsFull && random.Next(25) == 0)
        {
            throw new InvalidOperationException("By chance.");
        }
    }

    internal enum FieldKind
    {
        One,
        Present,
        List,
        Sliced,
        Filtered,
        ByIds,
        Page,
        Anything,
        Things,
    }

    internal sealed record Field(string Name, FieldKind Kind, string Type);

    internal sealed record Filter(int? Max, IReadOnlyList<Row>? Rows)
    {
        public long Cost => 1_000 + (Rows ?? []).Sum(r => r.Cost(1_000));
    }

    internal sealed record Row(string? Name, IReadOnlyList<Row>? Tags)
    {
        public long Cost(long weight) => weight + (Tags ?? []).Sum(t => t.Cost(500));
    }

    internal sealed record Thing<T>
    {
        public int Id => 1;
    }

    internal sealed record Page<T>(IReadOnlyList<Edge<T>?> Edges);

    internal sealed record Edge<T>(Thing<T> Node);

    internal sealed class A;

    internal sealed class B;

    internal sealed class C;

    internal sealed class D;

    private interface IResolvers
    {
        Delegate Of(FieldKind kind);
    }

    private sealed class Resolvers<P, T>(RandomWorld world, string coordinate) : IResolvers
    {
        public Delegate Of(FieldKind kind) => kind switch
        {
            FieldKind.One => (Batch<Thing<P>> parents) => Each(parents, 0, world.Give<T>),
            FieldKind.Present => (Batch<Thing<P>> parents) => Each(parents, 0, world.Give<T>),
            FieldKind.List => (Batch<Thing<P>> parents) => Each(parents, 0, () => Maybe(Assumed)),
            FieldKind.Sliced => (Batch<Thing<P>> parents, int? first, int? last) =>
                Each(parents, 0, () => Many(first is null && last is null ? Assumed : Math.Max(first ?? 0, last ?? 0))),
            FieldKind.Filtered => (Batch<Thing<P>> parents, Filter? filter) => Each(parents, filter?.Cost ?? 0, () => Maybe(filter?.Max ?? Assumed)),
            FieldKind.ByIds => (Batch<Thing<P>> parents, IReadOnlyList<int> ids) => Each(parents, ids.Count * 250, () => Maybe(ids.Count)),
            FieldKind.Page => (Batch<Thing<P>> parents, int first) => Each(parents, 0, () => PageOf(first)),
            FieldKind.Anything => (Batch<Thing<P>> parents) => Each<object?>(parents, 0, () => world.HowMany(1) == 0 ? null : world.GiveAny()),
            _ => (Batch<Thing<P>> parents) => Each(parents, 0, () => (IReadOnlyList<object>)[.. Enumerable.Range(0, world.HowMany(Assumed)).Select(_ => world.GiveAny())]),
        };

        private int Assumed => world.sizes[coordinate].Assumed;

        private IReadOnlyList<TResult> Each<TResult>(Batch<Thing<P>> parents, long arguments, Func<TResult> one)
        {
            world.Counted += parents.Count * (world.ownWeights[coordinate] + arguments);
            world.MayFail();
            return parents.Map(_ => one());
        }

        private IReadOnlyList<Thing<T>?> Maybe(int allowed) => [.. Enumerable.Range(0, world.HowMany(Math.Max(allowed, 0))).Select(_ => world.Give<T>())];

        private IReadOnlyList<Thing<T>> Many(int allowed) => [.. Enumerable.Range(0, world.HowMany(Math.Max(allowed, 0))).Select(_ => world.GiveOne<T>())];

        private Page<T> PageOf(int allowed)
        {
            var count = world.HowMany(Math.Max(allowed, 0));
            world.Counted += count * 500;
            return new([.. Enumerable.Range(0, count).Select(_ => new Edge<T>(world.GiveOne<T>()))]);
        }
    }
}

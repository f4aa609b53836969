using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>
/// The schema of <c>fuzz.graphql</c> with resolvers over nothing: they tell what came, end after a few levels, and throw nothing but what the contract
/// allows. So whatever else fails is the engine's own fault.
/// </summary>
internal static class FuzzSchema
{
    private const int Levels = 4;

    private static readonly string Sdl = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fuzz", "fuzz.graphql"));

    public static Schema Schema { get; } = Build(Sdl);

    /// <summary>The same without subscriptions.</summary>
    public static Schema QueriesAndMutations { get; } = Build(Sdl + " schema { query: Query mutation: Mutation }");

    public static GraphQLExecutor Executor(ExecutorOptions options)
    {
        var map = new ResolverMap();
        Fill(map);
        return new GraphQLExecutor(ExecutableSchema.Bind(Schema, map), options);
    }

    private static Schema Build(string sdl) => SchemaBuilder.Build([new Source(sdl, "fuzz.graphql")]);

    private static void Fill(ResolverMap map)
    {
        map.Scalar<Json, JsonScalar>("Json");
        map.Type<Cat>("Cat");
        map.Field("Query.dog", () => new Dog(0));
        map.Field("Query.animal", () => (object)new Cat(0));
        map.Field("Query.animals", (int first) => (IReadOnlyList<object?>)[.. Enumerable.Range(0, Math.Clamp(first, 0, 3)).Select(i => i == 1 ? null : Animal(i, 1))]);
        map.Field("Query.catOrDog", () => (object)new Dog(1));
        map.Field("Query.person", (string? id) => id == "0" ? null : new Person(0));
        map.Field("Query.gauge", () => new Gauge());
        map.Field("Mutation.adopt", (Adoption pet) => Animal(pet.Dog is null ? 0 : 1, 0));
        map.Field("Mutation.count", (int by) => by);
        map.Field("Subscription.arrivals", () => Stream(Animal(0, 0)));
        map.Field("Subscription.departures", () => Stream(Animal(1, 0)));
        map.Field("Dog.knows", (Batch<Dog> dogs, Trick trick) => dogs.Map(_ => trick == Trick.Sit));
        map.Field("Person.animals", (Batch<Person> people, Trick? kind, int? first) => people.Map(
            p => p.Level >= Levels ? null : (IReadOnlyList<object>)[.. Enumerable.Range(0, Math.Clamp(first ?? 2, 0, 2)).Select(i => Animal(i, p.Level + 1))]));
        Fill(map, "int", (int? value) => value);
        Fill(map, "requiredInt", (int value) => (int?)value);
        Fill(map, "defaultedInt", (int value) => (int?)value);
        Fill(map, "float", (double? value) => value);
        Fill(map, "string", (string? value) => value);
        Fill(map, "boolean", (bool? value) => value);
        Fill(map, "id", (string? value) => value);
        Fill(map, "trick", (Trick? value) => value);
        Fill(map, "json", (Json? value) => value);
        Fill(map, "ints", (IReadOnlyList<int?>? value) => value);
        Fill(map, "grid", (IReadOnlyList<IReadOnlyList<int>?> value) => value);
        Fill(map, "shape", (Shape? value) => value?.ToString());
        Fill(map, "shapes", (IReadOnlyList<Shape>? value) => (IReadOnlyList<string>?)value?.Select(s => s.ToString()).ToList());
        Fill(map, "adoption", (Adoption? value) => value?.ToString());
        map.Field("Gauge.two", (Batch<Gauge> gauges, int x, int y) => gauges.Map(_ => (int?)unchecked(x + y)));
        map.Field("Gauge.failing", IReadOnlyList<int?> (Batch<Gauge> _) => throw new GraphQLException("There is nothing to measure.", "NOTHING"));
        map.Field("Gauge.failingRequired", (Batch<Gauge> gauges) =>
        {
            gauges.Fail(0, "There is nothing to measure.", "NOTHING");
            return gauges.Map(_ => 0);
        });
    }

    private static void Fill<T, TResult>(ResolverMap map, string field, Func<T, TResult> answer) =>
        map.Field($"Gauge.{field}", (Batch<Gauge> gauges, T value) => gauges.Map(_ => answer(value)));

    private static async IAsyncEnumerable<object> Stream(object animal)
    {
        await Task.Yield();
        yield return animal;
    }

    private static object Animal(int kind, int level) => kind == 0 ? new Cat(level) : new Dog(level);

    internal enum Trick
    {
        Sit,
        Roll,
        Fetch,
    }

    internal sealed record Dog(int Level)
    {
        public string Name => "Rex \"the\"\n dog";

        public string? Nickname => null;

        public IReadOnlyList<object>? Parents => Level >= Levels ? null : [new Dog(Level + 1), new Cat(Level + 1)];

        public int? BarkVolume => Level;

        public Person? Owner => Level >= Levels ? null : new Person(Level + 1);

        public int Code => Level;
    }

    internal sealed record Cat(int Level)
    {
        public string Name => "Müller 🐈";

        public string? Nickname => "M";

        public IReadOnlyList<object>? Parents => Level >= Levels ? [] : [new Cat(Level + 1)];

        public double? MeowVolume => Level / 3.0;

        // Null where a person is required: the cat becomes null, and what holds it.
        public Person Owner => Level >= Levels ? null! : new Person(Level + 1);

        public string Code => "c";
    }

    internal sealed record Person(int Level)
    {
        public string Name => "Ann";

        public int? Age => Level == 2 ? null : 30;

        public IReadOnlyList<IReadOnlyList<Person?>?>? Relatives => Level >= Levels ? null : [[new Person(Level + 1), null], null, []];

        public Trick? Favourite => Trick.Fetch;
    }

    internal sealed record Gauge;

    internal sealed record Shape(
        bool Required, int Defaulted, int? Int, double? Float, string? String, Trick? Trick, IReadOnlyList<string>? Strings, Shape? Inner, Json? Json);

    internal sealed record Adoption(CatData? Cat, DogData? Dog, string? Name);

    internal sealed record CatData(string Name, double? MeowVolume);

    internal sealed record DogData(string Name, IReadOnlyList<Trick> Tricks);

    internal readonly record struct Json(string Text);

    internal readonly struct JsonScalar : IScalar<Json>
    {
        public static string? Parse(in ScalarInput input, out Json value)
        {
            value = new Json(input.Text);
            return input.Text == "refused" ? $"must be something else than {input}" : null;
        }

        public static void Write(Json value, Utf8Writer writer) => writer.String(value.Text);
    }
}

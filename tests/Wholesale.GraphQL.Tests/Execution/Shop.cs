using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>A small shop in memory with some of everything, for tests of the whole rather than of one rule.</summary>
internal static class Shop
{
    public const string Sdl = """
        "A shop."
        schema { query: Query mutation: Mutation }
        "Three characters."
        scalar Sku @specifiedBy(url: "https://example.com/sku")
        interface Thing { id: ID! name: String }
        enum Colour { DARK_RED GREEN PUCE @deprecated }
        type Query {
          products(first: Int = 2, filter: Filter): [Product!]!
          product(id: ID!): Product
          things: [Thing]
          anything: [Anything!]
          choose(choice: Choice!, sku: Sku): String
          echo(text: String): String
          slow: Int
        }
        type Mutation { add(by: Int!, twice: Boolean @deprecated(reason: "Add twice.")): Counter! }
        type Counter { value: Int! }
        input Filter { text: String = "any" min: Int! = 3 max: Int @deprecated colours: [Colour] = [GREEN, null] }
        input Choice @oneOf { id: ID sku: Sku }
        type Product implements Thing { id: ID! name: String colour: Colour price: Price parts: [Part] stock: Int! related(count: Int! = 2): [Product!]! }
        type Price { amount: Float! text: String! }
        type Part implements Thing { id: ID! name: String weight: Int! @deprecated(reason: "Ask the scales.") }
        union Anything = Product | Part
        """;

    public static GraphQLExecutor Executor(ExecutorOptions? options = null) => ExecutionHarness.Executor(Sdl, Fill, options);

    public static void Fill(ResolverMap map)
    {
        var counter = 0;
        map.Scalar<Sku, SkuScalar>("Sku");
        map.Type<Part>("Part");
        map.Field("Query.products", (int? first, Filter? filter) => Products(first ?? 0));
        map.Field("Query.product", (string id) => id == "404" ? null : new Product(id, "Product " + id));
        map.Field("Query.things", () => (IReadOnlyList<object?>)[new Product("1", "one"), null, new Part("p2", "two")]);
        map.Field("Query.anything", () => (IReadOnlyList<object>?)[new Part("p1", "a"), new Product("2", "b")]);
        map.Field("Query.choose", (Choice choice, Sku? sku) => $"{choice.Id} {choice.Sku?.Code} {sku?.Code}");
        map.Field("Query.echo", (string? text) => text);
        map.Field("Query.slow", async ValueTask<int> (CancellationToken cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(1), cancellation);
            return 1;
        });
        map.Field("Mutation.add", (int by, bool? twice) => new Counter(Interlocked.Add(ref counter, twice is true ? 2 * by : by)));
        map.Field("Product.price", (Batch<Product> products) => products.Map(p => p.Id == "3" ? (Price?)null : new Price(double.Parse(p.Id))));
        map.Field("Product.parts", (Batch<Product> products) => products.Map(p => p.Id == "2" ? null : (IReadOnlyList<Part?>)[new Part("p" + p.Id, "x"), null]));
        map.Field("Product.stock", async ValueTask<IReadOnlyList<int>> (Batch<Product> products) =>
        {
            await Task.Yield();
            for (var i = 0; i < products.Count; i++)
            {
                if (products[i].Id == "2")
                {
                    products.Fail(i, "Stock of 2 is unknown.", "NO_STOCK");
                }
            }

            return products.Map(_ => 5);
        });
        map.Field("Product.related", (Batch<Product> products, int count) => products.Map(p => Products(count, p.Id)));
    }

    private static IReadOnlyList<Product> Products(int count, string prefix = "") =>
        [.. Enumerable.Range(1, count).Select(i => new Product(prefix + i, $"Product {prefix}{i}"))];

    internal enum Colour
    {
        DarkRed,
        Green,
        Puce,
    }

    internal sealed record Product(string Id, string? Name)
    {
        public Colour? Colour => Id == "1" ? Shop.Colour.DarkRed : null;
    }

    internal readonly record struct Price(double Amount)
    {
        public string Text => $"€ \"{Amount}\"\n";
    }

    internal sealed record Part(string Id, string? Name)
    {
        public int Weight => 3;
    }

    internal sealed record Counter(int Value);

    internal sealed record Filter(string? Text, int Min, int? Max, IReadOnlyList<Colour?>? Colours);

    internal sealed record Choice(string? Id, Sku? Sku);

    internal readonly record struct Sku(string Code);

    internal readonly struct SkuScalar : IScalar<Sku>
    {
        public static string? Parse(in ScalarInput input, out Sku value)
        {
            value = new Sku(input.Text);
            return input.Kind == ScalarInputKind.String && input.Text.Length == 3 ? null : $"must be three characters, not {input}";
        }

        public static void Write(Sku value, Utf8Writer writer) => writer.String(value.Code);
    }
}

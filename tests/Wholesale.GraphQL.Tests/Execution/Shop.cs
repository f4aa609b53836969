using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>A small shop in memory: the schema and resolvers that the execution tests ask.</summary>
internal sealed class Shop
{
    public const string Sdl = """
        directive @owner(name: String!) on FIELD_DEFINITION
        scalar Sku
        interface Thing { id: ID! name: String }
        enum Colour { DARK_RED GREEN }
        type Query {
          products(first: Int = 2, colours: [Colour!], filter: Filter): [Product!]!
          product(id: ID!): Product
          thing(id: ID!): Thing
          things: [Thing]
          anything: [Anything!]
          matrix: [[Int]!]
          strict: Strict
          boom: String
          echo(text: String, n: Int! = 7, list: [Int!], filter: Filter, sku: Sku): String
        }
        type Mutation { add(by: Int!): Counter! fail: Counter explode: Counter! }
        type Counter { value: Int! slow: Int! }
        input Filter { text: String = "any" min: Int min2: Int! = 3 nested: Filter colours: [Colour] }
        type Product implements Thing { id: ID! name: String colour: Colour price: Price parts: [Part] stock: Int! related: [Product!]! }
        type Price { amount: Float! text: String! }
        type Part implements Thing { id: ID! name: String weight: Int! }
        union Anything = Product | Part
        type Strict { must: String! list: [String!]! deep: Strict! ok: String }
        """;

    private int counter;

    public List<string> Calls { get; } = [];

    public ResolverMap Map()
    {
        var map = new ResolverMap();
        map.Scalar<Sku, SkuScalar>("Sku");
        map.Type<Part>("Part");
        map.Field("Query.products", (int? first, IReadOnlyList<Colour>? colours, Filter? filter) => Called("products", Products(first ?? 0)));
        map.Field("Query.product", (string id) => id == "404" ? null : new Product(id, "P" + id));
        map.Field("Query.thing", (string id) => id.StartsWith('p') ? new Part(id, "part") : (object)new Product(id, "product"));
        map.Field("Query.things", () => (IReadOnlyList<object?>)[new Product("1", "one"), null, new Part("p2", "two")]);
        map.Field("Query.anything", () => (IReadOnlyList<object>?)[new Part("p1", "a"), new Product("2", "b")]);
        map.Field("Query.matrix", () => (IReadOnlyList<IReadOnlyList<int?>>?)[[1, null], [], [3]]);
        map.Field("Query.strict", () => new Strict(0));
        map.Field("Query.boom", string? () => throw new InvalidOperationException("secret"));
        map.Field("Query.echo", (string? text, int n, IReadOnlyList<int>? list, Filter? filter, Sku? sku) =>
            $"{text ?? "null"}|{n}|{(list is null ? "null" : string.Join(",", list))}|{filter}|{sku?.Code ?? "null"}");
        map.Field("Mutation.add", (int by) => Called("add " + by, new Counter(counter += by)));
        map.Field("Mutation.fail", Counter? () => throw new GraphQLException("No.", "REFUSED"));
        map.Field("Mutation.explode", Counter () => throw new InvalidOperationException("secret"));
        map.Field("Counter.slow", async ValueTask<IReadOnlyList<int>> (Batch<Counter> counters) =>
        {
            var values = counters.Map(c => c.Value);
            await Task.Yield();
            return Called("slow " + values[0], values);
        });
        map.Field("Product.price", (Batch<Product> products) => Called($"price ×{products.Count}", products.Map(p => p.Id == "3" ? (Price?)null : new Price(double.Parse(p.Id)))));
        map.Field("Product.parts", (Batch<Product> products) => Called($"parts ×{products.Count}", products.Map(p => p.Id == "2" ? null : (IReadOnlyList<Part?>)[new Part("p" + p.Id, "x"), null])));
        map.Field("Product.stock", (Batch<Product> products) =>
        {
            for (var i = 0; i < products.Count; i++)
            {
                if (products[i].Id == "2")
                {
                    products.Fail(i, "Stock of 2 is unknown.", "NO_STOCK");
                }
            }

            return products.Map(_ => 5);
        });
        map.Field("Product.related", (Batch<Product> products) => products.Map(p => (IReadOnlyList<Product>)[new Product(p.Id + "1", "r1"), new Product(p.Id + "2", null)]));
        map.Field("Strict.must", (Batch<Strict> stricts) => stricts.Map(s => s.Depth == 2 ? null : "m"));
        map.Field("Strict.list", (Batch<Strict> stricts) => stricts.Map(s => (IReadOnlyList<string?>)["a", s.Depth == 1 ? null : "b"]));
        map.Field("Strict.deep", (Batch<Strict> stricts) => stricts.Map(s => new Strict(s.Depth + 1)));
        return map;
    }

    public GraphQLExecutor Executor(ExecutorOptions? options = null) =>
        new(ExecutableSchema.Bind(SchemaBuilder.Build([new Source(Sdl, "shop.graphql")]), Map()), options);

    /// <summary>Prepares and executes, and returns the response's text.</summary>
    public async Task<string> Ask(string query, string variables = "{}", string? operationName = null, ExecutorOptions? options = null)
    {
        var executor = Executor(options);
        var operation = executor.Prepare(Encoding.UTF8.GetBytes(query), operationName, "test");
        using var writer = new Utf8Writer();
        if (operation.Errors.Count > 0)
        {
            GraphQLExecutor.WriteErrors(operation.Errors, writer);
        }
        else
        {
            using var json = JsonDocument.Parse(variables);
            using var services = new ServiceCollection().BuildServiceProvider();
            await executor.Execute(operation, json.RootElement, new RequestContext(services, null, default), writer);
        }

        return Encoding.UTF8.GetString(writer.Written.Span);
    }

    private static List<Product> Products(int count) => [.. Enumerable.Range(1, count).Select(i => new Product(i.ToString(), "Product " + i))];

    private T Called<T>(string call, T result)
    {
        Calls.Add(call);
        return result;
    }

    internal enum Colour
    {
        DarkRed,
        Green,
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

    internal sealed record Strict(int Depth)
    {
        public string? Ok => "ok";
    }

    internal sealed record Filter(string? Text, int? Min, int Min2, Filter? Nested, Optional<IReadOnlyList<Colour?>?> Colours)
    {
        public override string ToString() =>
            $"{{{Text ?? "null"} {Min?.ToString() ?? "null"} {Min2} {Nested?.ToString() ?? "-"} {(Colours.HasValue ? Colours.Value is null ? "null" : string.Join("+", Colours.Value) : "absent")}}}";
    }

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

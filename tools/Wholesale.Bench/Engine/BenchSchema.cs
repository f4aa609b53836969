using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.Platform;

namespace Wholesale.Bench.Engine;

/// <summary>The bench's own schema over a <see cref="Catalog"/>, written as a room of the product is: batch resolvers, and properties for the rest.</summary>
internal static class BenchSchema
{
    public static string Sdl { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schema.graphql"));

    public static ExecutableSchema Bind(Catalog catalog)
    {
        var map = new ResolverMap();
        map.Scalar<Amount, DecimalScalar>("Decimal");
        map.Scalar<Currency, CurrencyCodeScalar>("CurrencyCode");
        map.Parameter(context => new ValueTask<Caller>((Caller)context.Caller!));
        map.Type<Product>("Product");
        map.Type<Variant>("Variant");
        map.Field("Query.products", (int first, ProductFilter? filter, ProductSort sort) => (IReadOnlyList<Product>)catalog.Products[..first]);
        map.Field("Query.product", (string id) => Array.Find(catalog.Products, p => p.Id == id));
        map.Field("Query.search", (string text, int first) => Search(catalog, text, first));
        map.Field("Query.node", (string id) => (object?)Array.Find(catalog.Products, p => p.Id == id) ?? Array.Find(catalog.Categories, c => c.Id == id));
        map.Field("Product.price", ProductPrice);
        map.Field("Product.variants", Variants);
        map.Field("Variant.price", VariantPrice);
        map.Field("Category.products", (Batch<Category> categories, int first) => categories.Map<IReadOnlyList<Product>>(c => [.. c.Products.Take(first)]));
        return ExecutableSchema.Bind(SchemaBuilder.Build([new Source(Sdl, "schema.graphql")]), map);
    }

    private static Price?[] ProductPrice(Batch<Product> products, int quantity, Caller caller)
    {
        var prices = new Price?[products.Count];
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = caller.Products[products[i].Index].At(quantity);
        }

        return prices;
    }

    private static Price?[] VariantPrice(Batch<Variant> variants, int quantity, Caller caller)
    {
        var prices = new Price?[variants.Count];
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = caller.Variants[variants[i].Index].At(quantity);
        }

        return prices;
    }

    private static Variant[][] Variants(Batch<Product> products, int first)
    {
        var variants = new Variant[products.Count][];
        for (var i = 0; i < variants.Length; i++)
        {
            variants[i] = products[i].Variants[..first];
        }

        return variants;
    }

    private static IReadOnlyList<object> Search(Catalog catalog, string text, int first) =>
    [
        .. catalog.Categories.Where(c => c.Name.StartsWith(text, StringComparison.Ordinal))
            .Concat<object>(catalog.Products.Where(p => p.Name.StartsWith(text, StringComparison.Ordinal))).Take(first),
    ];

    // The filter and the order are part of the schema so that documents that are parsed, validated and planned have them; no measured query uses them.
    private enum ProductSort
    {
        Name,
        Sku,
        Stock,
    }

    private sealed record ProductFilter(string? Brand, string[]? Skus, bool? InStock, PriceRange? Price, ProductFilter? Not);

    private sealed record PriceRange(Amount? From, Amount? To);
}

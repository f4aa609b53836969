using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Bench.Engine;

/// <summary>One measured request: a row of the scorecard.</summary>
/// <param name="Name">T1 to T5.</param>
/// <param name="Work">In a few words.</param>
/// <param name="Variables">JSON; null where the document has none.</param>
internal sealed record Workload(string Name, string Work, string Document, string? Variables = null)
{
    public static Workload Typename { get; } = new("T1", "`{ __typename }` as a trusted document", "{ __typename }") { IsTrusted = true };

    public static Workload Products { get; } = new("T2", "50 products × 5 fields", "query Products { products(first: 50) { id sku name brand stock } }");

    public static Workload Prices { get; } = new(
        "T4", "100 products with the caller's price and breaks",
        "query Prices($first: Int!) { products(first: $first) { id sku name price { amount currency breaks { minimumQuantity amount } } } }", """{"first":100}""");

    /// <summary>25,000 leaves: 250 × 20 × 5.</summary>
    public static Workload ManyVariants { get; } = Variants(products: 250, variants: 20);

    /// <summary>250 leaves: 10 × 5 × 5.</summary>
    public static Workload FewVariants { get; } = Variants(products: 10, variants: 5);

    /// <summary>Whether the engine is sent the document's id instead of its text.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The body of a POST to the engine.</summary>
    public string EngineBody => IsTrusted ? $$"""{"documentId":"{{TrustedDocument.Id}}"}""" : Body;

    /// <summary>The document as a server knows it that was told of it before.</summary>
    public PersistedDocument TrustedDocument => PersistedDocument.Of(Encoding.UTF8.GetBytes(Document));

    /// <summary>The body of a POST.</summary>
    public string Body => $$"""{"query":{{JsonSerializer.Serialize(Document)}}{{(Variables is null ? "" : $",\"variables\":{Variables}")}}}""";

    private static Workload Variants(int products, int variants) => new(
        "T5", $"{products} products × {variants} variants × 5 leaves",
        "query Variants($products: Int!, $variants: Int!) { products(first: $products) { variants(first: $variants) { sku stock price { amount currency minimumQuantity } } } }",
        $$"""{"products":{{products}},"variants":{{variants}}}""");
}

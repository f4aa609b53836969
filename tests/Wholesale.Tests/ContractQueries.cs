using System.Globalization;
using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Types;

namespace Wholesale.Tests;

/// <summary>Random valid queries on a contract, which ask for things that are there.</summary>
/// <param name="schema">The contract.</param>
/// <param name="ids">What <c>node</c> may find.</param>
/// <param name="random">Decides.</param>
internal sealed class ContractQueries(Schema schema, IReadOnlyList<string> ids, Random random)
{
    private const int MaxDepth = 7;

    private int aliases;
    private int fields;

    /// <summary>Every id within an answer.</summary>
    public static IEnumerable<string> Ids(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Ids),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "id" ? [p.Value.GetString()!] : Ids(p.Value)),
        _ => [],
    };

    public string Next()
    {
        (aliases, fields) = (0, 0);
        return Selection(schema.QueryType, 0);
    }

    /// <param name="isMerged">Whether the fields merge with those of other types, and so need names of their own.</param>
    private string Selection(CompositeType type, int depth, bool isMerged = false)
    {
        isMerged |= type is not ObjectType;
        var text = new StringBuilder("{ __typename");
        foreach (var field in Chosen(type, depth))
        {
            fields++;
            text.Append(CultureInfo.InvariantCulture, $" {(isMerged ? $"a{aliases++}: " : "")}{field.Name}{Arguments(field)}");
            if (field.Type.Named is CompositeType inner)
            {
                text.Append(' ').Append(Selection(inner, depth + 1));
            }
        }

        if (type is not ObjectType)
        {
            foreach (var member in schema.PossibleTypes(type).OrderBy(t => t.Name, StringComparer.Ordinal).Where(_ => random.Next(4) == 0))
            {
                text.Append(CultureInfo.InvariantCulture, $" ... on {member.Name} {Selection(member, depth + 1, isMerged: true)}");
            }
        }

        return text.Append(" }").ToString();
    }

    /// <summary>Lists of a connection always, so that queries reach what is in them.</summary>
    private List<FieldDefinition> Chosen(CompositeType type, int depth)
    {
        var all = (type as FieldsType)?.Fields.Where(f => depth < MaxDepth || f.Type.Named is not CompositeType).ToList() ?? [];
        var count = fields > 60 ? 1 : random.Next(1, 4);
        return [.. all.Where(f => f.Name is "edges" or "node" && type != schema.QueryType), .. all.Where(f => f.Name is not ("edges" or "node")).OrderBy(_ => random.Next()).Take(count)];
    }

    private string Arguments(FieldDefinition field)
    {
        var given = field.Coordinate switch
        {
            "Query.node" => [$"id: \"{Id()}\""],
            "Query.nodes" => [$"ids: [{string.Join(", ", Enumerable.Range(0, random.Next(10)).Select(_ => $"\"{Id()}\""))}]"],
            "Query.cart" => [$"id: \"{Id("Cart")}\""],
            "Query.validateCart" => [$"cartId: \"{Id("Cart")}\""],
            "Query.order" => random.Next(2) == 0 ? [$"id: \"{Id("Order")}\""] : ["number: \"ORD-000001\""],
            "Query.orders" => [$"first: {random.Next(1, 10)}", .. random.Next(2) == 0 ? (string[])["search: \"tool\""] : []],
            "Query.orderReport" => [$"groupBy: {(random.Next(2) == 0 ? "MONTH" : "VARIANT")}"],
            "Query.product" or "Query.variant" => [$"sku: \"TOOL-{random.Next(1, 301):000}{(field.Name == "variant" ? "-S" : "")}\""],
            "Query.category" => ["externalId: \"tools\""],
            "Query.priceCart" => [$"lines: [{string.Join(", ", Enumerable.Range(0, random.Next(20)).Select(i => $"{{sku: \"TOOL-{random.Next(1, 301):000}-S\", quantity: {i}}}"))}]"],
            "Query.estimateShipping" =>
            [
                $"input: {{lines: [{string.Join(", ", Enumerable.Range(1, random.Next(1, 20)).Select(i => $"{{sku: \"TOOL-{random.Next(1, 301):000}-S\", quantity: {i}}}"))}], destination: {{country: \"US\"}}}}",
            ],
            "Variant.price" => random.Next(2) == 0 ? [] : [$"quantity: {random.Next(1, 50)}"],
            _ when field.Argument("first") is not null && random.Next(3) > 0 => (string[])[$"first: {random.Next(1, field.Name == "products" ? 60 : 10)}"],
            _ => [],
        };
        return given.Length == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Id() => ids[random.Next(ids.Count)];

    /// <summary>Of a type, or of any where there is none of it.</summary>
    private string Id(string type)
    {
        var ofType = ids.Where(id => Wholesale.Platform.NodeId.Parse(id).Type == type).ToList();
        return ofType.Count == 0 ? Id() : ofType[random.Next(ofType.Count)];
    }
}

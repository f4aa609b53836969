using System.Text;
using System.Text.Json.Nodes;
using Wholesale.GraphQL.Types;

namespace Wholesale.Tests.Authorization;

/// <summary>Where an id stands among what a field takes: the argument first, then the fields of its input objects down to the id. Empty: the field takes none.</summary>
internal sealed record IdPlace(FieldDefinition Field, IReadOnlyList<InputValueDefinition> Path)
{
    /// <summary>All of a field.</summary>
    public static IEnumerable<IdPlace> Of(FieldDefinition field) => field.Arguments.SelectMany(argument => Below([argument])).Select(path => new IdPlace(field, path));

    /// <summary>The object types that the id may be one of: by its name, as <c>companyUnitId</c>, <c>unitId</c> and <c>parentUnitId</c> are of a <c>CompanyUnit</c>; where that tells nothing, any.</summary>
    public IReadOnlyList<string> TypesIn(Schema schema)
    {
        var all = schema.PossibleTypes((CompositeType)schema.Type("Node")!).Select(type => type.Name).Order(StringComparer.Ordinal).ToList();
        var name = Path[^1].Name;
        var stem = name.TrimEnd('s')[..^2];
        var named = stem.Length == 0
            ? all.Where(type => type == Field.Type.Named.Name)
            : all.Where(type => type.EndsWith(stem, StringComparison.OrdinalIgnoreCase) || stem.EndsWith(type, StringComparison.OrdinalIgnoreCase));
        return named.Any() ? [.. named] : all;
    }

    /// <summary>As <c>Mutation.addCartLines(input.lines.variantId)</c>.</summary>
    public override string ToString() => $"{Field.Coordinate}({string.Join('.', Path.Select(part => part.Name))})";

    private static IEnumerable<IReadOnlyList<InputValueDefinition>> Below(IReadOnlyList<InputValueDefinition> path) => path[^1].Type.Named switch
    {
        ScalarType { Name: "ID" } => [path],
        InputObjectType input when path.Count(part => part.Type.Named == input) == 1 => input.Fields.SelectMany(field => Below([.. path, field])),
        _ => [],
    };
}

/// <summary>A valid call of a root field that asks for nearly all of the answer; its variables are plausible values by their types.</summary>
internal sealed class ContractCall
{
    private static int names;

    private readonly Schema schema;
    private readonly IdPlace place;
    private readonly int maximumThings;
    private readonly bool isFull;

    /// <param name="schema">The contract.</param>
    /// <param name="place">The field, and where the id goes.</param>
    /// <param name="answerType">The object type that the answer will be of, where the field's is an interface.</param>
    /// <param name="maximumThings">How many things with an id stand one within another in the answer.</param>
    /// <param name="isFull">Whether objects without ids, and lists of ids, are given that need not be, beside the id.</param>
    public ContractCall(Schema schema, IdPlace place, string answerType, int maximumThings, bool isFull = false)
    {
        (this.schema, this.place, this.maximumThings, this.isFull) = (schema, place, maximumThings, isFull);
        var kind = place.Field.DeclaringType == schema.MutationType ? "mutation" : place.Field.DeclaringType == schema.SubscriptionType ? "subscription" : "query";
        var arguments = Given(place.Field.Arguments, 0).ToList();
        var declared = arguments.Count == 0 ? "" : $"({string.Join(", ", arguments.Select(a => $"${a.Name}: {a.Type.NonNull}"))})";
        var passed = arguments.Count == 0 ? "" : $"({string.Join(", ", arguments.Select(a => $"{a.Name}: ${a.Name}"))})";
        Document = $"{kind}{declared} {{ {place.Field.Name}{passed} {Selection(place.Field.Type.Named, answerType, [])} }}";
    }

    /// <summary>Whether there is more to give beside the id than must be.</summary>
    public bool HasMore => place.Path.SkipLast(1).Any(part => ((InputObjectType)part.Type.Named).Fields.Any(IsExtra));

    /// <summary>Its text.</summary>
    public string Document { get; }

    /// <summary>Its variables.</summary>
    /// <param name="id">What stands in the place.</param>
    /// <param name="idOf">What other ids are that must be given.</param>
    public JsonObject Variables(string id, Func<IdPlace, string> idOf) => Object(place.Field.Arguments, 0, id, idOf, [], isOnPath: true);

    private IEnumerable<InputValueDefinition> Given(IEnumerable<InputValueDefinition> inputs, int depth) => inputs.Where(input => IsGiven(input, depth, isOnPath: true));

    /// <summary>Also amounts that need not be given, for many changes are none without one; but for those of a filter, which nothing would pass.</summary>
    private bool IsGiven(InputValueDefinition input, int depth, bool isOnPath) =>
        input.IsRequired || (isOnPath && IsOfPart(input, depth)) || (isOnPath && depth < place.Path.Count && place.Path[depth] == input) || (depth > 0 && isOnPath && input.DefaultValue is null && ((input.Type.Named.Name is "Quantity" or "Decimal" && place.Path[0].Name != "filter") || (isFull && IsExtra(input))));

    /// <summary>What the id is a part of, where that may be named in another way, too: without it no part is ever found.</summary>
    private bool IsOfPart(InputValueDefinition input, int depth) => depth == 1 && place.Path.Count > 2 && input.Name == "shipmentId";

    private static bool IsExtra(InputValueDefinition input) => !input.IsRequired
        && (input.Type.Named is InputObjectType inner ? !HoldsId(inner) : input.Type is { Nullable: ListType, Named.Name: "ID" });

    private static bool HoldsId(InputObjectType type) => type.Fields.Any(field => field.Type.Named is ScalarType { Name: "ID" } || (field.Type.Named is InputObjectType inner && inner != type && HoldsId(inner)));

    private JsonObject Object(IEnumerable<InputValueDefinition> inputs, int depth, string id, Func<IdPlace, string> idOf, IReadOnlyList<InputValueDefinition> path, bool isOnPath)
    {
        var values = new JsonObject();
        foreach (var input in inputs.Where(input => IsGiven(input, depth, isOnPath)))
        {
            var isNext = isOnPath && depth < place.Path.Count && place.Path[depth] == input;
            IReadOnlyList<InputValueDefinition> here = [.. path, input];
            values.Add(input.Name, Wrapped(input.Type, () => input.Type.Named switch
            {
                InputObjectType inner => Object(inner.Fields, depth + 1, id, idOf, here, isNext),
                EnumType values => values.Values[0].Name,
                ScalarType { Name: "ID" } => isNext ? id : idOf(new(place.Field, here)),
                var scalar => Scalar(scalar.Name, input.Name),
            }));
        }

        return values;
    }

    private static JsonNode Wrapped(GraphQLType type, Func<JsonNode> value) => type.Nullable is ListType list ? new JsonArray(Wrapped(list.ItemType, value)) : value();

    private static JsonNode Scalar(string type, string name) => type switch
    {
        "Int" or "Long" or "Float" => 1,
        "Quantity" => 1,
        "Boolean" => true,
        "Decimal" => "1",
        "CurrencyCode" => "USD",
        "DateTime" => "2026-04-01T00:00:00Z",
        "Date" => "2026-04-01",
        "Locale" => "en",
        "URL" => "https://shop.example/",
        _ => name switch { "sku" => "PUBLIC-S", "country" => "US", "externalId" or "name" => $"made-{Interlocked.Increment(ref names)}", _ => "text" },
    };

    /// <summary>All leaves, and all objects but those that stand above already.</summary>
    private string Selection(NamedType type, string? answerType, IReadOnlyList<NamedType> above)
    {
        if (type is not CompositeType)
        {
            return "";
        }

        if (type is not ObjectType)
        {
            return answerType is null ? "{ __typename }" : $"{{ __typename ... on {answerType} {Selection(schema.Type(answerType)!, null, [.. above, type])} }}";
        }

        var text = new StringBuilder("{ __typename");
        IReadOnlyList<NamedType> here = [.. above, type];
        foreach (var field in ((ObjectType)type).Fields.Where(f => !f.Arguments.Any(a => a.IsRequired)))
        {
            var inner = field.Type.Named;
            if (inner is not CompositeType || (!above.Contains(inner) && inner != type && here.Count(IsThing) + (IsThing(inner) ? 1 : 0) <= maximumThings))
            {
                text.Append(' ').Append(field.Name).Append(' ').Append(Selection(inner, null, here));
            }
        }

        return text.Append(" }").ToString();
    }

    private static bool IsThing(NamedType type) => type is ObjectType thing && thing.Interfaces.Any(i => i.Name == "Node");
}

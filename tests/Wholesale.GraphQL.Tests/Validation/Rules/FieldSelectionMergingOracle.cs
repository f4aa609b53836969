using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.3.2 to the letter: pair by pair, with all the time in the world. For small documents without cycles.</summary>
sealed class FieldSelectionMergingOracle(Schema schema, DocumentNode document)
{
    readonly Dictionary<string, FragmentDefinitionNode> fragments =
        document.Definitions.OfType<FragmentDefinitionNode>().ToDictionary(fragment => fragment.Name.Value);

    /// <summary>Whether FieldsInSetCanMerge() is true of every selection set of the document.</summary>
    public bool CanMerge() => document.Definitions.OfType<ExecutableDefinitionNode>().All(
        definition => CanMergeWithin(
            definition.SelectionSet,
            definition is OperationDefinitionNode operation
                ? schema.RootType(operation.Operation)!
                : TypeOf(((FragmentDefinitionNode)definition).TypeCondition)));

    bool CanMergeWithin(SelectionSetNode set, CompositeType type) =>
        FieldsInSetCanMerge(Fields(set, type)) && set.Selections.All(selection => selection switch
        {
            FieldNode { SelectionSet: { } inner } field => CanMergeWithin(inner, (CompositeType)TypeOf(field, type).Named),
            InlineFragmentNode inline => CanMergeWithin(inline.SelectionSet, inline.TypeCondition is { } condition ? TypeOf(condition) : type),
            _ => true,
        });

    bool FieldsInSetCanMerge(List<(FieldNode Node, CompositeType Parent)> set) => Pairs(set).All(pair =>
    {
        var ((a, parentA), (b, parentB)) = pair;
        return SameResponseShape(pair.A, pair.B)
            && ((parentA != parentB && parentA is ObjectType && parentB is ObjectType)
                || (a.Name.Value == b.Name.Value && Arguments(a) == Arguments(b) && FieldsInSetCanMerge(Merged(pair.A, pair.B))));
    });

    bool SameResponseShape((FieldNode Node, CompositeType Parent) a, (FieldNode Node, CompositeType Parent) b)
    {
        var typeA = TypeOf(a.Node, a.Parent);
        var typeB = TypeOf(b.Node, b.Parent);
        while (typeA is NonNullType or ListType || typeB is NonNullType or ListType)
        {
            if (typeA is NonNullType != typeB is NonNullType)
            {
                return false;
            }

            (typeA, typeB) = (typeA.Nullable, typeB.Nullable);
            if (typeA is ListType != typeB is ListType)
            {
                return false;
            }

            (typeA, typeB) = (typeA as ListType)?.ItemType is { } itemA ? (itemA, ((ListType)typeB).ItemType) : (typeA, typeB);
        }

        return typeA is CompositeType && typeB is CompositeType
            ? Pairs(Merged(a, b)).All(pair => SameResponseShape(pair.A, pair.B))
            : typeA == typeB;
    }

    static IEnumerable<((FieldNode Node, CompositeType Parent) A, (FieldNode Node, CompositeType Parent) B)> Pairs(
        List<(FieldNode Node, CompositeType Parent)> set) =>
        from a in set.Index()
        from b in set.Index()
        where a.Index < b.Index && a.Item.Node != b.Item.Node && a.Item.Node.ResponseName == b.Item.Node.ResponseName
        select (a.Item, b.Item);

    List<(FieldNode Node, CompositeType Parent)> Merged((FieldNode Node, CompositeType Parent) a, (FieldNode Node, CompositeType Parent) b) =>
        [.. Subfields(a), .. Subfields(b)];

    List<(FieldNode Node, CompositeType Parent)> Subfields((FieldNode Node, CompositeType Parent) field) =>
        field.Node.SelectionSet is { } set ? Fields(set, (CompositeType)TypeOf(field.Node, field.Parent).Named) : [];

    List<(FieldNode Node, CompositeType Parent)> Fields(SelectionSetNode set, CompositeType type) =>
        [.. set.Selections.SelectMany(selection => selection switch
        {
            FieldNode field => [(field, type)],
            InlineFragmentNode inline => Fields(inline.SelectionSet, inline.TypeCondition is { } condition ? TypeOf(condition) : type),
            FragmentSpreadNode spread => Fields(fragments[spread.Name.Value].SelectionSet, TypeOf(fragments[spread.Name.Value].TypeCondition)),
            _ => [],
        })];

    GraphQLType TypeOf(FieldNode field, CompositeType parent) => schema.Field(parent, field.Name.Value)!.Type;

    CompositeType TypeOf(NamedTypeNode condition) => (CompositeType)schema.Type(condition.Name.Value)!;

    static string Arguments(FieldNode field) =>
        string.Join(", ", field.Arguments.Select(Printer.Print).Order(StringComparer.Ordinal));
}

using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>
/// Writes a schema as canonical SDL, extensions merged into what they extend: the text to compare when a public contract changes.
/// <see cref="SchemaBuilder"/> makes an equal schema of it.
/// </summary>
public sealed class SchemaPrinter
{
    // The nodes are made to be printed; nobody asks where they stand.
    private static readonly Source Nowhere = new("", "printed schema");

    private readonly bool includeDirectives;

    private SchemaPrinter(bool includeDirectives) => this.includeDirectives = includeDirectives;

    /// <summary>The schema's own definitions: directives, then types, each in the order of <see cref="Schema"/>. Ends in a line break.</summary>
    /// <param name="schema">What to print.</param>
    /// <param name="includeDirectives">
    /// Whether custom directives stand where they are applied. Their definitions are always printed, and so are @deprecated, @specifiedBy and
    /// @oneOf, which introspection shows too.
    /// </param>
    public static string Print(Schema schema, bool includeDirectives = true) =>
        Printer.Print(new SchemaPrinter(includeDirectives).Document(schema)) + "\n";

    private DocumentNode Document(Schema schema)
    {
        var definitions = ImmutableArray.CreateBuilder<DefinitionNode>();
        if (Definition(schema) is { } definition)
        {
            definitions.Add(definition);
        }

        definitions.AddRange(schema.Directives.Where(d => d.Definition is not null).Select(Definition));
        definitions.AddRange(schema.Types.Where(t => t.Definition is not null).Select(Definition));
        return new DocumentNode(Nowhere, definitions.ToImmutable());
    }

    /// <summary>Null where section 3.3.1 "Default Root Operation Type Names" says that it should be omitted.</summary>
    private SchemaDefinitionNode? Definition(Schema schema)
    {
        var operations = Enum.GetValues<OperationType>();
        var directives = Applied(schema.AppliedDirectives);
        if (schema.Description is null && directives.IsEmpty && operations.All(o => schema.RootType(o) == schema.Type(o.ToString())))
        {
            return null;
        }

        var roots = operations
            .Where(o => schema.RootType(o) is not null)
            .Select(o => new OperationTypeDefinitionNode(Nowhere, 0, o, Reference(schema.RootType(o)!)));
        return new SchemaDefinitionNode(Nowhere, 0, schema.Description, isExtension: false, directives, [.. roots]);
    }

    private DirectiveDefinitionNode Definition(DirectiveDefinition directive) => new(
        Nowhere, 0, directive.Description, Named(directive.Name), [.. directive.Arguments.Select(Definition)],
        directive.IsRepeatable, [.. directive.Locations.Select(Named)]);

    private TypeDefinitionNode Definition(NamedType type)
    {
        var (description, name, directives) = (type.Description, Named(type.Name), Applied(type.Directives));
        return type switch
        {
            ObjectType t => new ObjectTypeDefinitionNode(
                Nowhere, 0, description, false, name, References(t.Interfaces), directives, [.. t.Fields.Select(Definition)]),
            InterfaceType t => new InterfaceTypeDefinitionNode(
                Nowhere, 0, description, false, name, References(t.Interfaces), directives, [.. t.Fields.Select(Definition)]),
            UnionType t => new UnionTypeDefinitionNode(Nowhere, 0, description, false, name, directives, References(t.Types)),
            EnumType t => new EnumTypeDefinitionNode(Nowhere, 0, description, false, name, directives, [.. t.Values.Select(Definition)]),
            InputObjectType t => new InputObjectTypeDefinitionNode(
                Nowhere, 0, description, false, name, directives, [.. t.Fields.Select(Definition)]),
            _ => new ScalarTypeDefinitionNode(Nowhere, 0, description, false, name, directives),
        };
    }

    private FieldDefinitionNode Definition(FieldDefinition field) => new(
        Nowhere, 0, field.Description, Named(field.Name), [.. field.Arguments.Select(Definition)], Reference(field.Type), Applied(field.Directives));

    private InputValueDefinitionNode Definition(InputValueDefinition input) => new(
        Nowhere, 0, input.Description, Named(input.Name), Reference(input.Type), input.DefaultValue, Applied(input.Directives));

    private EnumValueDefinitionNode Definition(EnumValueDefinition value) => new(
        Nowhere, 0, value.Description, Named(value.Name), Applied(value.Directives));

    private ImmutableArray<DirectiveNode> Applied(ImmutableArray<AppliedDirective> directives) =>
        [.. directives.Where(d => includeDirectives || d.Definition is { Definition: null }).Select(d => d.Node)];

    private static ImmutableArray<NamedTypeNode> References<T>(ImmutableArray<T> types) where T : NamedType => [.. types.Select(Reference)];

    private static TypeNode Reference(GraphQLType type) => type switch
    {
        ListType list => new ListTypeNode(Nowhere, 0, Reference(list.ItemType)),
        NonNullType nonNull => new NonNullTypeNode(Nowhere, Reference(nonNull.Nullable)),
        _ => Reference(type.Named),
    };

    private static NamedTypeNode Reference(NamedType type) => new(Nowhere, Named(type.Name));

    private static Name Named(string name) => new(name, 0);
}

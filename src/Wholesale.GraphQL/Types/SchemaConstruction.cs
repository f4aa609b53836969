using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>
/// Makes types of merged definitions. What cannot be made (an unknown type, a name that comes twice) is a problem;
/// everything else is left to <see cref="SchemaValidator"/>.
/// </summary>
internal sealed partial class SchemaConstruction
{
    private readonly MergedDocuments merged;
    private readonly SchemaProblems problems;
    private readonly OrderedDictionary<string, NamedType> types = [];
    private readonly OrderedDictionary<string, DirectiveDefinition> directives = [];
    private readonly Dictionary<OperationType, ObjectType> rootTypes = [];
    private readonly HashSet<NamedType> referenced = [];

    public SchemaConstruction(MergedDocuments merged, SchemaProblems problems)
    {
        this.merged = merged;
        this.problems = problems;

        // Definitions refer to one another in cycles, so every name gets its object before any is filled.
        // Directives are filled first, the specification's before all: a deprecation without a reason takes it from @deprecated's default.
        foreach (var (name, _) in merged.Directives)
        {
            directives.Add(name, new DirectiveDefinition(name));
        }

        foreach (var (name, type) in merged.Types)
        {
            types.Add(name, Create(name, type.Definition));
        }

        foreach (var (name, node) in merged.Directives)
        {
            Fill(directives[name], node);
        }

        foreach (var (name, type) in merged.Types)
        {
            Fill(types[name], type);
        }

        ReadRootTypes();
        Types = [.. types.Values.Where(t => t.Definition is not null), .. types.Values.Where(t => t.Definition is null && IsNeeded(t))];
        Directives = [.. directives.Values.Where(d => d.Definition is not null), .. directives.Values.Where(d => d.Definition is null)];
        AppliedDirectives = Applied(SchemaParts.SelectMany(s => s.Directives));
    }

    /// <summary>Types in the order of the sources, then those of the specification.</summary>
    public IReadOnlyList<NamedType> Types { get; }

    /// <summary>Directives in the order of the sources, then those of the specification.</summary>
    public IReadOnlyList<DirectiveDefinition> Directives { get; }

    /// <summary>Directives on the schema itself.</summary>
    public ImmutableArray<AppliedDirective> AppliedDirectives { get; }

    private IEnumerable<SchemaDefinitionNode> SchemaParts =>
        merged.Schema is null ? merged.SchemaExtensions : merged.SchemaExtensions.Prepend(merged.Schema);

    /// <summary>The finished schema; call it only when there are no problems.</summary>
    public Schema ToSchema() => new(
        merged.Schema?.Description,
        rootTypes[OperationType.Query],
        rootTypes.GetValueOrDefault(OperationType.Mutation),
        rootTypes.GetValueOrDefault(OperationType.Subscription),
        Types,
        Directives,
        AppliedDirectives);

    // Section 3.5: a built-in scalar that nothing refers to must not be in the schema.
    private bool IsNeeded(NamedType type) => type is not ScalarType || referenced.Contains(type);

    private static NamedType Create(string name, TypeDefinitionNode definition) => definition switch
    {
        ScalarTypeDefinitionNode => new ScalarType(name),
        ObjectTypeDefinitionNode => new ObjectType(name),
        InterfaceTypeDefinitionNode => new InterfaceType(name),
        UnionTypeDefinitionNode => new UnionType(name),
        EnumTypeDefinitionNode => new EnumType(name),
        _ => new InputObjectType(name),
    };

    private void Fill(DirectiveDefinition directive, DirectiveDefinitionNode node)
    {
        directive.Definition = Own(node);
        directive.Description = node.Description;
        directive.IsRepeatable = node.IsRepeatable;
        directive.Locations = [.. node.Locations.Select(l => l.Value)];
        directive.Arguments = InputValues(node.Arguments, argument => $"{directive}({argument}:)");
    }

    private void Fill(NamedType type, MergedType mergedType)
    {
        type.Definition = Own(mergedType.Definition);
        type.Extensions = [.. mergedType.Extensions];
        type.Description = mergedType.Definition.Description;
        type.Directives = Applied(mergedType.Parts.SelectMany(p => p.Directives));
        switch (type)
        {
            case ScalarType scalar:
                scalar.SpecifiedByUrl = Directive(scalar.Directives, "specifiedBy")?.ArgumentText("url");
                break;
            case FieldsType fieldsType:
                FillFields(fieldsType, [.. mergedType.Parts.Cast<FieldsTypeDefinitionNode>()]);
                break;
            case UnionType union:
                FillMembers(union, mergedType.Parts.Cast<UnionTypeDefinitionNode>());
                break;
            case EnumType enumType:
                FillValues(enumType, mergedType.Parts.Cast<EnumTypeDefinitionNode>());
                break;
            case InputObjectType inputObject:
                inputObject.IsOneOf = Directive(inputObject.Directives, "oneOf") is not null;
                inputObject.Fields = InputValues(
                    mergedType.Parts.Cast<InputObjectTypeDefinitionNode>().SelectMany(p => p.Fields), field => $"{type.Name}.{field}");
                inputObject.FieldsByName = inputObject.Fields.ToDictionary(f => f.Name);
                break;
        }
    }

    private void FillFields(FieldsType type, IReadOnlyList<FieldsTypeDefinitionNode> parts)
    {
        type.Interfaces = References<InterfaceType>(type, parts.SelectMany(p => p.Interfaces), "Only an interface can be implemented");

        var fields = new List<FieldDefinition>();
        var seen = new Dictionary<string, Place>();
        foreach (var node in parts.SelectMany(p => p.Fields).Where(f => merged.Keeps(f.Directives)))
        {
            var name = node.Name.Value;
            var coordinate = $"{type.Name}.{name}";
            if (IsFirst(seen, name, Place.Of(node, node.Name), coordinate))
            {
                var applied = Applied(node.Directives);
                fields.Add(new FieldDefinition(type, name, Resolve(node.Type, coordinate))
                {
                    Description = node.Description,
                    Arguments = InputValues(node.Arguments, argument => $"{coordinate}({argument}:)"),
                    Directives = applied,
                    DeprecationReason = DeprecationReason(applied),
                    Definition = Own(node),
                });
            }
        }

        type.Fields = fields;
        type.FieldsByName = fields.ToDictionary(f => f.Name);
    }

    private void FillMembers(UnionType union, IEnumerable<UnionTypeDefinitionNode> parts) =>
        union.Types = References<ObjectType>(union, parts.SelectMany(p => p.Types), "Only an object type can be a member of a union");

    private void FillValues(EnumType type, IEnumerable<EnumTypeDefinitionNode> parts)
    {
        var values = ImmutableArray.CreateBuilder<EnumValueDefinition>();
        var seen = new Dictionary<string, Place>();
        foreach (var node in parts.SelectMany(p => p.Values).Where(v => merged.Keeps(v.Directives)))
        {
            var name = node.Name.Value;
            if (IsFirst(seen, name, Place.Of(node, node.Name), $"{type.Name}.{name}"))
            {
                var applied = Applied(node.Directives);
                values.Add(new EnumValueDefinition(name)
                {
                    Description = node.Description,
                    Directives = applied,
                    DeprecationReason = DeprecationReason(applied),
                    Definition = Own(node),
                });
            }
        }

        type.Values = values.ToImmutable();
        type.ValuesByName = values.ToDictionary(v => v.Name);
    }

    private ImmutableArray<InputValueDefinition> InputValues(IEnumerable<InputValueDefinitionNode> nodes, Func<string, string> coordinateOf)
    {
        var values = ImmutableArray.CreateBuilder<InputValueDefinition>();
        var seen = new Dictionary<string, Place>();
        foreach (var node in nodes.Where(n => merged.Keeps(n.Directives)))
        {
            var name = node.Name.Value;
            var coordinate = coordinateOf(name);
            if (IsFirst(seen, name, Place.Of(node, node.Name), coordinate))
            {
                var applied = Applied(node.Directives);
                values.Add(new InputValueDefinition(coordinate, name, Resolve(node.Type, coordinate))
                {
                    Description = node.Description,
                    DefaultValue = node.DefaultValue,
                    Directives = applied,
                    DeprecationReason = DeprecationReason(applied),
                    Definition = Own(node),
                });
            }
        }

        return values.ToImmutable();
    }

    private bool IsFirst(Dictionary<string, Place> seen, string name, Place place, string coordinate)
    {
        if (seen.TryAdd(name, place))
        {
            return true;
        }

        problems.Add(place, coordinate, $"It is already defined at {seen[name]}.");
        return false;
    }

    private ImmutableArray<AppliedDirective> Applied(IEnumerable<DirectiveNode> nodes) =>
        [.. nodes.Select(node => new AppliedDirective(node, directives.GetValueOrDefault(node.Name.Value)))];

    private static AppliedDirective? Directive(ImmutableArray<AppliedDirective> applied, string name) =>
        applied.FirstOrDefault(d => d.Name == name);

    private static string? DeprecationReason(ImmutableArray<AppliedDirective> applied) =>
        Directive(applied, "deprecated")?.ArgumentText("reason");

    // The specification's own definitions have no place that an author could look at.
    private static T? Own<T>(T node) where T : SyntaxNode => node.Source == IntrospectionSdl.Source ? null : node;
}

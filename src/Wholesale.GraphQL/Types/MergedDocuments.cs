using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>Type system documents as if they were one: every name with its definition and its extensions, in the order of the sources.</summary>
internal sealed class MergedDocuments
{
    private readonly string? withoutDirective;
    private readonly SchemaProblems problems;
    private readonly HashSet<string> leftOut = [];

    public MergedDocuments(IReadOnlyList<DocumentNode> documents, string? withoutDirective, SchemaProblems problems)
    {
        this.withoutDirective = withoutDirective;
        this.problems = problems;
        var definitions = documents.SelectMany(d => d.Definitions).ToList();

        // An extension may stand before what it extends.
        foreach (var definition in definitions)
        {
            AddDefinition(definition);
        }

        foreach (var extension in definitions.OfType<TypeDefinitionNode>().Where(d => d.IsExtension && Keeps(d.Directives)))
        {
            AddExtension(extension);
        }

        LeaveOutEmptied();

        // A misspelt name would publish everything that was to be left out.
        if (withoutDirective is not null && !definitions.OfType<DirectiveDefinitionNode>().Any(d => d.Name.Value == withoutDirective))
        {
            problems.Add($"@{withoutDirective}: No source defines this directive, by which definitions are to be left out.");
        }
    }

    /// <summary>Types with all their parts, the specification's own first.</summary>
    public OrderedDictionary<string, MergedType> Types { get; } = [];

    /// <summary>Directive definitions, the specification's own first.</summary>
    public OrderedDictionary<string, DirectiveDefinitionNode> Directives { get; } = [];

    /// <summary>Null where the default root names stand for it.</summary>
    public SchemaDefinitionNode? Schema { get; private set; }

    /// <summary>Section 3.3.2 "Schema Extension".</summary>
    public List<SchemaDefinitionNode> SchemaExtensions { get; } = [];

    /// <summary>Whether something stays in the schema, given the directives it carries.</summary>
    public bool Keeps(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value == withoutDirective)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Says why there is no type of this name.</summary>
    public string Unknown(string typeName) => leftOut.Contains(typeName)
        ? $"It refers to {typeName}, which @{withoutDirective} leaves out."
        : $"Unknown type \"{typeName}\".";

    /// <summary>A type whose every field is left out goes with them, as a contract without mutations has no mutation type.</summary>
    private void LeaveOutEmptied()
    {
        foreach (var (name, type) in Types.ToList())
        {
            var fields = type.Parts.OfType<FieldsTypeDefinitionNode>().SelectMany(part => part.Fields).ToList();
            if (fields.Count > 0 && !fields.Any(field => Keeps(field.Directives)))
            {
                Types.Remove(name);
                leftOut.Add(name);
            }
        }
    }

    private void AddDefinition(DefinitionNode definition)
    {
        switch (definition)
        {
            case DirectiveDefinitionNode directive:
                if (directive.Name.Value != withoutDirective)
                {
                    AddDirective(directive);
                }

                break;
            case TypeDefinitionNode { IsExtension: false } type:
                AddType(type);
                break;
            case SchemaDefinitionNode schema:
                if (Keeps(schema.Directives))
                {
                    AddSchema(schema);
                }

                break;
            case ExecutableDefinitionNode:
                problems.Add(Place.Of(definition), "schema", "Operations and fragments cannot stand in a schema document.");
                break;
        }
    }

    private void AddDirective(DirectiveDefinitionNode directive)
    {
        if (!Directives.TryAdd(directive.Name.Value, directive))
        {
            var first = Directives[directive.Name.Value];
            Repeated(Place.Of(directive, directive.Name), $"@{directive.Name}", Place.Of(first, first.Name));
        }
    }

    private void AddType(TypeDefinitionNode type)
    {
        if (!Keeps(type.Directives))
        {
            leftOut.Add(type.Name.Value);
        }
        else if (!Types.TryAdd(type.Name.Value, new MergedType(type)))
        {
            var first = Types[type.Name.Value].Definition;
            Repeated(Place.Of(type, type.Name), type.Name.Value, Place.Of(first, first.Name));
        }
    }

    private void AddSchema(SchemaDefinitionNode schema)
    {
        if (schema.IsExtension)
        {
            SchemaExtensions.Add(schema);
        }
        else if (Schema is not null)
        {
            Repeated(Place.Of(schema), "schema", Place.Of(Schema));
        }
        else
        {
            Schema = schema;
        }
    }

    private void Repeated(Place place, string coordinate, Place first) => problems.Add(place, coordinate, first.Source == IntrospectionSdl.Source
        ? "The specification defines it; leave it out."
        : $"It is already defined at {first}.");

    private void AddExtension(TypeDefinitionNode extension)
    {
        var name = extension.Name.Value;
        var type = Types.GetValueOrDefault(name);
        if (type is null && leftOut.Contains(name))
        {
            return; // what extends it goes with it
        }

        var message = type switch
        {
            null => "Only a type that is defined can be extended.",
            { Definition: var definition } when definition.Source == IntrospectionSdl.Source => "A type of the specification cannot be extended.",
            { Definition: var definition } when definition.GetType() != extension.GetType() =>
                $"It is {Kind(definition)} and cannot be extended as {Kind(extension)}.",
            _ => null,
        };
        if (message is null)
        {
            type!.Extensions.Add(extension);
        }
        else
        {
            problems.Add(Place.Of(extension, extension.Name), name, message);
        }
    }

    private static string Kind(TypeDefinitionNode type) => type switch
    {
        ScalarTypeDefinitionNode => "a scalar",
        ObjectTypeDefinitionNode => "an object type",
        InterfaceTypeDefinitionNode => "an interface",
        UnionTypeDefinitionNode => "a union",
        EnumTypeDefinitionNode => "an enum",
        _ => "an input object",
    };
}

/// <summary>A type's definition, and what extends it in the order of the sources.</summary>
internal sealed record MergedType(TypeDefinitionNode Definition)
{
    public List<TypeDefinitionNode> Extensions { get; } = [];

    /// <summary>The definition, then the extensions.</summary>
    public IEnumerable<TypeDefinitionNode> Parts => Extensions.Prepend(Definition);
}

using System.Collections.Immutable;

namespace Wholesale.GraphQL.Types;

/// <summary>
/// Checks what section 3 "Type System" demands of a schema beyond that it can be constructed. Every rule looks at the finished types, with
/// all extensions merged, so it does not matter in which part of a type something stands. The specification's own types are taken as right.
/// </summary>
internal sealed partial class SchemaValidator(SchemaConstruction schema, SchemaProblems problems)
{
    private readonly ImmutableArray<NamedType> types = [.. schema.Types.Where(t => t.Definition is not null)];
    private readonly ImmutableArray<DirectiveDefinition> directives = [.. schema.Directives.Where(d => d.Definition is not null)];

    /// <summary>Reports every problem.</summary>
    public void Validate()
    {
        foreach (var type in types)
        {
            CheckType(type);
        }

        foreach (var directive in directives)
        {
            CheckDirectiveDefinition(directive);
        }

        CheckAppliedDirectives();
        CheckCircularReferences();
        CheckDefaultValueCycles();
    }
}

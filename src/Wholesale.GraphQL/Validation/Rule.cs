using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation;

/// <summary>
/// One rule of section 5. It overrides what it listens to and is called for nothing else: <see cref="RuleTable"/> finds out which methods a
/// rule overrides. A rule keeps no state, so one instance serves all validations at once.
/// </summary>
abstract class Rule
{
    /// <summary>Before everything else.</summary>
    public virtual void EnterDocument(ValidationContext context) { }

    /// <summary>An operation, before what it holds.</summary>
    public virtual void Operation(ValidationContext context, OperationDefinitionNode operation) { }

    /// <summary>A variable's definition.</summary>
    /// <param name="type">Null where the schema has no such type.</param>
    public virtual void VariableDefinition(ValidationContext context, VariableDefinitionNode variable, GraphQLType? type) { }

    /// <summary>A fragment's definition, before what it holds.</summary>
    /// <param name="type">Of its type condition; null where the schema has none of that name.</param>
    public virtual void Fragment(ValidationContext context, FragmentDefinitionNode fragment, NamedType? type) { }

    /// <summary>A field, before what it holds.</summary>
    /// <param name="parentType">Of the selection set around it; null where that is unknown.</param>
    /// <param name="definition">Null where the parent type is unknown or has no such field.</param>
    public virtual void Field(ValidationContext context, FieldNode field, CompositeType? parentType, FieldDefinition? definition) { }

    /// <summary>An inline fragment that has a type condition.</summary>
    /// <param name="condition">Its type condition.</param>
    /// <param name="parentType">Of the selection set around it; null where that is unknown.</param>
    /// <param name="type">Of the type condition; null where the schema has none of that name.</param>
    public virtual void InlineFragment(
        ValidationContext context, InlineFragmentNode inline, NamedTypeNode condition, CompositeType? parentType, NamedType? type)
    { }

    /// <summary>A fragment spread.</summary>
    /// <param name="parentType">Of the selection set around it; null where that is unknown.</param>
    public virtual void FragmentSpread(ValidationContext context, FragmentSpreadNode spread, CompositeType? parentType) { }

    /// <summary>All directives of one place, of which there is at least one.</summary>
    public virtual void Directives(ValidationContext context, ImmutableArray<DirectiveNode> directives) { }

    /// <summary>A directive.</summary>
    /// <param name="definition">Null where the schema has none of that name.</param>
    /// <param name="location">Where it stands, in a word of the grammar: FIELD, QUERY, …</param>
    public virtual void Directive(ValidationContext context, DirectiveNode directive, DirectiveDefinition? definition, string location) { }

    /// <summary>An argument of a field or a directive.</summary>
    /// <param name="definition">Null where the owner is unknown or has no such argument.</param>
    /// <param name="field">The field it is given to; null if that is unknown or a directive.</param>
    /// <param name="directive">The directive it is given to; null if that is unknown or a field.</param>
    public virtual void Argument(
        ValidationContext context, ArgumentNode argument, InputValueDefinition? definition, FieldDefinition? field,
        DirectiveDefinition? directive)
    { }

    /// <summary>A literal where the type of its position is known, before what it holds. Variables are not literals.</summary>
    public virtual void Value(ValidationContext context, ValueNode value, GraphQLType type) { }

    /// <summary>An input object literal.</summary>
    /// <param name="type">Null where its position wants something else or is unknown.</param>
    public virtual void ObjectValue(ValidationContext context, ObjectValueNode value, InputObjectType? type) { }

    /// <summary>A field of an input object literal whose type is known.</summary>
    /// <param name="definition">Null where the type has no such field.</param>
    public virtual void ObjectField(ValidationContext context, ObjectFieldNode field, InputObjectType type, InputValueDefinition? definition) { }

    /// <summary>After the walk, for each operation: a variable that it or a fragment that it reaches uses.</summary>
    public virtual void VariableUsage(ValidationContext context, OperationVariables variables, in VariableUsage usage) { }

    /// <summary>After the last <see cref="VariableUsage"/> of an operation.</summary>
    public virtual void LeaveOperation(ValidationContext context, OperationVariables variables) { }

    /// <summary>After everything else.</summary>
    public virtual void LeaveDocument(ValidationContext context) { }
}

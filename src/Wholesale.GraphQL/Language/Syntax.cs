using System.Collections.Immutable;

namespace Wholesale.GraphQL.Language;

// The syntax tree of section 2 "Language". One closed family, so one file: what an operation is made of.
// The type system's half (section 3) stands in Syntax.TypeSystem.cs. Nodes are immutable and compare by reference.

/// <summary>A piece of a parsed document, with the place where it begins.</summary>
/// <param name="source">The text it was parsed from.</param>
/// <param name="start">Byte offset of its first token in that text.</param>
public abstract class SyntaxNode(Source source, int start)
{
    /// <summary>The text this node was parsed from.</summary>
    public Source Source => source;

    /// <summary>Byte offset of the node's first token. A description, where there is one, is that token.</summary>
    public int Start => start;

    /// <summary>Line and column of <see cref="Start"/>.</summary>
    public SourceLocation Location => source.LocationAt(start);
}

/// <summary>Section 2.1.9 "Names", with the byte offset where it stands.</summary>
public readonly record struct Name(string Value, int Start)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Section 2.2 "Document".</summary>
public sealed class DocumentNode(Source source, ImmutableArray<DefinitionNode> definitions) : SyntaxNode(source, 0)
{
    /// <summary>At least one definition, in the order of the text.</summary>
    public ImmutableArray<DefinitionNode> Definitions => definitions;

    /// <summary>How many lexical tokens it was parsed from; 0 for a document that was not parsed.</summary>
    public int TokenCount { get; init; }

    /// <summary>How deep its brackets nest, as <see cref="ParserOptions.MaxNesting"/> counts.</summary>
    public int Nesting { get; init; }
}

/// <summary>An executable or a type system definition or extension.</summary>
public abstract class DefinitionNode(Source source, int start, string? description) : SyntaxNode(source, start)
{
    /// <summary>The description's value, block strings already dedented; null where there is none.</summary>
    public string? Description => description;
}

/// <summary>Section 2.3 "Operations": the three kinds.</summary>
public enum OperationType
{
    /// <summary>A read-only fetch.</summary>
    Query,

    /// <summary>A write followed by a fetch.</summary>
    Mutation,

    /// <summary>A long-lived request that fetches data in response to events.</summary>
    Subscription,
}

/// <summary>An operation or a fragment.</summary>
public abstract class ExecutableDefinitionNode(
    Source source, int start, string? description, ImmutableArray<VariableDefinitionNode> variableDefinitions,
    ImmutableArray<DirectiveNode> directives, SelectionSetNode selectionSet) : DefinitionNode(source, start, description)
{
    /// <summary>Declared variables; always empty on fragments.</summary>
    public ImmutableArray<VariableDefinitionNode> VariableDefinitions => variableDefinitions;

    /// <summary>Directives on the definition itself.</summary>
    public ImmutableArray<DirectiveNode> Directives => directives;

    /// <summary>What is selected.</summary>
    public SelectionSetNode SelectionSet => selectionSet;
}

/// <summary>Section 2.3 "Operations".</summary>
public sealed class OperationDefinitionNode(
    Source source, int start, string? description, OperationType operation, Name? name,
    ImmutableArray<VariableDefinitionNode> variableDefinitions, ImmutableArray<DirectiveNode> directives, SelectionSetNode selectionSet)
    : ExecutableDefinitionNode(source, start, description, variableDefinitions, directives, selectionSet)
{
    /// <summary>Query, mutation or subscription; the shorthand <c>{ … }</c> is a query.</summary>
    public OperationType Operation => operation;

    /// <summary>Null for an anonymous operation.</summary>
    public Name? Name => name;
}

/// <summary>Section 2.8 "Fragments".</summary>
public sealed class FragmentDefinitionNode(
    Source source, int start, string? description, Name name, NamedTypeNode typeCondition,
    ImmutableArray<DirectiveNode> directives, SelectionSetNode selectionSet)
    : ExecutableDefinitionNode(source, start, description, [], directives, selectionSet)
{
    /// <summary>Never "on".</summary>
    public Name Name => name;

    /// <summary>The type this fragment applies to.</summary>
    public NamedTypeNode TypeCondition => typeCondition;
}

/// <summary>Section 2.4 "Selection Sets".</summary>
public sealed class SelectionSetNode(Source source, int start, ImmutableArray<SelectionNode> selections) : SyntaxNode(source, start)
{
    /// <summary>At least one selection, in the order of the text.</summary>
    public ImmutableArray<SelectionNode> Selections => selections;
}

/// <summary>A field, a fragment spread or an inline fragment.</summary>
public abstract class SelectionNode(Source source, int start, ImmutableArray<DirectiveNode> directives) : SyntaxNode(source, start)
{
    /// <summary>Directives on the selection.</summary>
    public ImmutableArray<DirectiveNode> Directives => directives;
}

/// <summary>Section 2.5 "Fields".</summary>
public sealed class FieldNode(
    Source source, int start, string? alias, Name name, ImmutableArray<ArgumentNode> arguments,
    ImmutableArray<DirectiveNode> directives, SelectionSetNode? selectionSet) : SelectionNode(source, start, directives)
{
    /// <summary>Section 2.7 "Field Alias"; null where there is none.</summary>
    public string? Alias => alias;

    /// <summary>The name in the schema.</summary>
    public Name Name => name;

    /// <summary>Section 2.7: the alias, or else the name.</summary>
    public string ResponseName => alias ?? name.Value;

    /// <summary>Arguments in the order of the text.</summary>
    public ImmutableArray<ArgumentNode> Arguments => arguments;

    /// <summary>Null where the text has no braces, which only leaf fields may.</summary>
    public SelectionSetNode? SelectionSet => selectionSet;
}

/// <summary>Section 2.8 "Fragments": <c>...Name</c>.</summary>
public sealed class FragmentSpreadNode(Source source, int start, Name name, ImmutableArray<DirectiveNode> directives)
    : SelectionNode(source, start, directives)
{
    /// <summary>The fragment's name.</summary>
    public Name Name => name;
}

/// <summary>Section 2.8.2 "Inline Fragments".</summary>
public sealed class InlineFragmentNode(
    Source source, int start, NamedTypeNode? typeCondition, ImmutableArray<DirectiveNode> directives, SelectionSetNode selectionSet)
    : SelectionNode(source, start, directives)
{
    /// <summary>Null: of the same type as the enclosing selection.</summary>
    public NamedTypeNode? TypeCondition => typeCondition;

    /// <summary>What is selected.</summary>
    public SelectionSetNode SelectionSet => selectionSet;
}

/// <summary>Section 2.6 "Arguments".</summary>
public sealed class ArgumentNode(Source source, Name name, ValueNode value) : SyntaxNode(source, name.Start)
{
    /// <summary>The argument's name.</summary>
    public Name Name => name;

    /// <summary>The value, which may be or hold variables.</summary>
    public ValueNode Value => value;
}

/// <summary>Section 2.12 "Directives": <c>@name(…)</c>.</summary>
public sealed class DirectiveNode(Source source, int start, Name name, ImmutableArray<ArgumentNode> arguments) : SyntaxNode(source, start)
{
    /// <summary>Without the @.</summary>
    public Name Name => name;

    /// <summary>Arguments in the order of the text.</summary>
    public ImmutableArray<ArgumentNode> Arguments => arguments;
}

/// <summary>Section 2.10 "Variables": the definition <c>$name: Type = default</c>.</summary>
public sealed class VariableDefinitionNode(
    Source source, int start, string? description, VariableNode variable, TypeNode type, ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives) : DefinitionNode(source, start, description)
{
    /// <summary>The variable being defined.</summary>
    public VariableNode Variable => variable;

    /// <summary>Its declared type.</summary>
    public TypeNode Type => type;

    /// <summary>A constant; null where there is none (a literal <c>null</c> is a <see cref="NullValueNode"/>).</summary>
    public ValueNode? DefaultValue => defaultValue;

    /// <summary>Constant directives.</summary>
    public ImmutableArray<DirectiveNode> Directives => directives;
}

/// <summary>Section 2.9 "Input Values".</summary>
public abstract class ValueNode(Source source, int start) : SyntaxNode(source, start);

/// <summary>Section 2.10 "Variables": a use, <c>$name</c>.</summary>
public sealed class VariableNode(Source source, int start, Name name) : ValueNode(source, start)
{
    /// <summary>Without the $.</summary>
    public Name Name => name;
}

/// <summary>Section 2.9.1 "Int Value".</summary>
public sealed class IntValueNode(Source source, int start, string value) : ValueNode(source, start)
{
    /// <summary>The digits as written; of any size.</summary>
    public string Value => value;
}

/// <summary>Section 2.9.2 "Float Value".</summary>
public sealed class FloatValueNode(Source source, int start, string value) : ValueNode(source, start)
{
    /// <summary>The number as written.</summary>
    public string Value => value;
}

/// <summary>Section 2.9.3 "Boolean Value".</summary>
public sealed class BooleanValueNode(Source source, int start, bool value) : ValueNode(source, start)
{
    /// <summary>true or false.</summary>
    public bool Value => value;
}

/// <summary>Section 2.9.4 "String Value".</summary>
public sealed class StringValueNode(Source source, int start, string value, bool isBlock) : ValueNode(source, start)
{
    /// <summary>The meaning: escapes resolved, block strings dedented.</summary>
    public string Value => value;

    /// <summary>Whether it was written with three quotes.</summary>
    public bool IsBlock => isBlock;
}

/// <summary>Section 2.9.5 "Null Value".</summary>
public sealed class NullValueNode(Source source, int start) : ValueNode(source, start);

/// <summary>Section 2.9.6 "Enum Value".</summary>
public sealed class EnumValueNode(Source source, int start, string value) : ValueNode(source, start)
{
    /// <summary>Any name but true, false and null.</summary>
    public string Value => value;
}

/// <summary>Section 2.9.7 "List Value".</summary>
public sealed class ListValueNode(Source source, int start, ImmutableArray<ValueNode> values) : ValueNode(source, start)
{
    /// <summary>The items, possibly none.</summary>
    public ImmutableArray<ValueNode> Values => values;
}

/// <summary>Section 2.9.8 "Input Object Values".</summary>
public sealed class ObjectValueNode(Source source, int start, ImmutableArray<ObjectFieldNode> fields) : ValueNode(source, start)
{
    /// <summary>The fields in the order of the text, possibly none.</summary>
    public ImmutableArray<ObjectFieldNode> Fields => fields;
}

/// <summary>One <c>name: value</c> of an input object.</summary>
public sealed class ObjectFieldNode(Source source, Name name, ValueNode value) : SyntaxNode(source, name.Start)
{
    /// <summary>The input field's name.</summary>
    public Name Name => name;

    /// <summary>Its value.</summary>
    public ValueNode Value => value;
}

/// <summary>Section 2.11 "Type References".</summary>
public abstract class TypeNode(Source source, int start) : SyntaxNode(source, start);

/// <summary>A type by its name.</summary>
public sealed class NamedTypeNode(Source source, Name name) : TypeNode(source, name.Start)
{
    /// <summary>The type's name.</summary>
    public Name Name => name;

    /// <inheritdoc/>
    public override string ToString() => name.Value;
}

/// <summary><c>[Type]</c>.</summary>
public sealed class ListTypeNode(Source source, int start, TypeNode type) : TypeNode(source, start)
{
    /// <summary>The item's type.</summary>
    public TypeNode Type => type;

    /// <inheritdoc/>
    public override string ToString() => $"[{type}]";
}

/// <summary><c>Type!</c>.</summary>
public sealed class NonNullTypeNode(Source source, TypeNode type) : TypeNode(source, type.Start)
{
    /// <summary>A named or a list type.</summary>
    public TypeNode Type => type;

    /// <inheritdoc/>
    public override string ToString() => $"{type}!";
}

using System.Collections.Immutable;
using System.Text;

namespace Wholesale.GraphQL.Language;

/// <summary>
/// Writes a syntax tree as canonical text: one layout for equal trees, whatever the white space, commas and comments of their sources.
/// Parsing the text gives an equal tree again. It recurses as deep as the tree, which the parser's nesting limit bounds.
/// </summary>
public sealed partial class Printer
{
    const int IndentWidth = 2;

    readonly StringBuilder text = new();
    int indent;

    Printer()
    {
    }

    /// <summary>The text of a whole document or of any part of one, without a line break at the end.</summary>
    public static string Print(SyntaxNode node)
    {
        var printer = new Printer();
        printer.Write(node);
        return printer.text.ToString();
    }

    void Write(SyntaxNode node)
    {
        switch (node)
        {
            case DocumentNode document:
                WriteJoined(document.Definitions, "\n\n");
                break;
            case OperationDefinitionNode operation:
                WriteOperationDefinition(operation);
                break;
            case FragmentDefinitionNode fragment:
                WriteFragmentDefinition(fragment);
                break;
            case VariableDefinitionNode variable:
                WriteVariableDefinition(variable);
                break;
            case SelectionSetNode selectionSet:
                WriteBlock(selectionSet.Selections);
                break;
            case FieldNode field:
                WriteField(field);
                break;
            case FragmentSpreadNode spread:
                text.Append("...").Append(spread.Name.Value);
                WriteDirectives(spread.Directives);
                break;
            case InlineFragmentNode fragment:
                WriteInlineFragment(fragment);
                break;
            case ArgumentNode argument:
                WriteNamed(argument.Name.Value, argument.Value);
                break;
            case DirectiveNode directive:
                text.Append('@').Append(directive.Name.Value);
                WriteArguments(directive.Arguments);
                break;
            case ObjectFieldNode field:
                WriteNamed(field.Name.Value, field.Value);
                break;
            case ValueNode value:
                WriteValue(value);
                break;
            case TypeNode type:
                WriteType(type);
                break;
            case OperationTypeDefinitionNode root:
                WriteNamed(WordOf(root.Operation), root.Type);
                break;
            case FieldDefinitionNode field:
                WriteFieldDefinition(field);
                break;
            case InputValueDefinitionNode input:
                WriteInputValueDefinition(input);
                break;
            case EnumValueDefinitionNode value:
                WriteDescription(value.Description);
                text.Append(value.Name.Value);
                WriteDirectives(value.Directives);
                break;
            case TypeSystemDefinitionNode definition:
                WriteTypeSystemDefinition(definition);
                break;
            default:
                throw new ArgumentException($"There is no text for a {node.GetType().Name}.", nameof(node));
        }
    }

    void WriteOperationDefinition(OperationDefinitionNode operation)
    {
        var isShorthand = operation is
        { Description: null, Operation: OperationType.Query, Name: null, VariableDefinitions: [], Directives: [] };
        if (!isShorthand)
        {
            WriteDescription(operation.Description);
            text.Append(WordOf(operation.Operation));
            if (operation.Name is { } name)
            {
                text.Append(' ').Append(name.Value);
            }

            WriteDefinitions(operation.VariableDefinitions);
            WriteDirectives(operation.Directives);
            text.Append(' ');
        }

        Write(operation.SelectionSet);
    }

    void WriteFragmentDefinition(FragmentDefinitionNode fragment)
    {
        WriteDescription(fragment.Description);
        text.Append("fragment ").Append(fragment.Name.Value).Append(" on ").Append(fragment.TypeCondition.Name.Value);
        WriteDirectives(fragment.Directives);
        text.Append(' ');
        Write(fragment.SelectionSet);
    }

    void WriteVariableDefinition(VariableDefinitionNode variable)
    {
        WriteDescription(variable.Description);
        Write(variable.Variable);
        text.Append(": ");
        Write(variable.Type);
        WriteDefaultValue(variable.DefaultValue);
        WriteDirectives(variable.Directives);
    }

    void WriteField(FieldNode field)
    {
        if (field.Alias is not null)
        {
            text.Append(field.Alias).Append(": ");
        }

        text.Append(field.Name.Value);
        WriteArguments(field.Arguments);
        WriteDirectives(field.Directives);
        if (field.SelectionSet is not null)
        {
            text.Append(' ');
            Write(field.SelectionSet);
        }
    }

    void WriteInlineFragment(InlineFragmentNode fragment)
    {
        text.Append("...");
        if (fragment.TypeCondition is not null)
        {
            text.Append(" on ").Append(fragment.TypeCondition.Name.Value);
        }

        WriteDirectives(fragment.Directives);
        text.Append(' ');
        Write(fragment.SelectionSet);
    }

    void WriteArguments(ImmutableArray<ArgumentNode> arguments)
    {
        if (!arguments.IsEmpty)
        {
            text.Append('(');
            WriteJoined(arguments, ", ");
            text.Append(')');
        }
    }

    void WriteDirectives(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            text.Append(' ');
            Write(directive);
        }
    }

    void WriteDefaultValue(ValueNode? value)
    {
        if (value is not null)
        {
            text.Append(" = ");
            Write(value);
        }
    }

    void WriteNamed(string name, SyntaxNode value)
    {
        text.Append(name).Append(": ");
        Write(value);
    }

    void WriteType(TypeNode type)
    {
        switch (type)
        {
            case NamedTypeNode named:
                text.Append(named.Name.Value);
                break;
            case ListTypeNode list:
                text.Append('[');
                WriteType(list.Type);
                text.Append(']');
                break;
            case NonNullTypeNode nonNull:
                WriteType(nonNull.Type);
                text.Append('!');
                break;
        }
    }

    void WriteJoined<T>(ImmutableArray<T> nodes, string separator)
        where T : SyntaxNode
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            text.Append(i == 0 ? "" : separator);
            Write(nodes[i]);
        }
    }

    /// <summary>Nodes in braces, one a line.</summary>
    void WriteBlock<T>(ImmutableArray<T> nodes)
        where T : SyntaxNode
    {
        text.Append('{');
        WriteIndented(nodes);
        text.Append('}');
    }

    /// <summary>Nodes one a line, one step further in; leaves the text at the beginning of a line.</summary>
    void WriteIndented<T>(ImmutableArray<T> nodes)
        where T : SyntaxNode
    {
        indent++;
        foreach (var node in nodes)
        {
            WriteLineBreak();
            Write(node);
        }

        indent--;
        WriteLineBreak();
    }

    void WriteLineBreak() => text.Append('\n').Append(' ', indent * IndentWidth);

    static string WordOf(OperationType operation) => operation switch
    {
        OperationType.Mutation => "mutation",
        OperationType.Subscription => "subscription",
        _ => "query",
    };
}

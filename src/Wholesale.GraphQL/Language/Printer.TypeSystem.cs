using System.Collections.Immutable;

namespace Wholesale.GraphQL.Language;

// Section 3 "Type System".
public sealed partial class Printer
{
    void WriteTypeSystemDefinition(TypeSystemDefinitionNode definition)
    {
        WriteDescription(definition.Description);
        text.Append(definition.IsExtension ? "extend " : "");
        switch (definition)
        {
            case SchemaDefinitionNode schema:
                text.Append("schema");
                WriteDirectives(schema.Directives);
                WriteMembers(schema.OperationTypes);
                break;
            case ScalarTypeDefinitionNode scalar:
                WriteHead("scalar", scalar);
                break;
            case ObjectTypeDefinitionNode type:
                WriteHead("type", type, type.Interfaces);
                WriteMembers(type.Fields);
                break;
            case InterfaceTypeDefinitionNode type:
                WriteHead("interface", type, type.Interfaces);
                WriteMembers(type.Fields);
                break;
            case UnionTypeDefinitionNode union:
                WriteHead("union", union);
                if (!union.Types.IsEmpty)
                {
                    text.Append(" = ");
                    WriteJoined(union.Types, " | ");
                }

                break;
            case EnumTypeDefinitionNode type:
                WriteHead("enum", type);
                WriteMembers(type.Values);
                break;
            case InputObjectTypeDefinitionNode input:
                WriteHead("input", input);
                WriteMembers(input.Fields);
                break;
            case DirectiveDefinitionNode directive:
                WriteDirectiveDefinition(directive);
                break;
        }
    }

    /// <summary>All of a type definition that stands before its members.</summary>
    void WriteHead(string keyword, TypeDefinitionNode type, ImmutableArray<NamedTypeNode>? interfaces = null)
    {
        text.Append(keyword).Append(' ').Append(type.Name.Value);
        if (interfaces is [_, ..] names)
        {
            text.Append(" implements ");
            WriteJoined(names, " & ");
        }

        WriteDirectives(type.Directives);
    }

    void WriteMembers<T>(ImmutableArray<T> members)
        where T : SyntaxNode
    {
        if (!members.IsEmpty)
        {
            text.Append(' ');
            WriteBlock(members);
        }
    }

    void WriteDirectiveDefinition(DirectiveDefinitionNode directive)
    {
        text.Append("directive @").Append(directive.Name.Value);
        WriteDefinitions(directive.Arguments);
        text.Append(directive.IsRepeatable ? " repeatable on " : " on ").AppendJoin(" | ", directive.Locations);
    }

    void WriteFieldDefinition(FieldDefinitionNode field)
    {
        WriteDescription(field.Description);
        text.Append(field.Name.Value);
        WriteDefinitions(field.Arguments);
        text.Append(": ");
        WriteType(field.Type);
        WriteDirectives(field.Directives);
    }

    void WriteInputValueDefinition(InputValueDefinitionNode input)
    {
        WriteDescription(input.Description);
        WriteNamed(input.Name.Value, input.Type);
        WriteDefaultValue(input.DefaultValue);
        WriteDirectives(input.Directives);
    }

    /// <summary>Definitions of arguments or variables in parentheses: on one line, or one a line as soon as one of them has a description.</summary>
    void WriteDefinitions<T>(ImmutableArray<T> definitions)
        where T : DefinitionNode
    {
        if (definitions.IsEmpty)
        {
            return;
        }

        text.Append('(');
        if (definitions.Any(definition => definition.Description is not null))
        {
            WriteIndented(definitions);
        }
        else
        {
            WriteJoined(definitions, ", ");
        }

        text.Append(')');
    }
}

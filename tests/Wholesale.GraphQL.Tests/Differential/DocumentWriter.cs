using System.Text;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>Writes a document with white space, commas, comments and line breaks of all kinds between its tokens, since errors name lines and columns.</summary>
internal sealed class DocumentWriter(Random random)
{
    private static readonly string[] Blanks = [" ", " ", " ", " ", "\n", "\n  ", ", ", "\t", "\r\n", "\r", " # comment é 😀\n", "\uFEFF "];

    private readonly StringBuilder text = new();
    private readonly bool isNoisy = random.Next(4) == 0;

    public string Write(DocumentModel document)
    {
        var definitions = document.Operations.Select<OperationModel, Action>(o => () => Operation(o, document))
            .Concat(document.Fragments.Select<FragmentModel, Action>(f => () => Fragment(f)))
            .Concat(document.Others.Select<string, Action>(other => () => Token(other)))
            .ToArray();
        random.Shuffle(definitions);
        foreach (var write in definitions)
        {
            write();
            text.Append('\n');
        }

        return text.ToString();
    }

    private void Operation(OperationModel operation, DocumentModel document)
    {
        var isShorthand = operation is { Name: null, Variables: [], Directives: [], Type: OperationType.Query };
        if (!isShorthand || (document.Operations.Count > 1 && random.Next(2) == 0))
        {
            if (random.Next(10) == 0)
            {
                Token("\"What it asks.\"");
            }

            Token(operation.Type.ToString().ToLowerInvariant());
            Token(operation.Name);
            if (operation.Variables.Count > 0)
            {
                Token("(");
                operation.Variables.ForEach(Variable);
                Token(")");
            }

            Directives(operation.Directives);
        }

        Set(operation.Set);
    }

    private void Fragment(FragmentModel fragment)
    {
        Token("fragment");
        Token(fragment.Name);
        Token("on");
        Token(fragment.TypeCondition);
        Directives(fragment.Directives);
        Set(fragment.Set);
    }

    private void Variable(VariableModel variable)
    {
        Token($"${variable.Name}");
        Token(":");
        Token(variable.TypeText);
        if (variable.Default is not null)
        {
            Token("=");
            Value(variable.Default.Value);
        }

        Directives(variable.Directives);
    }

    private void Set(SetModel set)
    {
        Token("{");
        set.Selections.ForEach(Selection);
        Token("}");
    }

    private void Selection(SelectionModel selection)
    {
        switch (selection)
        {
            case FieldModel field:
                if (field.Alias is not null)
                {
                    Token(field.Alias);
                    Token(":");
                }

                Token(field.Name);
                Arguments(field.Arguments);
                Directives(field.Directives);
                if (field.Set is not null)
                {
                    Set(field.Set);
                }

                break;
            case InlineModel inline:
                Token("...");
                if (inline.TypeCondition is not null)
                {
                    Token("on");
                    Token(inline.TypeCondition);
                }

                Directives(inline.Directives);
                Set(inline.Set);
                break;
            case SpreadModel spread:
                Token("...");
                Token(spread.Name);
                Directives(spread.Directives);
                break;
        }
    }

    private void Arguments(List<ArgumentModel> arguments)
    {
        if (arguments.Count > 0)
        {
            Token("(");
            arguments.ForEach(Argument);
            Token(")");
        }
    }

    private void Argument(ArgumentModel argument)
    {
        Token(argument.Name);
        Token(":");
        Value(argument.Value);
    }

    private void Directives(List<DirectiveModel> directives)
    {
        foreach (var directive in directives)
        {
            Token($"@{directive.Name}");
            Arguments(directive.Arguments);
        }
    }

    private void Value(ValueModel value)
    {
        switch (value)
        {
            case LiteralModel literal:
                Token(literal.Text);
                break;
            case VariableUseModel variable:
                Token($"${variable.Name}");
                break;
            case ListModel list:
                Token("[");
                list.Items.ForEach(Value);
                Token("]");
                break;
            case ObjectModel inputObject:
                Token("{");
                inputObject.Fields.ForEach(Argument);
                Token("}");
                break;
        }
    }

    private void Token(string? token)
    {
        if (token is not null)
        {
            text.Append(token).Append(isNoisy ? Blanks[random.Next(Blanks.Length)] : " ");
        }
    }
}

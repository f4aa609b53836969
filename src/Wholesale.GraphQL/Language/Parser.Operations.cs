using System.Collections.Immutable;

namespace Wholesale.GraphQL.Language;

// Sections 2.3 "Operations" to 2.8 "Fragments", 2.10 "Variables" and 2.12 "Directives".
public ref partial struct Parser
{
    /// <summary><c>OperationDefinition : SelectionSet</c></summary>
    OperationDefinitionNode ParseShorthandQuery()
    {
        var start = lexer.Start;
        return new OperationDefinitionNode(source, start, null, OperationType.Query, null, [], [], ParseSelectionSet());
    }

    /// <summary><c>OperationDefinition : Description? OperationType Name? VariablesDefinition? Directives? SelectionSet</c></summary>
    OperationDefinitionNode ParseOperationDefinition(int start, string? description)
    {
        var operation = ParseOperationType();
        Name? name = lexer.Kind == TokenKind.Name ? ParseName() : null;
        var variables = ParseVariablesDefinition();
        var directives = ParseDirectives(isConstant: false);
        return new OperationDefinitionNode(source, start, description, operation, name, variables, directives, ParseSelectionSet());
    }

    /// <summary><c>OperationType : one of query mutation subscription</c></summary>
    OperationType ParseOperationType()
    {
        var operation = Keyword switch
        {
            "query" => OperationType.Query,
            "mutation" => OperationType.Mutation,
            "subscription" => OperationType.Subscription,
            null => throw Expected(TokenKind.Name.Describe()),
            _ => throw Unexpected(),
        };
        lexer.Advance();
        return operation;
    }

    /// <summary><c>SelectionSet : { Selection+ }</c></summary>
    SelectionSetNode ParseSelectionSet()
    {
        var start = lexer.Start;
        var first = pending.Count;
        Enter(TokenKind.LeftBrace);
        do
        {
            pending.Add(ParseSelection());
        }
        while (lexer.Kind != TokenKind.RightBrace);

        Leave(TokenKind.RightBrace);
        return new SelectionSetNode(source, start, TakePending<SelectionNode>(first));
    }

    /// <summary><c>Selection : Field | FragmentSpread | InlineFragment</c></summary>
    SelectionNode ParseSelection() => lexer.Kind == TokenKind.Ellipsis ? ParseFragment() : ParseField();

    /// <summary>
    /// <c>Field : Alias? Name Arguments? Directives? SelectionSet?</c><br/>
    /// <c>Alias : Name :</c>
    /// </summary>
    FieldNode ParseField()
    {
        string? alias = null;
        var name = ParseName();
        var start = name.Start;
        if (Skip(TokenKind.Colon))
        {
            alias = name.Value;
            name = ParseName();
        }

        var arguments = ParseArguments(isConstant: false);
        var directives = ParseDirectives(isConstant: false);
        var selectionSet = lexer.Kind == TokenKind.LeftBrace ? ParseSelectionSet() : null;
        return new FieldNode(source, start, alias, name, arguments, directives, selectionSet);
    }

    /// <summary>
    /// <c>FragmentSpread : ... FragmentName Directives?</c><br/>
    /// <c>InlineFragment : ... TypeCondition? Directives? SelectionSet</c>
    /// </summary>
    SelectionNode ParseFragment()
    {
        var start = lexer.Start;
        Expect(TokenKind.Ellipsis);
        var hasTypeCondition = IsKeyword("on"u8);
        if (lexer.Kind == TokenKind.Name && !hasTypeCondition)
        {
            return new FragmentSpreadNode(source, start, ParseName(), ParseDirectives(isConstant: false));
        }

        var typeCondition = hasTypeCondition ? ParseTypeCondition() : null;
        var directives = ParseDirectives(isConstant: false);
        return new InlineFragmentNode(source, start, typeCondition, directives, ParseSelectionSet());
    }

    /// <summary>
    /// <c>FragmentDefinition : Description? fragment FragmentName TypeCondition Directives? SelectionSet</c><br/>
    /// <c>FragmentName : Name but not on</c>
    /// </summary>
    FragmentDefinitionNode ParseFragmentDefinition(int start, string? description)
    {
        Expect("fragment");
        if (IsKeyword("on"u8))
        {
            throw Unexpected();
        }

        var name = ParseName();
        var typeCondition = ParseTypeCondition();
        var directives = ParseDirectives(isConstant: false);
        return new FragmentDefinitionNode(source, start, description, name, typeCondition, directives, ParseSelectionSet());
    }

    /// <summary><c>TypeCondition : on NamedType</c></summary>
    NamedTypeNode ParseTypeCondition()
    {
        Expect("on");
        return ParseNamedType();
    }

    /// <summary><c>VariablesDefinition : ( VariableDefinition+ )</c>; none where there is no parenthesis.</summary>
    ImmutableArray<VariableDefinitionNode> ParseVariablesDefinition()
    {
        if (!Skip(TokenKind.LeftParenthesis))
        {
            return [];
        }

        var first = pending.Count;
        do
        {
            pending.Add(ParseVariableDefinition());
        }
        while (!Skip(TokenKind.RightParenthesis));

        return TakePending<VariableDefinitionNode>(first);
    }

    /// <summary>
    /// <c>VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?</c>
    /// </summary>
    VariableDefinitionNode ParseVariableDefinition()
    {
        var start = lexer.Start;
        var description = ParseDescription();
        var variable = ParseVariable();
        Expect(TokenKind.Colon);
        var type = ParseType();
        var defaultValue = ParseDefaultValue();
        return new VariableDefinitionNode(source, start, description, variable, type, defaultValue, ParseDirectives(isConstant: true));
    }

    /// <summary><c>Arguments[Const] : ( Argument[?Const]+ )</c>; none where there is no parenthesis.</summary>
    ImmutableArray<ArgumentNode> ParseArguments(bool isConstant)
    {
        if (!Skip(TokenKind.LeftParenthesis))
        {
            return [];
        }

        var first = pending.Count;
        do
        {
            pending.Add(ParseArgument(isConstant));
        }
        while (!Skip(TokenKind.RightParenthesis));

        return TakePending<ArgumentNode>(first);
    }

    /// <summary><c>Argument[Const] : Name : Value[?Const]</c></summary>
    ArgumentNode ParseArgument(bool isConstant)
    {
        var name = ParseName();
        Expect(TokenKind.Colon);
        return new ArgumentNode(source, name, ParseValue(isConstant));
    }

    /// <summary><c>Directives[Const] : Directive[?Const]+</c>; none where there is no @.</summary>
    ImmutableArray<DirectiveNode> ParseDirectives(bool isConstant)
    {
        if (lexer.Kind != TokenKind.At)
        {
            return [];
        }

        var first = pending.Count;
        do
        {
            pending.Add(ParseDirective(isConstant));
        }
        while (lexer.Kind == TokenKind.At);

        return TakePending<DirectiveNode>(first);
    }

    /// <summary><c>Directive[Const] : @ Name Arguments[?Const]?</c></summary>
    DirectiveNode ParseDirective(bool isConstant)
    {
        var start = lexer.Start;
        Expect(TokenKind.At);
        return new DirectiveNode(source, start, ParseName(), ParseArguments(isConstant));
    }
}

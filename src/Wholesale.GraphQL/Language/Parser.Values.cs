namespace Wholesale.GraphQL.Language;

// Sections 2.9 "Input Values", 2.10 "Variables" and 2.11 "Type References".
public ref partial struct Parser
{
    /// <summary>
    /// <c>Value[Const] : [if not Const] Variable | IntValue | FloatValue | StringValue | BooleanValue | NullValue | EnumValue |
    /// ListValue[?Const] | ObjectValue[?Const]</c>
    /// </summary>
    ValueNode ParseValue(bool isConstant)
    {
        var start = lexer.Start;
        switch (lexer.Kind)
        {
            case TokenKind.Int:
                return Leaf(new IntValueNode(source, start, names.Get(lexer.Text)));
            case TokenKind.Float:
                return Leaf(new FloatValueNode(source, start, names.Get(lexer.Text)));
            case TokenKind.String or TokenKind.BlockString:
                return Leaf(new StringValueNode(source, start, lexer.StringValue, lexer.Kind == TokenKind.BlockString));
            case TokenKind.Name:
                return Leaf(Keyword switch
                {
                    "true" => new BooleanValueNode(source, start, true),
                    "false" => new BooleanValueNode(source, start, false),
                    "null" => new NullValueNode(source, start),
                    var name => new EnumValueNode(source, start, name!),
                });
            case TokenKind.LeftBracket:
                return ParseListValue(isConstant);
            case TokenKind.LeftBrace:
                return ParseObjectValue(isConstant);
            case TokenKind.Dollar when isConstant:
                lexer.Advance();
                throw Error(Keyword is { } variable ? $"Unexpected variable \"${variable}\" in constant value." : "Unexpected \"$\".", start);
            case TokenKind.Dollar:
                return ParseVariable();
            default:
                throw Unexpected();
        }
    }

    /// <summary>Steps over the one token that a value was made of.</summary>
    ValueNode Leaf(ValueNode value)
    {
        lexer.Advance();
        return value;
    }

    /// <summary><c>ListValue[Const] : [ ] | [ Value[?Const]+ ]</c></summary>
    ListValueNode ParseListValue(bool isConstant)
    {
        var start = lexer.Start;
        var first = pending.Count;
        Enter(TokenKind.LeftBracket);
        while (lexer.Kind != TokenKind.RightBracket)
        {
            pending.Add(ParseValue(isConstant));
        }

        Leave(TokenKind.RightBracket);
        return new ListValueNode(source, start, TakePending<ValueNode>(first));
    }

    /// <summary><c>ObjectValue[Const] : { } | { ObjectField[?Const]+ }</c></summary>
    ObjectValueNode ParseObjectValue(bool isConstant)
    {
        var start = lexer.Start;
        var first = pending.Count;
        Enter(TokenKind.LeftBrace);
        while (lexer.Kind != TokenKind.RightBrace)
        {
            pending.Add(ParseObjectField(isConstant));
        }

        Leave(TokenKind.RightBrace);
        return new ObjectValueNode(source, start, TakePending<ObjectFieldNode>(first));
    }

    /// <summary><c>ObjectField[Const] : Name : Value[?Const]</c></summary>
    ObjectFieldNode ParseObjectField(bool isConstant)
    {
        var name = ParseName();
        Expect(TokenKind.Colon);
        return new ObjectFieldNode(source, name, ParseValue(isConstant));
    }

    /// <summary><c>Variable : $ Name</c></summary>
    VariableNode ParseVariable()
    {
        var start = lexer.Start;
        Expect(TokenKind.Dollar);
        return new VariableNode(source, start, ParseName());
    }

    /// <summary><c>DefaultValue : = Value[Const]</c>; null where there is none.</summary>
    ValueNode? ParseDefaultValue() => Skip(TokenKind.EqualsSign) ? ParseValue(isConstant: true) : null;

    /// <summary>
    /// <c>Type : NamedType | ListType | NonNullType</c><br/>
    /// <c>NonNullType : NamedType ! | ListType !</c>
    /// </summary>
    TypeNode ParseType()
    {
        TypeNode type = lexer.Kind == TokenKind.LeftBracket ? ParseListType() : ParseNamedType();
        return Skip(TokenKind.ExclamationMark) ? new NonNullTypeNode(source, type) : type;
    }

    /// <summary><c>ListType : [ Type ]</c></summary>
    ListTypeNode ParseListType()
    {
        var start = lexer.Start;
        Enter(TokenKind.LeftBracket);
        var type = ParseType();
        Leave(TokenKind.RightBracket);
        return new ListTypeNode(source, start, type);
    }

    /// <summary><c>NamedType : Name</c></summary>
    NamedTypeNode ParseNamedType() => new(source, ParseName());
}

using System.Collections.Immutable;

namespace Wholesale.GraphQL.Language;

// Section 3 "Type System". A definition and its extension are one method: they differ in the first word and in what may be left out.
public ref partial struct Parser
{
    /// <summary>
    /// <c>TypeSystemDefinition : SchemaDefinition | TypeDefinition | DirectiveDefinition</c><br/>
    /// <c>TypeSystemExtension : SchemaExtension | TypeExtension</c>
    /// </summary>
    TypeSystemDefinitionNode ParseTypeSystemDefinition(int start, string? description, bool isExtension) => Keyword switch
    {
        "schema" => ParseSchemaDefinition(start, description, isExtension),
        "scalar" => ParseScalarTypeDefinition(start, description, isExtension),
        "type" => ParseObjectTypeDefinition(start, description, isExtension),
        "interface" => ParseInterfaceTypeDefinition(start, description, isExtension),
        "union" => ParseUnionTypeDefinition(start, description, isExtension),
        "enum" => ParseEnumTypeDefinition(start, description, isExtension),
        "input" => ParseInputObjectTypeDefinition(start, description, isExtension),
        _ => throw Unexpected(),
    };

    /// <summary>
    /// <c>SchemaDefinition : Description? schema Directives[Const]? { RootOperationTypeDefinition+ }</c><br/>
    /// <c>SchemaExtension : extend schema Directives[Const]? { RootOperationTypeDefinition+ } | extend schema Directives[Const]
    /// [lookahead != `{`]</c>
    /// </summary>
    SchemaDefinitionNode ParseSchemaDefinition(int start, string? description, bool isExtension)
    {
        Expect("schema");
        var directives = ParseDirectives(isConstant: true);
        if (isExtension && lexer.Kind != TokenKind.LeftBrace)
        {
            RequirePart(!directives.IsEmpty);
            return new SchemaDefinitionNode(source, start, description, isExtension, directives, []);
        }

        var first = pending.Count;
        Expect(TokenKind.LeftBrace);
        do
        {
            pending.Add(ParseRootOperationTypeDefinition());
        }
        while (!Skip(TokenKind.RightBrace));

        return new SchemaDefinitionNode(source, start, description, isExtension, directives, TakePending<OperationTypeDefinitionNode>(first));
    }

    /// <summary><c>RootOperationTypeDefinition : OperationType : NamedType</c></summary>
    OperationTypeDefinitionNode ParseRootOperationTypeDefinition()
    {
        var start = lexer.Start;
        var operation = ParseOperationType();
        Expect(TokenKind.Colon);
        return new OperationTypeDefinitionNode(source, start, operation, ParseNamedType());
    }

    /// <summary>
    /// <c>ScalarTypeDefinition : Description? scalar Name Directives[Const]?</c><br/>
    /// <c>ScalarTypeExtension : extend scalar Name Directives[Const]</c>
    /// </summary>
    ScalarTypeDefinitionNode ParseScalarTypeDefinition(int start, string? description, bool isExtension)
    {
        Expect("scalar");
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        RequirePart(!isExtension || !directives.IsEmpty);
        return new ScalarTypeDefinitionNode(source, start, description, isExtension, name, directives);
    }

    /// <summary>
    /// <c>ObjectTypeDefinition : Description? type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</c><br/>
    /// <c>ObjectTypeExtension : extend type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</c>, one of them at least
    /// </summary>
    ObjectTypeDefinitionNode ParseObjectTypeDefinition(int start, string? description, bool isExtension)
    {
        Expect("type");
        var name = ParseName();
        var interfaces = ParseImplementsInterfaces();
        var directives = ParseDirectives(isConstant: true);
        var fields = ParseFieldsDefinition();
        RequirePart(!isExtension || !interfaces.IsEmpty || !directives.IsEmpty || !fields.IsEmpty);
        return new ObjectTypeDefinitionNode(source, start, description, isExtension, name, interfaces, directives, fields);
    }

    /// <summary>
    /// <c>InterfaceTypeDefinition : Description? interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</c><br/>
    /// <c>InterfaceTypeExtension : extend interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</c>, one of them at least
    /// </summary>
    InterfaceTypeDefinitionNode ParseInterfaceTypeDefinition(int start, string? description, bool isExtension)
    {
        Expect("interface");
        var name = ParseName();
        var interfaces = ParseImplementsInterfaces();
        var directives = ParseDirectives(isConstant: true);
        var fields = ParseFieldsDefinition();
        RequirePart(!isExtension || !interfaces.IsEmpty || !directives.IsEmpty || !fields.IsEmpty);
        return new InterfaceTypeDefinitionNode(source, start, description, isExtension, name, interfaces, directives, fields);
    }

    /// <summary>
    /// <c>ImplementsInterfaces : implements &amp;? NamedType | ImplementsInterfaces &amp; NamedType</c>; none where the word is missing.
    /// </summary>
    ImmutableArray<NamedTypeNode> ParseImplementsInterfaces()
    {
        if (!IsKeyword("implements"u8))
        {
            return [];
        }

        lexer.Advance();
        return ParseNamedTypes(separator: TokenKind.Ampersand);
    }

    /// <summary>Named types with a separator between them and, if one likes, before the first.</summary>
    ImmutableArray<NamedTypeNode> ParseNamedTypes(TokenKind separator)
    {
        var first = pending.Count;
        Skip(separator);
        do
        {
            pending.Add(ParseNamedType());
        }
        while (Skip(separator));

        return TakePending<NamedTypeNode>(first);
    }

    /// <summary><c>FieldsDefinition : { FieldDefinition+ }</c>; none where there is no brace.</summary>
    ImmutableArray<FieldDefinitionNode> ParseFieldsDefinition()
    {
        if (!Skip(TokenKind.LeftBrace))
        {
            return [];
        }

        var first = pending.Count;
        do
        {
            pending.Add(ParseFieldDefinition());
        }
        while (!Skip(TokenKind.RightBrace));

        return TakePending<FieldDefinitionNode>(first);
    }

    /// <summary><c>FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?</c></summary>
    FieldDefinitionNode ParseFieldDefinition()
    {
        var start = lexer.Start;
        var description = ParseDescription();
        var name = ParseName();
        var arguments = ParseInputValueDefinitions(TokenKind.LeftParenthesis, TokenKind.RightParenthesis);
        Expect(TokenKind.Colon);
        var type = ParseType();
        return new FieldDefinitionNode(source, start, description, name, arguments, type, ParseDirectives(isConstant: true));
    }

    /// <summary>
    /// <c>ArgumentsDefinition : ( InputValueDefinition+ )</c><br/>
    /// <c>InputFieldsDefinition : { InputValueDefinition+ }</c>; none where the opening token is missing.
    /// </summary>
    ImmutableArray<InputValueDefinitionNode> ParseInputValueDefinitions(TokenKind open, TokenKind close)
    {
        if (!Skip(open))
        {
            return [];
        }

        var first = pending.Count;
        do
        {
            pending.Add(ParseInputValueDefinition());
        }
        while (!Skip(close));

        return TakePending<InputValueDefinitionNode>(first);
    }

    /// <summary><c>InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?</c></summary>
    InputValueDefinitionNode ParseInputValueDefinition()
    {
        var start = lexer.Start;
        var description = ParseDescription();
        var name = ParseName();
        Expect(TokenKind.Colon);
        var type = ParseType();
        var defaultValue = ParseDefaultValue();
        return new InputValueDefinitionNode(source, start, description, name, type, defaultValue, ParseDirectives(isConstant: true));
    }

    /// <summary>
    /// <c>UnionTypeDefinition : Description? union Name Directives[Const]? UnionMemberTypes?</c><br/>
    /// <c>UnionTypeExtension : extend union Name Directives[Const]? UnionMemberTypes?</c>, one of them at least<br/>
    /// <c>UnionMemberTypes : = |? NamedType | UnionMemberTypes | NamedType</c>
    /// </summary>
    UnionTypeDefinitionNode ParseUnionTypeDefinition(int start, string? description, bool isExtension)
    {
        Expect("union");
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var types = Skip(TokenKind.EqualsSign) ? ParseNamedTypes(separator: TokenKind.VerticalBar) : [];
        RequirePart(!isExtension || !directives.IsEmpty || !types.IsEmpty);
        return new UnionTypeDefinitionNode(source, start, description, isExtension, name, directives, types);
    }

    /// <summary>
    /// <c>EnumTypeDefinition : Description? enum Name Directives[Const]? EnumValuesDefinition?</c><br/>
    /// <c>EnumTypeExtension : extend enum Name Directives[Const]? EnumValuesDefinition?</c>, one of them at least
    /// </summary>
    EnumTypeDefinitionNode ParseEnumTypeDefinition(int start, string? description, bool isExtension)
    {
        Expect("enum");
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var values = ParseEnumValuesDefinition();
        RequirePart(!isExtension || !directives.IsEmpty || !values.IsEmpty);
        return new EnumTypeDefinitionNode(source, start, description, isExtension, name, directives, values);
    }

    /// <summary><c>EnumValuesDefinition : { EnumValueDefinition+ }</c>; none where there is no brace.</summary>
    ImmutableArray<EnumValueDefinitionNode> ParseEnumValuesDefinition()
    {
        if (!Skip(TokenKind.LeftBrace))
        {
            return [];
        }

        var first = pending.Count;
        do
        {
            pending.Add(ParseEnumValueDefinition());
        }
        while (!Skip(TokenKind.RightBrace));

        return TakePending<EnumValueDefinitionNode>(first);
    }

    /// <summary>
    /// <c>EnumValueDefinition : Description? EnumValue Directives[Const]?</c><br/>
    /// <c>EnumValue : Name but not true or false or null</c>
    /// </summary>
    EnumValueDefinitionNode ParseEnumValueDefinition()
    {
        var start = lexer.Start;
        var description = ParseDescription();
        if (Keyword is "true" or "false" or "null")
        {
            throw Error($"Name \"{Keyword}\" is reserved and cannot be used for an enum value.", lexer.Start);
        }

        var name = ParseName();
        return new EnumValueDefinitionNode(source, start, description, name, ParseDirectives(isConstant: true));
    }

    /// <summary>
    /// <c>InputObjectTypeDefinition : Description? input Name Directives[Const]? InputFieldsDefinition?</c><br/>
    /// <c>InputObjectTypeExtension : extend input Name Directives[Const]? InputFieldsDefinition?</c>, one of them at least
    /// </summary>
    InputObjectTypeDefinitionNode ParseInputObjectTypeDefinition(int start, string? description, bool isExtension)
    {
        Expect("input");
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var fields = ParseInputValueDefinitions(TokenKind.LeftBrace, TokenKind.RightBrace);
        RequirePart(!isExtension || !directives.IsEmpty || !fields.IsEmpty);
        return new InputObjectTypeDefinitionNode(source, start, description, isExtension, name, directives, fields);
    }

    /// <summary><c>DirectiveDefinition : Description? directive @ Name ArgumentsDefinition? repeatable? on DirectiveLocations</c></summary>
    DirectiveDefinitionNode ParseDirectiveDefinition(int start, string? description)
    {
        Expect("directive");
        Expect(TokenKind.At);
        var name = ParseName();
        var arguments = ParseInputValueDefinitions(TokenKind.LeftParenthesis, TokenKind.RightParenthesis);
        var isRepeatable = IsKeyword("repeatable"u8);
        if (isRepeatable)
        {
            lexer.Advance();
        }

        Expect("on");
        return new DirectiveDefinitionNode(source, start, description, name, arguments, isRepeatable, ParseDirectiveLocations());
    }

    /// <summary><c>DirectiveLocations : |? DirectiveLocation | DirectiveLocations | DirectiveLocation</c></summary>
    ImmutableArray<Name> ParseDirectiveLocations()
    {
        var locations = ImmutableArray.CreateBuilder<Name>();
        Skip(TokenKind.VerticalBar);
        do
        {
            if (Keyword is { } word && !IsDirectiveLocation(word))
            {
                throw Unexpected();
            }

            locations.Add(ParseName());
        }
        while (Skip(TokenKind.VerticalBar));

        return locations.DrainToImmutable();
    }

    /// <summary><c>DirectiveLocation : ExecutableDirectiveLocation | TypeSystemDirectiveLocation</c></summary>
    static bool IsDirectiveLocation(string word) => word is
        "QUERY" or "MUTATION" or "SUBSCRIPTION" or "FIELD" or "FRAGMENT_DEFINITION" or "FRAGMENT_SPREAD" or "INLINE_FRAGMENT" or
        "VARIABLE_DEFINITION" or "SCHEMA" or "SCALAR" or "OBJECT" or "FIELD_DEFINITION" or "ARGUMENT_DEFINITION" or "INTERFACE" or "UNION" or
        "ENUM" or "ENUM_VALUE" or "INPUT_OBJECT" or "INPUT_FIELD_DEFINITION";

    /// <summary>Refuses an extension that adds nothing; it breaks off where its first part should stand.</summary>
    readonly void RequirePart(bool hasPart)
    {
        if (!hasPart)
        {
            throw Unexpected();
        }
    }
}

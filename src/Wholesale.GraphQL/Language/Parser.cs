using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Wholesale.GraphQL.Language;

/// <summary>
/// Parses section 2 "Language" and section 3 "Type System" documents: by recursive descent, one method a production and one token ahead.
/// Each method expects to stand on its first token and leaves the lexer on the token behind its last.
/// </summary>
public ref partial struct Parser
{
    readonly Source source;
    readonly ParserOptions options;
    readonly NameTable names;

    // Items of the lists that are still open, the innermost on top: one growing list a document instead of one a list.
    readonly List<SyntaxNode> pending = new(capacity: 32);

    Lexer lexer;
    int nesting;
    int deepest;

    Parser(Source source, ParserOptions options)
    {
        this.source = source;
        this.options = options;
        names = new NameTable(source.Body.Length);
        lexer = new Lexer(source, options.MaxTokens);
        lexer.Advance();
    }

    /// <summary>Parses a whole document.</summary>
    /// <exception cref="GraphQLSyntaxException">The text is not a document, or is larger than the options allow.</exception>
    public static DocumentNode Parse(Source source, ParserOptions? options = null) =>
        new Parser(source, options ?? ParserOptions.Default).ParseDocument();

    /// <summary><c>Document : Definition+</c></summary>
    DocumentNode ParseDocument()
    {
        do
        {
            pending.Add(ParseDefinition());
        }
        while (lexer.Kind != TokenKind.EndOfFile);

        return new DocumentNode(source, TakePending<DefinitionNode>(0)) { TokenCount = lexer.TokenCount, Nesting = deepest };
    }

    /// <summary>
    /// <c>Definition : ExecutableDefinition | TypeSystemDefinition | TypeSystemExtension</c><br/>
    /// <c>ExecutableDefinition : OperationDefinition | FragmentDefinition</c>
    /// </summary>
    DefinitionNode ParseDefinition()
    {
        var start = lexer.Start;
        if (lexer.Kind == TokenKind.LeftBrace)
        {
            return ParseShorthandQuery();
        }

        var description = ParseDescription();
        if (description is not null && lexer.Kind == TokenKind.LeftBrace)
        {
            throw Error("Unexpected description, descriptions are not supported on shorthand queries.", start);
        }

        switch (Keyword)
        {
            case "query" or "mutation" or "subscription":
                return ParseOperationDefinition(start, description);
            case "fragment":
                return ParseFragmentDefinition(start, description);
            case "directive":
                return ParseDirectiveDefinition(start, description);
            case "extend" when description is not null:
                throw Error("Unexpected description, only GraphQL definitions support descriptions.", start);
            case "extend":
                lexer.Advance();
                return ParseTypeSystemDefinition(start, description, isExtension: true);
            default:
                return ParseTypeSystemDefinition(start, description, isExtension: false);
        }
    }

    /// <summary><c>Description : StringValue</c>; null where there is none.</summary>
    string? ParseDescription()
    {
        if (lexer.Kind is not (TokenKind.String or TokenKind.BlockString))
        {
            return null;
        }

        var value = lexer.StringValue;
        lexer.Advance();
        return value;
    }

    /// <summary>Section 2.1.9 "Names".</summary>
    Name ParseName()
    {
        if (lexer.Kind != TokenKind.Name)
        {
            throw Expected(TokenKind.Name.Describe());
        }

        var name = new Name(names.Get(lexer.Text), lexer.Start);
        lexer.Advance();
        return name;
    }

    /// <summary>The current token if it is a name, else null.</summary>
    readonly string? Keyword => lexer.Kind == TokenKind.Name ? names.Get(lexer.Text) : null;

    readonly bool IsKeyword(ReadOnlySpan<byte> word) => lexer.Kind == TokenKind.Name && lexer.Text.SequenceEqual(word);

    /// <summary>Steps over a token that must stand here.</summary>
    void Expect(TokenKind kind)
    {
        if (!Skip(kind))
        {
            throw Expected(kind.Describe());
        }
    }

    /// <summary>Steps over a word that must stand here.</summary>
    void Expect(string keyword)
    {
        if (Keyword != keyword)
        {
            throw Expected($"\"{keyword}\"");
        }

        lexer.Advance();
    }

    /// <summary>Steps over a token if it stands here, and says whether it did.</summary>
    bool Skip(TokenKind kind)
    {
        if (lexer.Kind != kind)
        {
            return false;
        }

        lexer.Advance();
        return true;
    }

    /// <summary>
    /// Steps over the opening token of something that may hold others of its kind. Every recursion of the parser passes here, so the limit
    /// is what keeps a document from overflowing the stack, which would end the process.
    /// </summary>
    void Enter(TokenKind open)
    {
        if (nesting >= options.MaxNesting && lexer.Kind == open)
        {
            throw Error($"Document nests deeper than {options.MaxNesting} levels. Parsing aborted.", lexer.Start);
        }

        Expect(open);
        deepest = Math.Max(deepest, ++nesting);
    }

    /// <summary>Steps over the closing token that belongs to <see cref="Enter"/>.</summary>
    void Leave(TokenKind close)
    {
        Expect(close);
        nesting--;
    }

    /// <summary>Closes a list: takes what was added to <see cref="pending"/> since it held <paramref name="first"/> items.</summary>
    readonly ImmutableArray<T> TakePending<T>(int first)
        where T : SyntaxNode
    {
        var items = new T[pending.Count - first];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = (T)pending[first + i];
        }

        pending.RemoveRange(first, items.Length);
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    readonly GraphQLSyntaxException Expected(string what) => Error($"Expected {what}, found {DescribeToken()}.", lexer.Start);

    readonly GraphQLSyntaxException Unexpected() => Error($"Unexpected {DescribeToken()}.", lexer.Start);

    readonly GraphQLSyntaxException Error(string message, int offset) => lexer.Error(message, offset);

    /// <summary>The current token as errors show it; a long value is cut, for an error should not repeat the document.</summary>
    readonly string DescribeToken()
    {
        var value = lexer.Kind switch
        {
            TokenKind.Name or TokenKind.Int or TokenKind.Float => Encoding.ASCII.GetString(lexer.Text),
            TokenKind.String or TokenKind.BlockString => lexer.StringValue,
            _ => null,
        };
        var kind = lexer.Kind.Describe();
        return value is null ? kind : $"{kind} \"{Shorten(value)}\"";
    }

    static string Shorten(string value)
    {
        const int MaxLength = 100;
        if (value.Length <= MaxLength)
        {
            return value;
        }

        // Never between the halves of a surrogate pair: the rest would not be text.
        var length = char.IsHighSurrogate(value[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return value[..length] + "…";
    }
}

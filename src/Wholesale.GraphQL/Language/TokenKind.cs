namespace Wholesale.GraphQL.Language;

/// <summary>Section 2.1.6 "Lexical Tokens": the punctuators, then the tokens with a content of their own.</summary>
enum TokenKind : byte
{
    EndOfFile,
    ExclamationMark,
    Dollar,
    Ampersand,
    LeftParenthesis,
    RightParenthesis,
    Ellipsis,
    Colon,
    EqualsSign,
    At,
    LeftBracket,
    RightBracket,
    LeftBrace,
    VerticalBar,
    RightBrace,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

static class TokenKinds
{
    /// <summary>A kind as errors call it: punctuators in quotes, the others by their word.</summary>
    public static string Describe(this TokenKind kind) => kind switch
    {
        TokenKind.EndOfFile => "<EOF>",
        TokenKind.ExclamationMark => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.LeftParenthesis => "\"(\"",
        TokenKind.RightParenthesis => "\")\"",
        TokenKind.Ellipsis => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.EqualsSign => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.LeftBracket => "\"[\"",
        TokenKind.RightBracket => "\"]\"",
        TokenKind.LeftBrace => "\"{\"",
        TokenKind.VerticalBar => "\"|\"",
        TokenKind.RightBrace => "\"}\"",
        _ => kind.ToString(),
    };
}

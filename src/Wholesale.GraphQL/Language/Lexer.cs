using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Wholesale.GraphQL.Language;

/// <summary>
/// Section 2.1 "Source Text": cuts UTF-8 bytes into tokens, one at a time. The current token is described by <see cref="Kind"/>,
/// <see cref="Start"/> and <see cref="End"/>; nothing is allocated until somebody asks for its value.
/// </summary>
ref partial struct Lexer
{
    // NameContinue :: Letter | Digit | `_`
    static readonly SearchValues<byte> NameContinue =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    readonly Source source;
    readonly ReadOnlySpan<byte> body;
    readonly int maxTokens;
    int tokenCount;

    // Of the current String token. Most have none, and then the value is the text.
    bool hasEscapes;

    /// <summary>Stands before the first token; the first <see cref="Advance"/> goes to it.</summary>
    public Lexer(Source source, int maxTokens)
    {
        this.source = source;
        this.maxTokens = maxTokens;
        body = source.Body.Span;

        // Checked once for the whole text, so that whatever skips over other characters need not look inside them.
        if (!Utf8.IsValid(body))
        {
            throw InvalidUtf8();
        }
    }

    /// <summary>Tokens so far.</summary>
    public readonly int TokenCount => tokenCount;

    /// <summary>What the current token is.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>Byte offset of the current token.</summary>
    public int Start { get; private set; }

    /// <summary>Byte offset behind the current token.</summary>
    public int End { get; private set; }

    /// <summary>The current token as written.</summary>
    public readonly ReadOnlySpan<byte> Text => body[Start..End];

    /// <summary>Goes to the next lexical token; at the end of the text it stays there.</summary>
    public void Advance()
    {
        Start = SkipIgnored(End);
        if (Start == body.Length)
        {
            Kind = TokenKind.EndOfFile;
            End = Start;
            return;
        }

        if (++tokenCount > maxTokens)
        {
            throw Error($"Document contains more than {maxTokens} tokens. Parsing aborted.", Start);
        }

        switch ((char)body[Start])
        {
            case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_':
                ReadName();
                break;
            case '{':
                ReadPunctuator(TokenKind.LeftBrace);
                break;
            case '}':
                ReadPunctuator(TokenKind.RightBrace);
                break;
            case '(':
                ReadPunctuator(TokenKind.LeftParenthesis);
                break;
            case ')':
                ReadPunctuator(TokenKind.RightParenthesis);
                break;
            case '[':
                ReadPunctuator(TokenKind.LeftBracket);
                break;
            case ']':
                ReadPunctuator(TokenKind.RightBracket);
                break;
            case ':':
                ReadPunctuator(TokenKind.Colon);
                break;
            case '!':
                ReadPunctuator(TokenKind.ExclamationMark);
                break;
            case '$':
                ReadPunctuator(TokenKind.Dollar);
                break;
            case '@':
                ReadPunctuator(TokenKind.At);
                break;
            case '=':
                ReadPunctuator(TokenKind.EqualsSign);
                break;
            case '|':
                ReadPunctuator(TokenKind.VerticalBar);
                break;
            case '&':
                ReadPunctuator(TokenKind.Ampersand);
                break;
            case '.' when body[Start..].StartsWith("..."u8):
                ReadPunctuator(TokenKind.Ellipsis, length: 3);
                break;
            case '-' or (>= '0' and <= '9'):
                ReadNumber();
                break;
            case '"':
                ReadString();
                break;
            case '\'':
                throw Error("Unexpected single quote character ('), did you mean to use a double quote (\")?", Start);
            default:
                throw Error($"Unexpected character: {DescribeCharacter(Start)}.", Start);
        }
    }

    /// <summary>A syntax error at a byte offset.</summary>
    public readonly GraphQLSyntaxException Error(string message, int offset) => new(message, source, offset);

    /// <summary>
    /// <c>Ignored :: UnicodeBOM | WhiteSpace | LineTerminator | Comment | Comma</c>
    /// </summary>
    /// <returns>The offset of the first byte that is not ignored.</returns>
    readonly int SkipIgnored(int offset)
    {
        // A local span stays in registers: half of a document is white space and names, and these two loops walk it.
        var text = body;
        while (offset < text.Length)
        {
            if (IsBlank(text[offset]))
            {
                offset++;
            }
            else if (text[offset] == '#')
            {
                var length = text[offset..].IndexOfAny((byte)'\n', (byte)'\r');
                offset = length < 0 ? text.Length : offset + length;
            }
            else if (text[offset..].StartsWith("\uFEFF"u8))
            {
                offset += 3;
            }
            else
            {
                break;
            }
        }

        return offset;
    }

    /// <summary>White space, line terminators and the comma.</summary>
    static bool IsBlank(byte value) => value <= ' ' ? (char)value is ' ' or '\n' or '\t' or '\r' : value == ',';

    /// <summary>Section 2.1.8 "Punctuators".</summary>
    void ReadPunctuator(TokenKind kind, int length = 1)
    {
        Kind = kind;
        End = Start + length;
    }

    /// <summary><c>Name :: NameStart NameContinue* [lookahead != NameContinue]</c></summary>
    void ReadName()
    {
        var length = body[Start..].IndexOfAnyExcept(NameContinue);
        Kind = TokenKind.Name;
        End = length < 0 ? body.Length : Start + length;
    }

    /// <summary>
    /// <c>IntValue :: IntegerPart [lookahead != {Digit, `.`, NameStart}]</c><br/>
    /// <c>FloatValue :: IntegerPart (FractionalPart ExponentPart | FractionalPart | ExponentPart) [lookahead != {Digit, `.`, NameStart}]</c><br/>
    /// <c>IntegerPart :: NegativeSign? 0 | NegativeSign? NonZeroDigit Digit*</c>
    /// </summary>
    void ReadNumber()
    {
        Kind = TokenKind.Int;
        var end = ByteAt(Start) == '-' ? Start + 1 : Start;
        if (ByteAt(end) == '0')
        {
            end++;
            if (char.IsAsciiDigit((char)ByteAt(end)))
            {
                throw Error($"Invalid number, unexpected digit after 0: {DescribeCharacter(end)}.", end);
            }
        }
        else
        {
            end = ReadDigits(end);
        }

        if (ByteAt(end) == '.')
        {
            Kind = TokenKind.Float;
            end = ReadDigits(end + 1);
        }

        if ((char)ByteAt(end) is 'e' or 'E')
        {
            Kind = TokenKind.Float;
            end++;
            end = ReadDigits((char)ByteAt(end) is '+' or '-' ? end + 1 : end);
        }

        if (ByteAt(end) == '.' || NameContinue.Contains(ByteAt(end)))
        {
            throw Error($"Invalid number, expected digit but got: {DescribeCharacter(end)}.", end);
        }

        End = end;
    }

    /// <summary>At least one digit; returns the offset behind the last.</summary>
    readonly int ReadDigits(int offset)
    {
        if (!char.IsAsciiDigit((char)ByteAt(offset)))
        {
            throw Error($"Invalid number, expected digit but got: {DescribeCharacter(offset)}.", offset);
        }

        while (char.IsAsciiDigit((char)ByteAt(offset)))
        {
            offset++;
        }

        return offset;
    }

    /// <summary>The byte there, or 0, which begins no token, behind the end.</summary>
    readonly byte ByteAt(int offset) => offset < body.Length ? body[offset] : (byte)0;

    /// <summary>The character at an offset as errors show it: itself when it is printable ASCII, else its code point.</summary>
    readonly string DescribeCharacter(int offset)
    {
        if (Rune.DecodeFromUtf8(body[offset..], out var character, out _) != OperationStatus.Done)
        {
            return "<EOF>";
        }

        return character.Value switch
        {
            '"' => "'\"'",
            >= ' ' and <= '~' => $"\"{character}\"",
            _ => $"U+{character.Value:X4}",
        };
    }

    readonly GraphQLSyntaxException InvalidUtf8()
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(body[offset..], out _, out var length) == OperationStatus.Done)
        {
            offset += length;
        }

        return Error($"Invalid UTF-8, unexpected byte 0x{body[offset]:X2}.", offset);
    }
}

using System.Buffers;
using System.Text;

namespace Wholesale.GraphQL.Language;

// Section 2.9.4 "String Value". Reading only finds where a string ends and refuses bad escapes; the value is made when it is asked for.
ref partial struct Lexer
{
    static readonly SearchValues<byte> EndsOfStringRun = SearchValues.Create("\"\\\n\r"u8);

    /// <summary>The meaning of the current String or BlockString token.</summary>
    public readonly string StringValue => Kind switch
    {
        TokenKind.BlockString => BlockString.Value(Text[3..^3]),
        _ when hasEscapes => Unescape(),
        _ => Encoding.UTF8.GetString(Text[1..^1]),
    };

    /// <summary>
    /// <c>StringValue :: `""` [lookahead != `"`] | `"` StringCharacter+ `"` | BlockString</c>
    /// </summary>
    void ReadString()
    {
        if (body[Start..].StartsWith("\"\"\""u8))
        {
            ReadBlockString();
            return;
        }

        Kind = TokenKind.String;
        hasEscapes = false;
        var offset = Start + 1;
        while (true)
        {
            var run = body[offset..].IndexOfAny(EndsOfStringRun);
            if (run < 0)
            {
                throw Unterminated();
            }

            offset += run;
            switch ((char)body[offset])
            {
                case '"':
                    End = offset + 1;
                    return;
                case '\\':
                    hasEscapes = true;
                    ReadEscape(ref offset);
                    break;
                default:
                    throw Unterminated();
            }
        }
    }

    /// <summary>
    /// <c>BlockString :: `"""` BlockStringCharacter* `"""`</c><br/>
    /// <c>BlockStringCharacter :: SourceCharacter but not `"""` or `\"""` | `\"""`</c>
    /// </summary>
    void ReadBlockString()
    {
        Kind = TokenKind.BlockString;
        var offset = Start + 3;
        while (true)
        {
            var run = body[offset..].IndexOfAny((byte)'"', (byte)'\\');
            if (run < 0)
            {
                throw Unterminated();
            }

            offset += run;
            if (body[offset..].StartsWith("\"\"\""u8))
            {
                End = offset + 3;
                return;
            }

            offset += body[offset..].StartsWith("\\\"\"\""u8) ? 4 : 1;
        }
    }

    /// <summary>
    /// <c>StringCharacter :: … | `\u` EscapedUnicode | `\` EscapedCharacter</c><br/>
    /// <c>EscapedCharacter :: one of `"` `\` `/` b f n r t</c>
    /// </summary>
    /// <param name="offset">Of the backslash; afterwards behind the escape.</param>
    readonly Rune ReadEscape(ref int offset)
    {
        var start = offset;
        offset += 2;
        switch ((char)ByteAt(start + 1))
        {
            case '"':
                return new Rune('"');
            case '\\':
                return new Rune('\\');
            case '/':
                return new Rune('/');
            case 'b':
                return new Rune('\b');
            case 'f':
                return new Rune('\f');
            case 'n':
                return new Rune('\n');
            case 'r':
                return new Rune('\r');
            case 't':
                return new Rune('\t');
            case 'u':
                return ReadUnicodeEscape(start, ref offset);
            case '\n' or '\r':
                throw Unterminated();
            default:
                if (Rune.DecodeFromUtf8(body[(start + 1)..], out var character, out _) != OperationStatus.Done)
                {
                    throw Unterminated();
                }

                throw Error($"Invalid character escape sequence: \"\\{character}\".", start);
        }
    }

    /// <summary>
    /// <c>EscapedUnicode :: `{` HexDigit+ `}` | HexDigit HexDigit HexDigit HexDigit</c>, the latter twice for a surrogate pair.
    /// </summary>
    readonly Rune ReadUnicodeEscape(int start, ref int offset)
    {
        int value;
        if (ByteAt(offset) == '{')
        {
            offset++;
            value = ReadHexDigits(ref offset, int.MaxValue);
            if (ByteAt(offset) == '}' && Rune.IsValid(value))
            {
                offset++;
                return new Rune(value);
            }
        }
        else
        {
            value = ReadHexDigits(ref offset, 4);
            if (Rune.IsValid(value))
            {
                return new Rune(value);
            }

            if (value >= 0 && body[offset..].StartsWith("\\u"u8))
            {
                offset += 2;
                var low = ReadHexDigits(ref offset, 4);
                if (low >= 0 && Rune.TryCreate((char)value, (char)low, out var pair))
                {
                    return pair;
                }
            }
        }

        throw Error($"Invalid Unicode escape sequence: \"{Encoding.UTF8.GetString(body[start..offset])}\".", start);
    }

    /// <summary>Reads four digits, or any number where the count is greater, and stops when their value exceeds every code point.</summary>
    /// <returns>The value, or −1 if it is too great or digits are missing.</returns>
    readonly int ReadHexDigits(ref int offset, int count)
    {
        const int MaxCodePoint = 0x10FFFF;
        var value = 0;
        var digits = 0;
        while (digits < count && value <= MaxCodePoint && char.IsAsciiHexDigit((char)ByteAt(offset)))
        {
            value = (value << 4) | HexValue(body[offset]);
            digits++;
            offset++;
        }

        var isComplete = count == 4 ? digits == 4 : digits > 0;
        return isComplete && value <= MaxCodePoint ? value : -1;
    }

    static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>The value of a string whose escapes are known to be good.</summary>
    readonly string Unescape()
    {
        // No escape is shorter than the UTF-8 of what it stands for.
        var buffer = ArrayPool<byte>.Shared.Rent(End - Start);
        var length = 0;
        var offset = Start + 1;
        while (offset < End - 1)
        {
            if (body[offset] == '\\')
            {
                length += ReadEscape(ref offset).EncodeToUtf8(buffer.AsSpan(length));
            }
            else
            {
                buffer[length++] = body[offset++];
            }
        }

        var value = Encoding.UTF8.GetString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return value;
    }

    readonly GraphQLSyntaxException Unterminated() => Error("Unterminated string.", Start);
}

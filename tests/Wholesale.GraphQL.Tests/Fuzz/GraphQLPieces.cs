using System.Text;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>What matters to the grammar of GraphQL and of the JSON around it, to be put in at any place.</summary>
internal static class GraphQLPieces
{
    public static IReadOnlyList<byte[]> Document { get; } =
    [
        .. new[]
        {
            "{", "}", "(", ")", "[", "]", "...", "..", "$", "@", "!", "=", "|", "&", ":", "#", "[[[[[[[[", "{a{a{a{a", "{a:{a:{a:", "]]]]", "}}}}",
            "\"", "\"\"\"", "\\", "\\\"\"\"", "\\u", "\\u{", "\\u{110000}", "\\uD83D", "\\q", "'", "\n", "\r", "\uFEFF", "\0", "é", "🙂", "0", "00", "1.", "1.e", "-", ".", "e",
            " on ", " extend ", " fragment ", " fragment on on A", " type ", " null ", " true ", " query ", "\"d\" {", "\"d\" extend ", "($a: A = $b)", "__typename ", "...F0 ", "@skip(if: $v0) ",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3], [0x9F], [0xED, 0xA0, 0x80], [0xFF], [0xEF, 0xBB],
    ];

    public static IReadOnlyList<byte[]> Json { get; } =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\uD83D", "\\u0000", "null", "true", "1e999", "-0", "1.0", "99999999999999999999", "{}", "[]", "[[[[[[[[",
            "\"query\":", "\"variables\":", "\"operationName\":", "\"extensions\":{},", "\"id\"", "\"SIT\"", " ", "\n", "\uFEFF", "//", "\"none\":1,",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3], [0xFF], [0xED, 0xA0, 0x80],
    ];
}

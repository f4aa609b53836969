using System.Buffers;

namespace Wholesale.Platform.Identity;

/// <summary>The secrets that this installation gives out: a beginning that tells what it is, then 32 random letters and digits, 190 bits.</summary>
internal static class Secrets
{
    private const int RandomLength = 32;

    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>One that was never given out before.</summary>
    public static string New(string start) => start + Ids.Secret(RandomLength);

    /// <summary>Whether it can be one; whether it is, only the database can tell.</summary>
    public static bool IsWellFormed(string secret, string start) =>
        secret.Length == start.Length + RandomLength
        && secret.StartsWith(start, StringComparison.Ordinal)
        && secret.AsSpan(start.Length).IndexOfAnyExcept(LettersAndDigits) < 0;
}

using Microsoft.AspNetCore.Http.HttpResults;

namespace Wholesale.Platform;

/// <summary>What doors beside GraphQL answer where they refuse: RFC 9457, with a <c>code</c> as of <c>ErrorCode</c>.</summary>
internal static class Problems
{
    /// <summary>A refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The condition.</param>
    /// <param name="detail">A full sentence for whoever asked.</param>
    public static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}

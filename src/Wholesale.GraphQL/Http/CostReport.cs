using System.Text;
using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// Tells a client what its operation cost: always in the response header <c>GraphQL-Cost</c>, a dictionary by RFC 9651, and in the body's
/// <c>extensions.cost</c> where the request's header <c>GraphQL-Cost</c> says <c>report</c>. What is not limited is left out.
/// </summary>
internal static class CostReport
{
    private const string Header = "GraphQL-Cost";

    /// <summary>Adds the report to what is about to be sent. It is no part of the response that a host may keep and send again.</summary>
    /// <param name="isStored">Whether the body is one that a host kept: it is sent as it is, with the header alone.</param>
    public static GraphQLResponse AddTo(GraphQLResponse response, HttpContext http, CostStatement cost, bool isStored = false)
    {
        var text = Dictionary(cost);
        http.Response.Headers[Header] = text;
        return isStored || http.Request.Headers[Header] != "report" ? response : response with { Body = WithExtension(response.Body.Span, text) };
    }

    private static string Dictionary(CostStatement cost) => cost switch
    {
        { Limit: { } limit, Remaining: { } remaining } => $"charged={cost.Charged}, actual={cost.Actual}, limit={limit}, remaining={remaining}",
        { Limit: { } limit } => $"charged={cost.Charged}, actual={cost.Actual}, limit={limit}",
        { Remaining: { } remaining } => $"charged={cost.Charged}, actual={cost.Actual}, remaining={remaining}",
        _ => $"charged={cost.Charged}, actual={cost.Actual}",
    };

    /// <summary>A response's body, which is a JSON object, with one more member.</summary>
    private static byte[] WithExtension(ReadOnlySpan<byte> body, string dictionary)
    {
        var members = string.Join(',', dictionary.Split(", ").Select(entry => "\"" + entry.Replace("=", "\":", StringComparison.Ordinal)));
        return [.. body[..^1], .. Encoding.UTF8.GetBytes($",\"extensions\":{{\"cost\":{{{members}}}}}}}")];
    }
}

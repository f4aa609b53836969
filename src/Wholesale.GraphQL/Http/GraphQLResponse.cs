using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>A response before it is sent.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="ContentType">Media type with charset.</param>
/// <param name="Body">Valid until the response is sent.</param>
public sealed record GraphQLResponse(int StatusCode, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A response with one request error and no data.</summary>
    public static GraphQLResponse Refusal(int statusCode, string contentType, string message, string code)
    {
        using var writer = new Utf8Writer(512);
        GraphQLExecutor.WriteErrors([new GraphQLError(message) { Code = code }], writer);
        return new GraphQLResponse(statusCode, contentType, writer.Written.ToArray());
    }

    /// <summary>What an executor has written, with the status that the media type has for it.</summary>
    internal static GraphQLResponse Of(ResponseKind kind, string mediaType, ReadOnlyMemory<byte> body) =>
        new(StatusOf(kind, mediaType), MediaTypes.Utf8(mediaType), body);

    internal async Task Send(HttpContext http)
    {
        http.Response.StatusCode = StatusCode;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = Body.Length;
        foreach (var (name, value) in Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.Body.WriteAsync(Body, http.RequestAborted);
    }

    /// <summary>
    /// GraphQL over HTTP, September 2026, "Status Codes". In the media type that was made for it the status says what happened: 294 for a partial response, and
    /// 400 for every request error. The edition would have 422 for errors of validation, operation and variables; the audits that clients' authors run
    /// ask for 400, which is as true and older. In plain JSON a well-formed request is always 200: older clients look for errors in the body.
    /// </summary>
    private static int StatusOf(ResponseKind kind, string mediaType) => (kind, mediaType) switch
    {
        (ResponseKind.RequestErrors, MediaTypes.GraphQLResponse) => StatusCodes.Status400BadRequest,
        (ResponseKind.DataAndErrors, MediaTypes.GraphQLResponse) => PartialSuccess,
        _ => StatusCodes.Status200OK,
    };

    /// <summary>294, "Partial Success": data, possibly null, and errors.</summary>
    public const int PartialSuccess = 294;
}

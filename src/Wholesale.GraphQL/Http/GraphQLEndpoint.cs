using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Http;

/// <summary>What a host adds to the endpoint.</summary>
public sealed record EndpointOptions
{
    /// <summary>Bytes of a request's body; beyond it the answer is 413.</summary>
    public int MaxBodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>How deep a body's JSON may nest, variables included.</summary>
    public int MaxJsonNesting { get; init; } = 100;

    /// <summary>Who asks: becomes <see cref="RequestContext.Caller"/> and, by Equals, the owner of cached documents.</summary>
    public Func<HttpContext, object?> Caller { get; init; } = static _ => null;

    /// <summary>Whether a request may go on; where it may not, this has answered it. Asked before anything of the body is read. Null: every request may.</summary>
    public Func<HttpContext, ValueTask<bool>>? Admit { get; init; }

    /// <summary>What the host puts around a whole mutation operation, its response's bytes included. Null: nothing.</summary>
    public AroundMutation? AroundMutation { get; init; }
}

/// <summary>Puts something around a mutation: may execute it, or answer from what is stored, or refuse.</summary>
/// <param name="http">The HTTP request.</param>
/// <param name="operation">What is asked.</param>
/// <param name="execute">
/// Executes it and returns the response, none of which is sent before this delegate's caller returns. Called again, it executes again, and the earlier
/// response is void.
/// </param>
public delegate ValueTask<GraphQLResponse> AroundMutation(HttpContext http, MutationRequest operation, Func<ValueTask<GraphQLResponse>> execute);

/// <summary>A mutation as it was sent.</summary>
/// <param name="Document">UTF-8.</param>
/// <param name="OperationName">As given; null where it was not.</param>
/// <param name="Variables">A JSON object as it was sent; empty where there is none.</param>
/// <param name="RootFieldCount">How many root fields the operation has.</param>
public sealed record MutationRequest(ReadOnlyMemory<byte> Document, string? OperationName, ReadOnlyMemory<byte> Variables, int RootFieldCount);

/// <summary>A response before it is sent.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="ContentType">Media type with charset.</param>
/// <param name="Body">Valid until the response is sent.</param>
public sealed record GraphQLResponse(int StatusCode, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether the operation was executed: false for a request error.</summary>
    public bool WasExecuted { get; init; }

    /// <summary>A response with one request error and no data.</summary>
    public static GraphQLResponse Refusal(int statusCode, string contentType, string message, string code)
    {
        using var writer = new Utf8Writer(512);
        GraphQLExecutor.WriteErrors([new GraphQLError(message) { Code = code }], writer);
        return new GraphQLResponse(statusCode, contentType, writer.Written.ToArray());
    }
}

/// <summary>
/// GraphQL over HTTP: POST with a JSON body, answered as <c>application/graphql-response+json</c> or <c>application/json</c>. Credentials come in headers only,
/// and a simple cross-site form cannot send JSON, so there is nothing to forge. GET, SSE and WebSocket have their place beside this file.
/// </summary>
public sealed class GraphQLEndpoint
{
    private readonly GraphQLExecutor executor;
    private readonly EndpointOptions options;

    private GraphQLEndpoint(GraphQLExecutor executor, EndpointOptions options)
    {
        this.executor = executor;
        this.options = options;
    }

    /// <summary>Serves an executor at a path.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string path, GraphQLExecutor executor, EndpointOptions? options = null)
    {
        var endpoint = new GraphQLEndpoint(executor, options ?? new());
        return routes.Map(path, endpoint.Handle);
    }

    /// <summary>The media type that a request accepts, best first; null if it accepts neither.</summary>
    public static string? Negotiate(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        if (accept.Count == 0)
        {
            return MediaTypes.Json;
        }

        foreach (var range in accept.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1))
        {
            // A range of types means the older one, unless the same header refuses that.
            foreach (var mediaType in (ReadOnlySpan<string>)[MediaTypes.Json, MediaTypes.GraphQLResponse])
            {
                if ((range.MatchesAllTypes || Is(range, "application/*") || Is(range, mediaType)) && !IsRefused(mediaType))
                {
                    return mediaType;
                }
            }
        }

        return null;

        bool IsRefused(string mediaType) => accept.Any(a => a.Quality is 0 && Is(a, mediaType));
        static bool Is(MediaTypeHeaderValue range, string mediaType) => range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
    }

    private async Task Handle(HttpContext http)
    {
        if (options.Admit is { } admit && !await admit(http))
        {
            return;
        }

        http.Response.Headers.CacheControl = "private, no-store";
        var mediaType = Negotiate(http.Request);
        if (mediaType is null)
        {
            await Send(http, Refuse(406, MediaTypes.Json, $"Accept must allow {MediaTypes.GraphQLResponse} or {MediaTypes.Json}."));
        }
        else if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "POST";
            await Send(http, Refuse(405, mediaType, "Send the request with POST."));
        }
        else if (!MediaTypes.IsJson(http.Request.ContentType))
        {
            await Send(http, Refuse(415, mediaType, $"Content-Type must be {MediaTypes.Json} in UTF-8."));
        }
        else
        {
            await HandlePost(http, mediaType);
        }
    }

    private async Task HandlePost(HttpContext http, string mediaType)
    {
        var body = await RequestBody.Read(http.Request, options.MaxBodyBytes, http.RequestAborted);
        if (body is null)
        {
            await Send(http, Refuse(413, mediaType, $"The body must not be larger than {options.MaxBodyBytes} bytes."));
            return;
        }

        try
        {
            if (GraphQLRequest.TryRead(body.Bytes, options.MaxJsonNesting, out var request) is { } problem)
            {
                await Send(http, Refuse(400, mediaType, problem));
                return;
            }

            await Execute(http, mediaType, request);
        }
        finally
        {
            body.Dispose();
        }
    }

    private async Task Execute(HttpContext http, string mediaType, GraphQLRequest request)
    {
        var caller = options.Caller(http);
        var operation = executor.Prepare(request.Query.Span, request.OperationName, caller ?? this);
        using var writer = new Utf8Writer();
        if (operation.Errors.Count > 0)
        {
            GraphQLExecutor.WriteErrors(operation.Errors, writer);
            await Send(http, new GraphQLResponse(StatusOfRequestError(mediaType), MediaTypes.Utf8(mediaType), writer.Written));
            return;
        }

        if (request.TryReadVariables(options.MaxJsonNesting, out var variables) is { } problem)
        {
            await Send(http, Refuse(400, mediaType, problem));
            return;
        }

        using var disposing = variables;
        var context = new RequestContext(http.RequestServices, caller, http.RequestAborted);

        async ValueTask<GraphQLResponse> Run()
        {
            // A host may execute again what it rolled back.
            writer.Truncate(0);
            var wasExecuted = await executor.Execute(operation, variables?.RootElement ?? default, context, writer);
            return new GraphQLResponse(wasExecuted ? 200 : StatusOfRequestError(mediaType), MediaTypes.Utf8(mediaType), writer.Written) { WasExecuted = wasExecuted };
        }

        var response = operation.Type == OperationType.Mutation && options.AroundMutation is { } around
            ? await around(http, new MutationRequest(request.Query, request.OperationName, request.Variables, operation.RootFieldCount), Run)
            : await Run();
        await Send(http, response);
    }

    /// <summary>
    /// A request that is well formed but cannot be executed: 400 in the media type that was made for it; 200 in plain JSON, whose older clients
    /// look for errors in the body.
    /// </summary>
    private static int StatusOfRequestError(string mediaType) => mediaType == MediaTypes.GraphQLResponse ? 400 : 200;

    private static GraphQLResponse Refuse(int statusCode, string mediaType, string message) =>
        GraphQLResponse.Refusal(statusCode, MediaTypes.Utf8(mediaType), message, ErrorCodes.BadRequest);

    private static async Task Send(HttpContext http, GraphQLResponse response)
    {
        http.Response.StatusCode = response.StatusCode;
        http.Response.ContentType = response.ContentType;
        http.Response.ContentLength = response.Body.Length;
        foreach (var (name, value) in response.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.Body.WriteAsync(response.Body, http.RequestAborted);
    }
}

/// <summary>The media types of GraphQL over HTTP.</summary>
public static class MediaTypes
{
    /// <summary>The older clients' media type.</summary>
    public const string Json = "application/json";

    /// <summary>The media type that says by its status what happened.</summary>
    public const string GraphQLResponse = "application/graphql-response+json";

    /// <summary>A media type with its charset, as it is sent.</summary>
    public static string Utf8(string mediaType) => $"{mediaType}; charset=utf-8";

    /// <summary>Whether a Content-Type is JSON in UTF-8.</summary>
    public static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var parsed)
        && parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && (parsed.Charset.Length == 0 || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || parsed.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A request's whole body in a pooled buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] buffer;
    private int length;

    private RequestBody(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Reads the body, or returns null as soon as it is known to be too large.</summary>
    public static async ValueTask<RequestBody?> Read(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var body = new RequestBody((int)(request.ContentLength ?? 4096) + 1);
        try
        {
            while (true)
            {
                if (body.length == body.buffer.Length)
                {
                    body.Grow();
                }

                var read = await request.Body.ReadAsync(body.buffer.AsMemory(body.length), cancellation);
                if (read == 0)
                {
                    var whole = body;
                    body = null;
                    return whole;
                }

                body.length += read;
                if (body.length > maxBytes)
                {
                    return null;
                }
            }
        }
        finally
        {
            body?.Dispose();
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            length = 0;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// GraphQL over HTTP, September 2026: POST with a JSON body, or GET with the parameters in the URL, answered as <c>application/graphql-response+json</c> or
/// <c>application/json</c>. Credentials come in headers only and a simple cross-site form cannot send JSON, so there is nothing to forge; GET executes no mutation.
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

    private async Task Handle(HttpContext http)
    {
        if (options.Admit is { } admit && !await admit(http))
        {
            return;
        }

        http.Response.Headers.CacheControl = "private, no-store";
        var mediaType = MediaTypes.Negotiate(http.Request);
        if (mediaType is null)
        {
            await Refuse(406, MediaTypes.Json, $"Accept must allow {MediaTypes.GraphQLResponse} or {MediaTypes.Json}.").Send(http);
        }
        else if (HttpMethods.IsGet(http.Request.Method))
        {
            await HandleGet(http, mediaType);
        }
        else if (!HttpMethods.IsPost(http.Request.Method))
        {
            await NotAllowed(mediaType, "Send the request with POST or GET.", "GET, POST").Send(http);
        }
        else if (!MediaTypes.IsJson(http.Request.ContentType))
        {
            await Refuse(415, mediaType, $"Content-Type must be {MediaTypes.Json} in UTF-8.").Send(http);
        }
        else
        {
            await HandlePost(http, mediaType);
        }
    }

    private async Task HandleGet(HttpContext http, string mediaType)
    {
        var client = options.Client(http);
        if (GraphQLRequest.TryRead(http.Request.Query, client.Limits.MaxNesting, out var request) is { } problem)
        {
            await Refuse(400, mediaType, problem).Send(http);
            return;
        }

        await WaitAndExecute(http, mediaType, request, client);
    }

    private async Task HandlePost(HttpContext http, string mediaType)
    {
        var client = options.Client(http);
        using var body = await RequestBody.Read(http.Request, client.Limits.MaxBodyBytes, http.RequestAborted);
        if (body is null)
        {
            await Refuse(413, mediaType, $"The body must not be larger than {client.Limits.MaxBodyBytes} bytes.").Send(http);
            return;
        }

        if (GraphQLRequest.TryRead(body.Bytes, client.Limits.MaxNesting, out var request) is { } problem)
        {
            await Refuse(400, mediaType, problem).Send(http);
            return;
        }

        await WaitAndExecute(http, mediaType, request, client);
    }

    /// <summary>A body is read before its place is taken: slow senders take none.</summary>
    private async Task WaitAndExecute(HttpContext http, string mediaType, GraphQLRequest request, Client client)
    {
        using var context = new RequestContext(new RequestServices(http), client, options.Time, http.RequestAborted);
        if (!await MayEnter(context))
        {
            var refusal = GraphQLResponse.Refusal(503, MediaTypes.Utf8(mediaType), "The server is busy: try again in a second.", ErrorCodes.Overloaded);
            await (refusal with { Headers = [("Retry-After", "1")] }).Send(http);
            return;
        }

        try
        {
            await Execute(http, mediaType, request, context);
        }
        finally
        {
            options.Gate.Leave();
        }
    }

    /// <summary>Whether there is a place; not if too many wait, nor if the request's time is up before its turn.</summary>
    private async ValueTask<bool> MayEnter(RequestContext context)
    {
        try
        {
            return options.Gate.TryEnter() || await options.Gate.Enter(context.Cancellation);
        }
        catch (OperationCanceledException) when (context.IsTimedOut)
        {
            return false;
        }
    }

    private async Task Execute(HttpContext http, string mediaType, GraphQLRequest request, RequestContext context)
    {
        var (operation, document) = await Prepare(http, request, context.Client);
        using var writer = new Utf8Writer();
        if (operation.Errors.Count > 0)
        {
            await Refuse(operation.Errors, mediaType, writer).Send(http);
            return;
        }

        if (operation.Type == OperationType.Mutation && HttpMethods.IsGet(http.Request.Method))
        {
            await NotAllowed(mediaType, "A mutation is sent with POST.", "POST").Send(http);
            return;
        }

        if (request.TryReadVariables(context.Client.Limits.MaxNesting, out var variables) is { } problem)
        {
            await Refuse(400, mediaType, problem).Send(http);
            return;
        }

        using var disposing = variables;
        var bound = executor.Bind(operation, variables?.RootElement ?? default);
        if (bound.Errors.Count > 0)
        {
            await Refuse(bound.Errors, mediaType, writer).Send(http);
            return;
        }

        async ValueTask<GraphQLResponse> Run()
        {
            // A host may execute again what it rolled back.
            writer.Truncate(0);
            var kind = await executor.Execute(bound, context, writer);
            return GraphQLResponse.Of(kind, mediaType, writer.Written);
        }

        var response = operation.Type == OperationType.Mutation && options.AroundMutation is { } around
            ? await around(http, new MutationRequest(document, request.OperationName, request.Variables, operation.RootFieldCount), Run)
            : await Run();
        await response.Send(http);
    }

    /// <summary>The operation of a document that was sent, or of one that is known by the id that was sent.</summary>
    private async ValueTask<(PreparedOperation Operation, ReadOnlyMemory<byte> Document)> Prepare(HttpContext http, GraphQLRequest request, Client client)
    {
        if (request is { DocumentId: { } claimed, Query: { } text } && PersistedDocument.Of(text).Id != claimed)
        {
            return Refused("The id is not that of the document beside it.", ErrorCodes.BadRequest);
        }

        if (request.DocumentId is { } id && options.PersistedDocuments is { } known && await known.Find(http, id) is { } document)
        {
            return (executor.Prepare(document, request.OperationName), document.Text);
        }

        if (request.DocumentId is null && options.PersistedDocuments is { AreRequired: true })
        {
            return Refused("Only documents that are known here are answered: send the \"documentId\" of one.", ErrorCodes.DocumentIdRequired);
        }

        return request.Query is { } query && options.PersistedDocuments is not { AreRequired: true }
            ? (executor.Prepare(query.Span, request.OperationName, client), query)
            : Refused("There is no document with this id.", ErrorCodes.DocumentNotFound);

        static (PreparedOperation, ReadOnlyMemory<byte>) Refused(string message, string code) => (PreparedOperation.Refused(message, code), default);
    }

    private static GraphQLResponse Refuse(IReadOnlyList<GraphQLError> errors, string mediaType, Utf8Writer writer)
    {
        GraphQLExecutor.WriteErrors(errors, writer);
        return GraphQLResponse.Of(ResponseKind.RequestErrors, mediaType, writer.Written);
    }

    private static GraphQLResponse Refuse(int statusCode, string mediaType, string message) =>
        GraphQLResponse.Refusal(statusCode, MediaTypes.Utf8(mediaType), message, ErrorCodes.BadRequest);

    /// <summary>RFC 9110, section 15.5.6: the answer says what is allowed.</summary>
    private static GraphQLResponse NotAllowed(string mediaType, string message, string allowed) =>
        Refuse(405, mediaType, message) with { Headers = [("Allow", allowed)] };
}

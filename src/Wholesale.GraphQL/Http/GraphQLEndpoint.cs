using System.Globalization;
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
        var sockets = routes.CreateApplicationBuilder();
        sockets.UseWebSockets();
        sockets.Run(endpoint.HandleSocket);
        var handleSocket = sockets.Build();
        return routes.Map(path, http => MayBeSocket(http.Request) ? handleSocket(http) : endpoint.Handle(http));
    }

    /// <summary>RFC 6455 upgrades a GET, RFC 8441 a CONNECT.</summary>
    private static bool MayBeSocket(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    private async Task HandleSocket(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Handle(http);
        }
        else if (options.Connect is not null || options.Admit is null || await options.Admit(http))
        {
            await SocketConnection.Serve(http, executor, options);
        }
    }

    private async Task Handle(HttpContext http)
    {
        if (options.Admit is { } admit && !await admit(http))
        {
            return;
        }

        http.Response.Headers.CacheControl = "private, no-store";
        var mediaType = MediaTypes.Negotiate(http.Request) ?? (MediaTypes.AcceptsEventStream(http.Request) ? MediaTypes.EventStream : null);
        if (mediaType is null)
        {
            await Refuse(406, MediaTypes.Json, $"Accept must allow {MediaTypes.GraphQLResponse}, {MediaTypes.Json} or {MediaTypes.EventStream}.").Send(http);
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

    /// <summary>A body is read before its place is taken: slow senders take none. Nor does a stream between its events.</summary>
    private async Task WaitAndExecute(HttpContext http, string mediaType, GraphQLRequest request, Client client)
    {
        if (await Answer(http, mediaType, request, client) is { } subscription)
        {
            await EventStream.Subscribe(http, executor, options, client, subscription);
        }
    }

    /// <returns>A subscription that is to be answered by a stream; null if there is nothing left to do.</returns>
    private async Task<BoundOperation?> Answer(HttpContext http, string mediaType, GraphQLRequest request, Client client)
    {
        using var watched = options.Begin(http, client, OperationTransport.Http, http.RequestAborted, out var report);
        using var context = new RequestContext(new RequestServices(http), client, options.Time, http.RequestAborted) { Report = report };
        if (!await options.Gate.MayEnter(context))
        {
            report?.Refuse(ErrorCodes.Overloaded);
            var refusal = GraphQLResponse.Refusal(503, RefusalType(mediaType), "The server is busy: try again in a second.", ErrorCodes.Overloaded);
            await (refusal with { Headers = [("Retry-After", "1")] }).Send(http);
            return null;
        }

        try
        {
            return await Execute(http, mediaType, request, context);
        }
        finally
        {
            options.Gate.Leave();
        }
    }

    /// <inheritdoc cref="Answer"/>
    private async Task<BoundOperation?> Execute(HttpContext http, string mediaType, GraphQLRequest request, RequestContext context)
    {
        var (operation, document) = await PersistedDocuments.Prepare(executor, options.PersistedDocuments, request, context);
        using var writer = new Utf8Writer();
        context.Report?.Found(operation);
        if (operation.Errors.Count > 0)
        {
            await Refuse(operation.Errors, mediaType, writer).Send(http);
            return null;
        }

        if (operation.Type == OperationType.Mutation && HttpMethods.IsGet(http.Request.Method))
        {
            await NotAllowed(mediaType, "A mutation is sent with POST.", "POST").Send(http);
            return null;
        }

        if (operation.Type == OperationType.Subscription && !MediaTypes.AcceptsEventStream(http.Request))
        {
            await Refuse(406, mediaType, $"A subscription is answered as {MediaTypes.EventStream}, which Accept must name, or over a WebSocket with the subprotocol {SocketConnection.Subprotocol}.").Send(http);
            return null;
        }

        if (request.TryReadVariables(context.Client.Limits.MaxNesting, out var variables) is { } problem)
        {
            await Refuse(400, mediaType, problem).Send(http);
            return null;
        }

        using var disposing = variables;
        var bound = executor.Bind(operation, variables?.RootElement ?? default, context.Client.Limits);
        if (bound.Errors.Count > 0)
        {
            context.Report?.Refuse(bound.Errors[0].Code);
            var refusal = Refuse(bound.Errors, mediaType, writer);
            var isTooExpensive = bound.Errors[0].Code == ErrorCodes.CostLimitExceeded;
            await (isTooExpensive ? CostReport.AddTo(refusal, http, options.Costs.Statement(context.Client)) : refusal).Send(http);
            return null;
        }

        if (operation.Type == OperationType.Subscription)
        {
            context.Report?.End(OperationOutcome.Subscribed);
            return bound;
        }

        var mutation = operation.Type == OperationType.Mutation
            ? new MutationRequest(document, request.OperationName, request.Variables, operation.RootFields)
            : null;
        await (await Charged(http, mediaType, context, bound, mutation, writer)).Send(http);
        return null;
    }

    /// <summary>Charges the caller, executes, and gives back what it did not cost. What a host answers in the place of an execution costs nothing.</summary>
    private async ValueTask<GraphQLResponse> Charged(
        HttpContext http, string mediaType, RequestContext context, BoundOperation bound, MutationRequest? mutation, Utf8Writer writer)
    {
        var charge = options.Costs.Charge(context.Client, bound);
        if (charge.IsRefused)
        {
            context.Report?.Refuse(ErrorCodes.RateLimited);
            var refusal = GraphQLResponse.Refusal(429, RefusalType(mediaType), charge.Refusal.Message, ErrorCodes.RateLimited);
            var retryAfter = charge.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return CostReport.AddTo(refusal with { Headers = [("Retry-After", retryAfter)] }, http, options.Costs.Statement(context.Client));
        }

        var hasRun = false;
        var cost = default(CostStatement);
        GraphQLResponse response;
        context.Report?.End(OperationOutcome.Failed);
        try
        {
            response = mutation is not null && options.AroundMutation is { } around ? await around(http, mutation, Run) : await Run();
        }
        finally
        {
            cost = charge.Settle(hasRun ? context.ActualCost : null);
            context.Report?.Cost = cost;
        }

        if (!hasRun)
        {
            context.Report?.End(response.StatusCode < StatusCodes.Status400BadRequest ? OperationOutcome.Stored : OperationOutcome.Refused);
        }

        return bound.Cost is null ? response : CostReport.AddTo(response, http, cost, isStored: !hasRun);

        async ValueTask<GraphQLResponse> Run()
        {
            // A host may execute again what it rolled back.
            hasRun = true;
            writer.Truncate(0);
            var kind = await executor.Execute(bound, context, writer);
            context.Report?.End(kind);
            return GraphQLResponse.Of(kind, mediaType, writer.Written);
        }
    }

    private static GraphQLResponse Refuse(IReadOnlyList<GraphQLError> errors, string mediaType, Utf8Writer writer)
    {
        GraphQLExecutor.WriteErrors(errors, writer);
        return GraphQLResponse.Of(ResponseKind.RequestErrors, mediaType, writer.Written);
    }

    private static GraphQLResponse Refuse(int statusCode, string mediaType, string message) =>
        GraphQLResponse.Refusal(statusCode, RefusalType(mediaType), message, ErrorCodes.BadRequest);

    /// <summary>Of an event stream that does not begin the HTTP status tells, and JSON says why.</summary>
    private static string RefusalType(string mediaType) => MediaTypes.Utf8(mediaType == MediaTypes.EventStream ? MediaTypes.Json : mediaType);

    /// <summary>RFC 9110, section 15.5.6: the answer says what is allowed.</summary>
    private static GraphQLResponse NotAllowed(string mediaType, string message, string allowed) =>
        Refuse(405, mediaType, message) with { Headers = [("Allow", allowed)] };
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// GraphQL over Server-Sent Events, "Distinct connections mode": one operation a connection, its responses as <c>next</c> and its end as <c>complete</c>. What is wrong
/// with the HTTP request keeps its HTTP status and a JSON body; what is wrong with the document or its variables is a <c>next</c> with errors, because a browser's
/// EventSource cannot read the body of a refusal. A stream that ends without <c>complete</c> was cut, so that clients come back: the host stops, or the client did not read.
/// </summary>
internal sealed class EventStream
{
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();
    private static readonly byte[] Complete = "event: complete\ndata:\n\n"u8.ToArray();
    private static readonly GraphQLError Ended = new("The credential has expired or was revoked.") { Code = ErrorCodes.Unauthenticated };

    private readonly HttpContext http;
    private readonly EndpointOptions options;
    private readonly Client client;
    private readonly Outbox outbox;

    private EventStream(HttpContext http, EndpointOptions options, Client client)
    {
        this.http = http;
        this.options = options;
        this.client = client;
        outbox = new Outbox(options.Streams.MaxQueuedBytes, http.Abort);
    }

    /// <summary>Answers a subscription, or refuses it because the caller has too many streams.</summary>
    public static async Task Subscribe(HttpContext http, GraphQLExecutor executor, EndpointOptions options, Client client, BoundOperation operation)
    {
        if (!options.Streams.Open.TryEnter(client.ChargedAccount, client.Limits.MaxStreams))
        {
            var message = $"At most {client.Limits.MaxStreams} streams may be open at once.";
            await GraphQLResponse.Refusal(StatusCodes.Status429TooManyRequests, MediaTypes.Utf8(MediaTypes.Json), message, ErrorCodes.TooManyStreams).Send(http);
            return;
        }

        try
        {
            await new EventStream(http, options, client).Run(new StreamedOperation(executor, options, http, client), operation);
        }
        finally
        {
            options.Streams.Open.Leave(client.ChargedAccount);
        }
    }

    /// <summary>Answers with a single response.</summary>
    public static async Task Send(HttpContext http, ReadOnlyMemory<byte> response)
    {
        await Begin(http);
        byte[] all = [.. Next(response.Span), .. Complete];
        await Write(http, all, http.RequestAborted);
    }

    private async Task Run(StreamedOperation streamed, BoundOperation operation)
    {
        var stopping = http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, client.Ended, stopping);
        await Begin(http);
        var sending = outbox.Run(Write, () => http.RequestAborted.IsCancellationRequested);
        using var keepAlive = options.Time.CreateTimer(_ => outbox.Post(Comment), null, options.Streams.KeepAlive, options.Streams.KeepAlive);
        try
        {
            End(await streamed.Subscribe(operation, () => outbox.Post(Comment), response => outbox.Add(Next(response.Written.Span), over.Token), over.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            if (client.Ended.IsCancellationRequested)
            {
                End([Ended]);
            }
        }
        finally
        {
            outbox.Close();
            await sending;
        }
    }

    private void End(IReadOnlyList<GraphQLError> errors)
    {
        if (errors.Count > 0)
        {
            using var writer = new Utf8Writer(1024);
            GraphQLExecutor.WriteErrors(errors, writer);
            outbox.Post(Next(writer.Written.Span));
        }

        outbox.Post(Complete);
    }

    /// <summary>Sends the headers at once; nothing on the way may gather what follows. When the source is open, a comment says so.</summary>
    private static Task Begin(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = MediaTypes.Utf8(MediaTypes.EventStream);
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return http.Response.StartAsync(http.RequestAborted);
    }

    /// <summary>Cuts the connection of a client that does not read.</summary>
    private async ValueTask Write(ReadOnlyMemory<byte> bytes)
    {
        for (var start = 0; start < bytes.Length; start += StreamOptions.FrameBytes)
        {
            using var late = new CancellationTokenSource(options.Streams.SendTimeout, options.Time);
            using var whenLate = late.Token.UnsafeRegister(_ => http.Abort(), null);
            await Write(http, bytes.Slice(start, Math.Min(StreamOptions.FrameBytes, bytes.Length - start)), http.RequestAborted);
        }
    }

    private static async ValueTask Write(HttpContext http, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await http.Response.Body.WriteAsync(bytes, cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }

    /// <summary>A response is one line: JSON has its line breaks escaped.</summary>
    private static byte[] Next(ReadOnlySpan<byte> response) => [.. "event: next\ndata: "u8, .. response, .. "\n\n"u8];
}

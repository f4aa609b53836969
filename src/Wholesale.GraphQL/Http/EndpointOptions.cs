using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>What a host adds to the endpoint.</summary>
public sealed record EndpointOptions
{
    /// <summary>Who asks, and what it may. Asked once a request, before its body is read.</summary>
    public Func<HttpContext, Client> Client { get; init; } = static _ => Execution.Client.Unknown;

    /// <summary>Whether a request may go on; where it may not, this has answered it. Asked before anything of the body is read. Null: every request may.</summary>
    public Func<HttpContext, ValueTask<bool>>? Admit { get; init; }

    /// <summary>What the host puts around a whole mutation operation, its response's bytes included. Null: nothing.</summary>
    public AroundMutation? AroundMutation { get; init; }

    /// <summary>The documents that can be sent by their ids; null where none can.</summary>
    public PersistedDocuments? PersistedDocuments { get; init; }

    /// <summary>How many requests run at once; endpoints of one process may share it.</summary>
    public RequestGate Gate { get; init; } = new();

    /// <summary>
    /// Whose a WebSocket is. Asked once, in place of <see cref="Admit"/> and <see cref="Client"/>, when the client has said <c>connection_init</c>, since browsers can send
    /// no headers with a socket: gets the upgrade request and the payload, an object or undefined. Null of it closes the socket with 4403. Without this, both are asked
    /// before the upgrade, and the payload is ignored.
    /// </summary>
    public Func<HttpContext, JsonElement, ValueTask<Client?>>? Connect { get; init; }

    /// <summary>Told of each service scope that is made beside the HTTP request's own: one for each stream, each of its events and each operation over a socket.</summary>
    public Action<HttpContext, IServiceProvider>? NewScope { get; init; }

    /// <summary>Watches each operation, whatever the transport, and each event of a subscription. Null: nothing is noted of them.</summary>
    public WatchOperation? Watch { get; init; }

    /// <summary>What streams may take.</summary>
    public StreamOptions Streams { get; init; } = new();

    /// <summary>What callers have left to spend; endpoints of one process may share it.</summary>
    public CostBuckets Costs { get; init; } = new();

    /// <summary>Measures time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Tells the watcher, if there is one, that an operation begins.</summary>
    /// <param name="report">Null where nobody watches.</param>
    internal IDisposable? Begin(HttpContext http, Client client, OperationTransport transport, CancellationToken aborted, out OperationReport? report)
    {
        report = Watch is null ? null : new OperationReport(client, transport, aborted);
        return report is null ? null : Watch!(http, report);
    }
}

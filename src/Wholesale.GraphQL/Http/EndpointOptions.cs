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

    /// <summary>Measures time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

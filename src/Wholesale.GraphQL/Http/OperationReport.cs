using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// Watches operations, as telemetry does: called when one begins, before it waits for a place, on the flow of control that executes it, so that what this sets as
/// AsyncLocal holds for its resolvers.
/// </summary>
/// <param name="http">The HTTP request; of a socket or stream, the one that opened it.</param>
/// <param name="report">Says what is known so far, and all there is to say at the end.</param>
/// <returns>Disposed of at the end, on the same flow of control, also where something was thrown; null: nobody looks at the end.</returns>
public delegate IDisposable? WatchOperation(HttpContext http, OperationReport report);

/// <summary>What an operation turns out to be while it is answered. One operation's; not thread-safe.</summary>
public sealed class OperationReport
{
    private readonly CancellationToken aborted;
    private OperationOutcome outcome = OperationOutcome.Failed;

    internal OperationReport(Client client, OperationTransport transport, CancellationToken aborted) => (Client, Transport, this.aborted) = (client, transport, aborted);

    /// <summary>Who asks.</summary>
    public Client Client { get; }

    /// <summary>How it came.</summary>
    public OperationTransport Transport { get; }

    /// <summary>The kind of operation; null where no valid one was found.</summary>
    public OperationType? Type => Plan?.Operation.Operation;

    /// <summary>The operation's own name, as its author chose it, of any length; null for an anonymous one.</summary>
    public string? Name => Plan?.Operation.Name?.Value;

    /// <summary>The document's id, made anew at each call: see <see cref="PersistedDocument.Id"/>. Null where no valid operation was found.</summary>
    public string? DocumentId => Plan is { } plan ? PersistedDocument.IdOf(plan.Document) : null;

    /// <summary>Whether the document is one that the host keeps, and so its names are none that a client made up. Of an event: false.</summary>
    public bool IsPersisted { get; internal set; }

    /// <summary>How it ended; <see cref="OperationOutcome.Failed"/> until then.</summary>
    public OperationOutcome Outcome => outcome == OperationOutcome.Failed && aborted.IsCancellationRequested ? OperationOutcome.Cancelled : outcome;

    /// <summary>The code of the first error of a refusal; null for others.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>What it cost; null where nothing was charged.</summary>
    public CostStatement? Cost { get; internal set; }

    internal Plan? Plan { get; set; }

    internal void Found(PreparedOperation operation)
    {
        Plan = operation.Plan;
        Refuse(operation.Errors.Count > 0 ? operation.Errors[0].Code : ErrorCodes.BadRequest);
    }

    /// <summary>Unless it goes further, it was refused.</summary>
    internal void Refuse(string? code) => (outcome, ErrorCode) = (OperationOutcome.Refused, code);

    internal void End(OperationOutcome how) => (outcome, ErrorCode) = (how, null);

    internal void End(ResponseKind kind) => End(kind == ResponseKind.Data ? OperationOutcome.Succeeded : OperationOutcome.Partial);
}

/// <summary>How an operation comes.</summary>
public enum OperationTransport
{
    /// <summary>It is an HTTP request.</summary>
    Http,

    /// <summary>It is one of a WebSocket's operations.</summary>
    WebSocket,

    /// <summary>It is executed for an event of a subscription, over either transport.</summary>
    Event,
}

/// <summary>How an operation ends.</summary>
public enum OperationOutcome
{
    /// <summary>Data, and no errors.</summary>
    Succeeded,

    /// <summary>Data, possibly null, and errors.</summary>
    Partial,

    /// <summary>Nothing was executed: the request is malformed or beyond a limit, or the host answered that it may not be.</summary>
    Refused,

    /// <summary>The host answered from what it keeps.</summary>
    Stored,

    /// <summary>A subscription that is valid; its stream is opened after this.</summary>
    Subscribed,

    /// <summary>Nobody waited for it any more.</summary>
    Cancelled,

    /// <summary>An exception ended it.</summary>
    Failed,
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.Features;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Language;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Telemetry;

/// <summary>
/// What is told of GraphQL operations, whatever the transport: the span of an HTTP request says which one it was, an operation of a socket and an event of a stream have
/// a span of their own, in a trace of its own that is linked to the one of the request which opened the stream. One a process; thread-safe.
/// </summary>
internal sealed class OperationTelemetry : IDisposable
{
    private const int MaxNameLength = 100;

    private readonly Meter meter = new(Tracing.Name);
    private readonly Histogram<double> durations;
    private readonly Counter<long> charged;
    private readonly Counter<long> actual;
    private readonly bool namesSpans;

    /// <param name="committed">This process's commits, which are counted.</param>
    /// <param name="namesSpans">Whether spans are called by names that any client may make up.</param>
    public OperationTelemetry(CommittedEvents committed, bool namesSpans)
    {
        this.namesSpans = namesSpans;
        durations = meter.CreateHistogram(
            "wholesale.operation.duration", "s", "How long GraphQL operations take, waiting for a place included.", advice: Seconds.Advice);
        charged = meter.CreateCounter<long>("wholesale.cost.charged", "{cost}", "What operations were charged: the most that they could cost.");
        actual = meter.CreateCounter<long>("wholesale.cost.actual", "{cost}", "What operations did cost.");
        var events = meter.CreateCounter<long>("wholesale.events.committed", "{event}", "Events that this node committed.");
        committed.Written += commit =>
        {
            foreach (var (type, count) in commit.CountBy(e => e.Type))
            {
                events.Add(count, new KeyValuePair<string, object?>("wholesale.event.type", type));
            }
        };
    }

    /// <summary>An operation begins.</summary>
    public IDisposable Begin(HttpContext http, OperationReport report)
    {
        var request = http.Features.Get<RequestTally>();
        if (report.Transport == OperationTransport.Http)
        {
            return new Watched(this, http, report, request, isOwn: false);
        }

        request?.Close();
        Activity.Current = null; // or the span would be the request's child, in a trace that lasts as long as the stream
        ActivityLink[] links = request?.Span is { } opened ? [new ActivityLink(opened.Context)] : [];
        return new Watched(this, http, report, RequestTally.Begin(Tracing.Source.StartActivity("GraphQL Operation", ActivityKind.Server, default(ActivityContext), null, links)), isOwn: true);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>How kinds of callers are called.</summary>
    public static string KindOf(Principal principal) => principal.Kind switch
    {
        PrincipalKind.Anonymous => "anonymous",
        PrincipalKind.CompanyUser => "company_user",
        _ => "staff",
    };

    private static string TransportOf(OperationReport report) => report.Transport switch
    {
        OperationTransport.Http => "http",
        OperationTransport.WebSocket => "websocket",
        _ => "event",
    };

    private static string OutcomeOf(OperationReport report) => report.Outcome.ToString().ToLowerInvariant();

    private static string? TypeOf(OperationReport report) => report.Type switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        OperationType.Subscription => "subscription",
        _ => null,
    };

    private static void Describe(Activity span, OperationReport report, RequestTally tally)
    {
        var name = report.Name;
        span.SetTag("graphql.operation.type", TypeOf(report));
        span.SetTag("graphql.operation.name", name?.Length > MaxNameLength ? name[..MaxNameLength] : name);
        span.SetTag("graphql.document.hash", report.DocumentId);
        span.SetTag("wholesale.operation.outcome", OutcomeOf(report));
        span.SetTag("wholesale.operation.transport", TransportOf(report));
        span.SetTag("wholesale.error.code", report.ErrorCode);
        span.SetTag("wholesale.cost.charged", report.Cost?.Charged);
        span.SetTag("wholesale.cost.actual", report.Cost?.Actual);
        span.SetTag("wholesale.principal.kind", KindOf(report.Client.Caller as Principal ?? Principal.Anonymous));
        if (report.Outcome == OperationOutcome.Failed || (report.Outcome == OperationOutcome.Partial && tally.Failure is not null))
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag("error.type", tally.Failure ?? "_OTHER");
        }
    }

    /// <summary>
    /// The semantic conventions name a span by the operation's type alone, since anyone can make up names, and every name is one more to choose from. Staff and the
    /// authors of trusted documents make up few.
    /// </summary>
    private string SpanNameOf(OperationReport report)
    {
        var type = TypeOf(report) ?? "GraphQL Operation";
        return report.Name is { Length: <= MaxNameLength } name && (namesSpans || report.IsPersisted || report.Client.Caller is Principal { Kind: PrincipalKind.Staff })
            ? $"{type} {name}"
            : type;
    }

    private void Count(HttpContext http, OperationReport report, TimeSpan duration)
    {
        KeyValuePair<string, object?> type = new("graphql.operation.type", TypeOf(report) ?? "none");
        durations.Record(
            duration.TotalSeconds, type, new("wholesale.operation.outcome", OutcomeOf(report)), new("wholesale.operation.transport", TransportOf(report)));
        if (report.Transport == OperationTransport.Http)
        {
            http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(type);
        }

        if (report.Cost is { } cost)
        {
            KeyValuePair<string, object?> kind = new("wholesale.principal.kind", KindOf(report.Client.Caller as Principal ?? Principal.Anonymous));
            charged.Add(cost.Charged, type, kind);
            actual.Add(cost.Actual, type, kind);
        }
    }

    /// <summary>An operation, until it has ended.</summary>
    private sealed class Watched(OperationTelemetry telemetry, HttpContext http, OperationReport report, RequestTally? tally, bool isOwn) : IDisposable
    {
        private readonly long start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            telemetry.Count(http, report, Stopwatch.GetElapsedTime(start));
            if (tally?.Span is { IsAllDataRequested: true } span)
            {
                Describe(span, report, tally);
                tally.SpanName = telemetry.SpanNameOf(report);
                span.DisplayName = tally.SpanName;
            }

            if (isOwn || report.Outcome == OperationOutcome.Subscribed)
            {
                tally?.Close();
            }

            if (isOwn)
            {
                tally?.Span?.Stop();
            }
        }
    }
}

using System.Text.Json;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.GraphQL.Validation;

namespace Wholesale.GraphQL.Execution;

/// <summary>What an executor refuses, keeps and tells.</summary>
public sealed record ExecutorOptions
{
    /// <summary>Whether validation may ask "Did you mean …?". Off in production: suggestions reveal names.</summary>
    public bool Suggestions { get; init; } = true;

    /// <summary>What the host adds to execution.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>Bytes of valid documents that are kept; one caller fills at most a tenth.</summary>
    public long DocumentCacheBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>Section 6 "Execution": from the bytes of a document to the bytes of a response. Thread-safe; one for a schema.</summary>
public sealed partial class GraphQLExecutor(ExecutableSchema schema, ExecutorOptions? options = null)
{
    private readonly ExecutorOptions options = options ?? new();
    private readonly DocumentCache cache = new((options ?? new()).DocumentCacheBytes);

    /// <summary>The schema that this executor answers.</summary>
    public ExecutableSchema Schema => schema;

    internal DocumentCache Cache => cache;

    /// <summary>Parses, validates and plans, or finds all that in the cache.</summary>
    /// <param name="document">UTF-8; copied if it is kept.</param>
    /// <param name="operationName">Null or empty: the only operation there is.</param>
    /// <param name="client">Who sends it: its limits hold, and it is charged for the cache.</param>
    public PreparedOperation Prepare(ReadOnlySpan<byte> document, string? operationName, Client client)
    {
        var hash = DocumentHash.Of(document);
        var cached = cache.Find(hash);
        if (cached is null)
        {
            if (Validated(document, client.Limits, out cached) is { Count: > 0 } errors)
            {
                return new PreparedOperation(errors);
            }

            cache.Add(hash, cached!, client.DocumentOwner);
        }
        else if (cached.Metrics.Problem(client.Limits) is { } problem)
        {
            return TooLarge(problem);
        }

        return PlanOf(hash, cached!, operationName ?? "", client.Limits);
    }

    /// <summary>As the other one, for a document that the host vouches for: no limit of the client's is compared with it, but what it may cost with the client's variables is.</summary>
    public PreparedOperation Prepare(PersistedDocument document, string? operationName)
    {
        var cached = cache.Find(document.Hash);
        if (cached is null)
        {
            if (Validated(document.Text.Span, RequestLimits.Unlimited, out cached) is { Count: > 0 } errors)
            {
                return new PreparedOperation(errors);
            }

            cache.Add(document.Hash, cached!, typeof(PersistedDocument));
        }

        return PlanOf(document.Hash, cached!, operationName ?? "", RequestLimits.Unlimited);
    }

    /// <summary>Whether all operations of a document can be executed: parses, validates and plans them, and keeps nothing.</summary>
    /// <param name="document">UTF-8.</param>
    /// <param name="limits">What the document may take.</param>
    /// <param name="operations">Their names in the order of the text; a single operation without a name has none.</param>
    /// <returns>Why not; empty if they can.</returns>
    public IReadOnlyList<GraphQLError> Check(ReadOnlySpan<byte> document, RequestLimits limits, out IReadOnlyList<string> operations)
    {
        operations = [];
        if (Validated(document, limits, out var valid) is { Count: > 0 } errors)
        {
            return errors;
        }

        var definitions = valid!.Document.Definitions.OfType<OperationDefinitionNode>().ToList();
        operations = [.. definitions.Select(o => o.Name?.Value).OfType<string>()];
        foreach (var definition in definitions)
        {
            Planner.Create(schema, valid.Document, definition, limits, out errors);
            if (errors.Count > 0)
            {
                return errors;
            }
        }

        return [];
    }

    /// <summary>Section 6.1.2: gives a prepared operation the values of one request, and prices it: it may cost no more than <see cref="RequestLimits.MaxCost"/>.</summary>
    /// <param name="operation">Without errors.</param>
    /// <param name="variables">A JSON object, JSON null or nothing.</param>
    /// <param name="limits">Those of the client that gave the variables; null: those that the operation was prepared with.</param>
    public BoundOperation Bind(PreparedOperation operation, JsonElement variables, RequestLimits? limits = null)
    {
        var errors = new List<GraphQLError>();
        var coerced = Variables.Coerce(schema, operation.Plan!, variables, errors);
        if (errors.Count > 0)
        {
            return new BoundOperation(errors);
        }

        var cost = OperationCost.Of(operation.Plan!, coerced, out var problem);
        problem ??= cost?.Problem(limits ?? operation.Limits);
        return problem is null ? new BoundOperation(operation.Plan!, coerced, cost) : new BoundOperation([problem]);
    }

    /// <summary>Runs an operation and writes the response.</summary>
    /// <param name="operation">Without errors, a query or mutation. It may be run again.</param>
    /// <param name="context">The request.</param>
    /// <param name="writer">Gets <c>{"data":…}</c>, with the errors before it if there are any.</param>
    public async ValueTask<ResponseKind> Execute(BoundOperation operation, RequestContext context, Utf8Writer writer)
    {
        var plan = operation.Plan!;
        if (plan.IsSubscription)
        {
            throw new InvalidOperationException("A subscription is answered by Subscribe.");
        }

        var run = plan.Rent();
        try
        {
            run.Cost = operation.Price;
            run.Begin(context, operation.Variables, options.Execution);
            await run.Execute();
            return Write(run, writer) && !run.HasErrors ? ResponseKind.Data : ResponseKind.DataAndErrors;
        }
        finally
        {
            plan.Return(run);
        }
    }

    /// <returns>False if the response is too large, which is then all it says.</returns>
    private bool Write(Run run, Utf8Writer writer)
    {
        var start = writer.Length;
        writer.MaxLength = (int)Math.Min((long)start + options.Execution.MaxResponseBytes, int.MaxValue);
        try
        {
            run.Write(writer);
            return true;
        }
        catch (ResponseTooLargeException)
        {
            writer.Truncate(start);
            writer.MaxLength = int.MaxValue;
            writer.Raw((byte)'{');
            ErrorWriter.Write([new GraphQLError($"The response is larger than {options.Execution.MaxResponseBytes} bytes.") { Code = ErrorCodes.TooLarge }], writer);
            writer.Raw(",\"data\":null}"u8);
            return false;
        }
    }

    /// <summary>A response that has no data because the request was refused: section 7.1.2 "Request Errors".</summary>
    public static void WriteErrors(IEnumerable<GraphQLError> errors, Utf8Writer writer)
    {
        writer.Raw((byte)'{');
        ErrorWriter.Write(errors, writer);
        writer.Raw((byte)'}');
    }

    /// <summary>Parses, measures and validates; each stops at the client's limits before the next begins.</summary>
    /// <returns>Why there is no document; null if there is one.</returns>
    private IReadOnlyList<GraphQLError>? Validated(ReadOnlySpan<byte> document, RequestLimits limits, out CachedDocument? valid)
    {
        valid = null;
        DocumentNode parsed;
        try
        {
            parsed = Parser.Parse(new Source(document.ToArray()), limits.Parser);
        }
        catch (GraphQLSyntaxException exception)
        {
            return [exception.Error];
        }

        var metrics = DocumentMetrics.Of(parsed);
        if (metrics.Problem(limits) is { } problem)
        {
            return TooLarge(problem).Errors;
        }

        var errors = DocumentValidator.Validate(schema.Schema, parsed, limits.Validation(options.Suggestions) with { ScalarProblem = schema.ProblemOf }, metrics);
        valid = new CachedDocument(parsed, metrics);
        return errors;
    }

    /// <summary>Section 6.1 GetOperation(), and its plan.</summary>
    private PreparedOperation PlanOf(in DocumentHash hash, CachedDocument cached, string operationName, RequestLimits limits)
    {
        if (cached.Plans.TryGetValue(operationName, out var known))
        {
            return known.Metrics.Problem(limits) is { } problem ? new PreparedOperation([problem]) : new PreparedOperation(known, limits);
        }

        OperationDefinitionNode? operation = null;
        foreach (var definition in cached.Document.Definitions)
        {
            if (definition is not OperationDefinitionNode candidate || (operationName.Length > 0 && candidate.Name?.Value != operationName))
            {
                continue;
            }

            if (operation is not null)
            {
                return Unresolved("The document has several operations: say which one with \"operationName\".");
            }

            operation = candidate;
        }

        if (operation is null)
        {
            return Unresolved(operationName.Length == 0 ? "The document has no operation." : $"The document has no operation named \"{operationName}\".");
        }

        var plan = Planner.Create(schema, cached.Document, operation, limits, out var errors);
        if (plan is null)
        {
            return new PreparedOperation(errors);
        }

        plan.Document = hash;
        return new PreparedOperation(cache.Keep(hash, cached, operationName, plan), limits);
    }

    private static PreparedOperation TooLarge(string message) => PreparedOperation.Refused(message, ErrorCodes.TooLarge);

    private static PreparedOperation Unresolved(string message) => PreparedOperation.Refused(message, ErrorCodes.OperationNotFound);
}

/// <summary>Section 7.1 "Response Format": what a response holds.</summary>
public enum ResponseKind
{
    /// <summary>No data: the request was refused before execution began.</summary>
    RequestErrors,

    /// <summary>Data and no errors.</summary>
    Data,

    /// <summary>Data, possibly null, and errors: a partial response.</summary>
    DataAndErrors,
}

/// <summary>An operation that can be executed, or the errors why none can.</summary>
public sealed class PreparedOperation
{
    internal PreparedOperation(Plan plan, RequestLimits limits) => (Plan, Limits) = (plan, limits);

    internal PreparedOperation(IReadOnlyList<GraphQLError> errors) => Errors = errors;

    /// <summary>No operation, and one error that has no place in a document.</summary>
    internal static PreparedOperation Refused(string message, string code) => new([new GraphQLError(message) { Code = code }]);

    /// <summary>Empty if it can be executed.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; } = [];

    /// <summary>The kind of operation.</summary>
    public OperationType Type => Plan?.Operation.Operation ?? OperationType.Query;

    /// <summary>The operation's own name; null for an anonymous one.</summary>
    public string? Name => Plan?.Operation.Name?.Value;

    /// <summary>The root fields that the operation can have, in its order.</summary>
    public IReadOnlyList<FieldDefinition> RootFields => Plan is null ? [] : [.. Plan.Root.Fields.Select(root => root.Definition)];

    internal Plan? Plan { get; }

    /// <summary>Those of the client it was prepared for.</summary>
    internal RequestLimits Limits { get; } = RequestLimits.SignedIn;
}

/// <summary>An operation with the values of its variables, or the errors why they are none.</summary>
public sealed class BoundOperation
{
    internal BoundOperation(Plan plan, Variables variables, OperationCost? price) => (Plan, Variables, Price) = (plan, variables, price);

    internal BoundOperation(IReadOnlyList<GraphQLError> errors) => Errors = errors;

    /// <summary>Empty if it can be executed.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; } = [];

    internal Plan? Plan { get; }

    /// <summary>What it costs at most, whole; null in a schema that defines neither <c>@cost</c> nor <c>@listSize</c>.</summary>
    public long? Cost => Price?.Whole;

    internal Variables Variables { get; } = Variables.None;

    internal OperationCost? Price { get; }
}

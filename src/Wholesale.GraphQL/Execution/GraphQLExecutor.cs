using System.Text.Json;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Validation;

namespace Wholesale.GraphQL.Execution;

/// <summary>What an executor refuses, keeps and tells.</summary>
public sealed record ExecutorOptions
{
    /// <summary>Limits of the parser.</summary>
    public ParserOptions Parser { get; init; } = new();

    /// <summary>Limits of validation.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>What the host adds to execution.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>Bytes of valid documents that are kept; one caller fills at most a tenth.</summary>
    public long DocumentCacheBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>Section 6 "Execution": from the bytes of a document to the bytes of a response. Thread-safe; one for a schema.</summary>
public sealed class GraphQLExecutor(ExecutableSchema schema, ExecutorOptions? options = null)
{
    private readonly ExecutorOptions options = options ?? new();
    private readonly DocumentCache cache = new((options ?? new()).DocumentCacheBytes);

    /// <summary>The schema that this executor answers.</summary>
    public ExecutableSchema Schema => schema;

    internal DocumentCache Cache => cache;

    /// <summary>Parses, validates and plans, or finds all that in the cache.</summary>
    /// <param name="document">UTF-8; copied if it is kept.</param>
    /// <param name="operationName">Null or empty: the only operation there is.</param>
    /// <param name="owner">Who is charged for the cache: compared by Equals.</param>
    public PreparedOperation Prepare(ReadOnlySpan<byte> document, string? operationName, object owner)
    {
        operationName ??= "";
        var hash = DocumentHash.Of(document);
        var cached = cache.Find(hash);
        if (cached is null)
        {
            DocumentNode parsed;
            try
            {
                parsed = Parser.Parse(new Source(document.ToArray()), options.Parser);
            }
            catch (GraphQLSyntaxException exception)
            {
                return new PreparedOperation([exception.Error]);
            }

            var errors = DocumentValidator.Validate(schema.Schema, parsed, options.Validation);
            if (errors.Count > 0)
            {
                return new PreparedOperation(errors);
            }

            cached = new CachedDocument(parsed);
            cache.Add(hash, cached, owner);
        }

        return PlanOf(hash, cached, operationName);
    }

    /// <summary>Runs a prepared operation and writes the response.</summary>
    /// <param name="operation">Without errors.</param>
    /// <param name="variables">A JSON object, JSON null or nothing.</param>
    /// <param name="context">The request.</param>
    /// <param name="writer">Gets <c>{"data":…}</c>, or <c>{"errors":…}</c> alone if the variables do not fit.</param>
    /// <returns>Whether it was executed: false for a request error.</returns>
    public async ValueTask<bool> Execute(PreparedOperation operation, JsonElement variables, RequestContext context, Utf8Writer writer)
    {
        var plan = operation.Plan!;
        var errors = new List<GraphQLError>();
        var coerced = Variables.Coerce(schema, plan, variables, errors);
        if (errors.Count > 0)
        {
            WriteErrors(errors, writer);
            return false;
        }

        var run = plan.Rent();
        try
        {
            await run.Execute(context, coerced, options.Execution);
            Write(run, writer);
        }
        finally
        {
            plan.Return(run);
        }

        return true;
    }

    private void Write(Run run, Utf8Writer writer)
    {
        var start = writer.Length;
        writer.MaxLength = (int)Math.Min((long)start + options.Execution.MaxResponseBytes, int.MaxValue);
        try
        {
            run.Write(writer);
        }
        catch (ResponseTooLargeException)
        {
            writer.Truncate(start);
            writer.MaxLength = int.MaxValue;
            writer.Raw((byte)'{');
            ErrorWriter.Write([new GraphQLError($"The response is larger than {options.Execution.MaxResponseBytes} bytes.") { Code = ErrorCodes.TooLarge }], writer);
            writer.Raw(",\"data\":null}"u8);
        }
    }

    /// <summary>A response that has no data because the request was refused: section 7.1.2 "Request Errors".</summary>
    public static void WriteErrors(IEnumerable<GraphQLError> errors, Utf8Writer writer)
    {
        writer.Raw((byte)'{');
        ErrorWriter.Write(errors, writer);
        writer.Raw((byte)'}');
    }

    /// <summary>Section 6.1 GetOperation(), and its plan.</summary>
    private PreparedOperation PlanOf(in DocumentHash hash, CachedDocument cached, string operationName)
    {
        if (cached.Plans.TryGetValue(operationName, out var known))
        {
            return new PreparedOperation(known);
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

        if (operation.Operation == OperationType.Subscription)
        {
            return Unresolved("Subscriptions are not answered here.");
        }

        var plan = Planner.Create(schema, cached.Document, operation, out var errors);
        return plan is null ? new PreparedOperation(errors) : new PreparedOperation(cache.Keep(hash, cached, operationName, plan));
    }

    private static PreparedOperation Unresolved(string message) => new([new GraphQLError(message) { Code = ErrorCodes.OperationNotFound }]);
}

/// <summary>An operation that can be executed, or the errors why none can.</summary>
public sealed class PreparedOperation
{
    internal PreparedOperation(Plan plan) => Plan = plan;

    internal PreparedOperation(IReadOnlyList<GraphQLError> errors) => Errors = errors;

    /// <summary>Empty if it can be executed.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; } = [];

    /// <summary>The kind of operation.</summary>
    public OperationType Type => Plan?.Operation.Operation ?? OperationType.Query;

    /// <summary>The operation's own name; null for an anonymous one.</summary>
    public string? Name => Plan?.Operation.Name?.Value;

    /// <summary>How many root fields the operation can have at most.</summary>
    public int RootFieldCount => Plan?.Root.Fields.Length ?? 0;

    internal Plan? Plan { get; }
}

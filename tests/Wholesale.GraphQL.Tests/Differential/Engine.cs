using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>This engine over generated data, with every limit lifted that could cut an answer short.</summary>
internal sealed class Engine
{
    private static readonly Client Client = new() { Limits = RequestLimits.Unlimited with { MaxValidationErrors = int.MaxValue } };

    private static readonly RequestContext Context = new(NoServices.Instance, caller: null, CancellationToken.None);

    private readonly GraphQLExecutor executor;

    public Engine(string sdl, string seed)
    {
        Schema = SchemaBuilder.Build([new Source(sdl)]);
        executor = new GraphQLExecutor(GeneratedBinding.Bind(Schema, seed), new ExecutorOptions { Suggestions = false });
    }

    public Schema Schema { get; }

    public async Task<Answer> Ask(DifferentialRequest request)
    {
        var operation = executor.Prepare(Encoding.UTF8.GetBytes(request.Query), request.OperationName, Client);
        if (operation.Type == OperationType.Subscription || operation.Errors is [{ Code: ErrorCodes.OperationNotFound }])
        {
            return IsSubscription(request) ? new Answer(Verdict.Valid, []) : new Answer(Verdict.Refused, [.. operation.Errors.Select(Shown)]);
        }

        if (operation.Errors.Count > 0)
        {
            return Refusal(operation.Errors);
        }

        var bound = executor.Bind(operation, request.Variables);
        if (bound.Errors.Count > 0)
        {
            return new Answer(Verdict.Refused, [.. bound.Errors.Select(Shown)]);
        }

        using var writer = new Utf8Writer();
        await executor.Execute(bound, Context, writer);
        using var response = JsonDocument.Parse(writer.Written);
        var errors = response.RootElement.TryGetProperty("errors", out var listed) ? Answer.ErrorsOf(listed) : [];
        return new Answer(Verdict.Executed, errors, response.RootElement.GetProperty("data").GetRawText());
    }

    private static Answer Refusal(IReadOnlyList<GraphQLError> errors)
    {
        var verdict = errors[0].Code switch
        {
            ErrorCodes.ParseFailed => Verdict.Syntax,
            ErrorCodes.ValidationFailed => Verdict.Invalid,
            _ => Verdict.Refused,
        };
        return new Answer(verdict, [.. errors.Select(Shown)]);
    }

    /// <summary>Whether the one operation that is asked for is a subscription, which is validated and not run.</summary>
    private static bool IsSubscription(DifferentialRequest request)
    {
        var asked = Parser.Parse(new Source(request.Query), new ParserOptions { MaxTokens = int.MaxValue }).Definitions.OfType<OperationDefinitionNode>()
            .Where(o => request.OperationName is null || o.Name?.Value == request.OperationName);
        return asked.ToList() is [{ Operation: OperationType.Subscription }];
    }

    private static AnswerError Shown(GraphQLError error) =>
        new(null, string.Join(" ", error.Locations.Select(l => $"{l.Line}:{l.Column}")), error.Message);

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

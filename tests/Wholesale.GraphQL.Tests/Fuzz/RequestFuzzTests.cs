using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>
/// Whatever the body of a request: the whole way through reading, parsing, validation, planning, coercion and execution ends in a response that is JSON,
/// and in no error that is the server's own.
/// </summary>
public sealed class RequestFuzzTests
{
    private const string EveryInput = """
        query Every($required: Int!, $int: Int = 3, $float: Float, $string: String, $boolean: Boolean = true, $id: ID, $trick: Trick, $json: Json, $ints: [Int],
            $grid: [[Int!]]!, $shape: Shape, $shapes: [Shape!], $adoption: Adoption, $y: Int) {
          gauge {
            int(value: $int) requiredInt(value: $required) float(value: $float) string(value: $string) boolean(value: $boolean) id(value: $id)
            trick(value: $trick) json(value: $json) ints(value: $ints) grid(value: $grid) shape(value: $shape) shapes(value: $shapes) adoption(value: $adoption)
            two(x: $required, y: $y) @skip(if: $boolean)
            inner: shape(value: { required: true, int: $int, string: $string, json: $json, trick: $trick }) @include(if: $boolean)
          }
        }
        """;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly RequestContext Context = new(new ServiceCollection().BuildServiceProvider(), null, CancellationToken.None);

    [Fact]
    public void Any_document_gets_an_answer()
    {
        var run = new FuzzRun("requests, by their documents");
        var documents = new DocumentGrammar(FuzzSchema.Schema, run.Random);
        var values = new JsonGrammar(run.Random);
        var server = new Server(run, ["data", "errors", "parse", "request", "too large", "validation", "variables", "subscription"]);
        var corpus = new Corpus(run.Random, () => Encoding.UTF8.GetBytes(documents.Document()), new Damage(run.Random, GraphQLPieces.Document, maxChanges: 1));

        run.Run(100_000, () => Body(corpus.Next(), Value(values.Variables([("v0", Type("Int")), ("v1", Type("String")), ("v2", Type("Boolean"))]))), server.Answer);

        static byte[] Value(string text) => Encoding.UTF8.GetBytes(text);
    }

    [Fact]
    public void Any_variables_get_an_answer()
    {
        var run = new FuzzRun("requests, by their variables");
        var values = new JsonGrammar(run.Random);
        var operation = Assert.IsType<OperationDefinitionNode>(Assert.Single(Parser.Parse(new Source(EveryInput)).Definitions));
        var variables = operation.VariableDefinitions.Select(v => (v.Variable.Name.Value, FuzzSchema.Schema.TypeOf(v.Type)!)).ToList();
        var server = new Server(run, ["data", "errors", "request", "variables"]);
        var refusals = run.Count("refused values", GraphQLMessages.Coercion.Names);
        server.OnError = message => refusals.Add(GraphQLMessages.Coercion.NameOf(message));
        var corpus = new Corpus(run.Random, () => Encoding.UTF8.GetBytes(values.Variables(variables)), new Damage(run.Random, GraphQLPieces.Json, maxChanges: 1));
        var query = Encoding.UTF8.GetBytes(EveryInput);

        run.Run(200_000, () => Body(query, corpus.Next()), server.Answer);
    }

    private static GraphQLType Type(string name) => FuzzSchema.Schema.Type(name)!;

    /// <summary>A body whose query is a JSON string where that is possible, and whose variables are whatever they are.</summary>
    private static byte[] Body(byte[] query, byte[] variables)
    {
        var buffer = new ArrayBufferWriter<byte>(query.Length + variables.Length + 64);
        buffer.Write("{\"query\":"u8);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStringValue(query);
        }

        buffer.Write(",\"variables\":"u8);
        buffer.Write(variables);
        buffer.Write("}"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The way of a request without the network.</summary>
    private sealed class Server
    {
        private readonly GraphQLExecutor executor;
        private readonly Hits answers;
        private Exception? failure;

        public Server(FuzzRun run, IEnumerable<string> answers)
        {
            this.answers = run.Count("answers", answers);
            executor = FuzzSchema.Executor(new ExecutorOptions
            {
                Execution = new ExecutionOptions
                {
                    OnException = (exception, _, _) =>
                    {
                        failure = exception;
                        return null;
                    },
                },
            });
        }

        public Action<string>? OnError { get; set; }

        public void Answer(byte[] body)
        {
            using var writer = new Utf8Writer();
            failure = null;
            var answer = Answer(body, writer);
            if (failure is not null)
            {
                throw new InvalidOperationException("A resolver or the engine threw.", failure);
            }

            answers.Add(answer);
            ExpectJson(writer.Written.Span, answer == "request" ? null : OnError);
        }

        private string Answer(byte[] body, Utf8Writer writer)
        {
            if (GraphQLRequest.TryRead(body, 100, out var request) is { } problem)
            {
                GraphQLExecutor.WriteErrors([new GraphQLError(problem)], writer);
                return "request";
            }

            var operation = executor.Prepare(request.Query!.Value.Span, request.OperationName, Client.Unknown);
            if (operation.Errors.Count > 0)
            {
                GraphQLExecutor.WriteErrors(operation.Errors, writer);
                return operation.Errors[0].Code switch { ErrorCodes.ParseFailed => "parse", ErrorCodes.TooLarge => "too large", _ => "validation" };
            }

            if (request.TryReadVariables(100, out var variables) is { } unreadable)
            {
                GraphQLExecutor.WriteErrors([new GraphQLError(unreadable)], writer);
                return "request";
            }

            using (variables)
            {
                var bound = executor.Bind(operation, variables?.RootElement ?? default);
                if (bound.Errors.Count > 0)
                {
                    GraphQLExecutor.WriteErrors(bound.Errors, writer);
                    return "variables";
                }

                if (operation.Type == OperationType.Subscription)
                {
                    // Bound like the others; it is the transports that stream.
                    writer.Raw("{}"u8);
                    return "subscription";
                }

                // No resolver waits for anything, so this does not either.
                return executor.Execute(bound, Context, writer).AsTask().GetAwaiter().GetResult() == ResponseKind.Data ? "data" : "errors";
            }
        }

        /// <param name="onError">Told of each message that is about a value.</param>
        private static void ExpectJson(ReadOnlySpan<byte> response, Action<string>? onError)
        {
            var reader = new Utf8JsonReader(response, new JsonReaderOptions { MaxDepth = 1_000 });
            while (reader.Read())
            {
                if (onError is not null && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("message"u8))
                {
                    reader.Read();
                    onError(reader.GetString()!);
                }
            }
        }
    }
}

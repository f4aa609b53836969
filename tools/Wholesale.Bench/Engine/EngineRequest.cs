using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Bench.Engine;

/// <summary>A workload asked of the engine in process, again and again: what the HTTP endpoint does, without HTTP.</summary>
internal sealed class EngineRequest(Catalog catalog, Workload workload)
{
    private static readonly IServiceProvider Services = new ServiceCollection().BuildServiceProvider();
    private readonly GraphQLExecutor executor = new(BenchSchema.Bind(catalog));
    private readonly byte[] document = Encoding.UTF8.GetBytes(workload.Document);
    private readonly Client client = new() { Caller = catalog.Caller };
    private readonly byte[] variables = Encoding.UTF8.GetBytes(workload.Variables ?? "");

    /// <summary>The answer's bytes.</summary>
    public byte[] Answer()
    {
        using var writer = new Utf8Writer();
        Run(writer);
        return writer.Written.ToArray();
    }

    public void Run()
    {
        using var writer = new Utf8Writer();
        Run(writer);
    }

    /// <summary>Parses, validates and plans documents, as if it had never seen them.</summary>
    public void Prepare(IEnumerable<string> documents)
    {
        var forgetful = new GraphQLExecutor(executor.Schema);
        foreach (var other in documents)
        {
            forgetful.Prepare(Encoding.UTF8.GetBytes(other), operationName: null, client);
        }
    }

    private void Run(Utf8Writer writer)
    {
        var operation = executor.Prepare(document, operationName: null, client);
        using var json = variables.Length == 0 ? null : JsonDocument.Parse(variables);
        using var context = new RequestContext(Services, client, TimeProvider.System, CancellationToken.None);
        var execution = executor.Execute(executor.Bind(operation, json?.RootElement ?? default), context, writer);

        // Nothing is awaited here: the resolvers have their data in memory.
        if (!execution.IsCompletedSuccessfully || execution.Result != ResponseKind.Data)
        {
            throw new InvalidOperationException($"{workload.Name} was not executed.");
        }
    }
}

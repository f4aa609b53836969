using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Wholesale.Bench.Engine;

/// <summary>graphql-js or graphql-jit from npm in a Node process: see node/contender.mjs.</summary>
internal sealed class NodeContender(BenchServer server) : IAsyncDisposable
{
    public BenchServer Server => server;

    /// <param name="engine">graphql-js or graphql-jit.</param>
    /// <param name="catalogFile">What <see cref="Catalog.ToJson"/> gave.</param>
    /// <exception cref="InvalidOperationException">Node is not installed, or the packages are not.</exception>
    public static async Task<NodeContender> Start(string engine, string catalogFile)
    {
        var script = Path.Combine(ProjectFolder(), "node", "contender.mjs");
        if (!Directory.Exists(Path.Combine(ProjectFolder(), "node", "node_modules")))
        {
            throw new InvalidOperationException("The contenders from npm are not installed: npm ci --prefix tools/Wholesale.Bench/node");
        }

        var port = BenchServer.FreePort();
        var schemaFile = Path.Combine(AppContext.BaseDirectory, "schema.graphql");
        return new NodeContender(await BenchServer.Start("node", [script, port.ToString(CultureInfo.InvariantCulture), engine, schemaFile, catalogFile], port, "/"));
    }

    /// <summary>Nanoseconds of CPU time that one run takes in process.</summary>
    public async Task<double> Time(Workload workload, int milliseconds)
    {
        var request = JsonNode.Parse(workload.Body)!;
        request["milliseconds"] = milliseconds;
        return await Post<double>("/time", request);
    }

    /// <summary>A workload's answer, as it goes over HTTP.</summary>
    public async Task<byte[]> Answer(Workload workload)
    {
        using var answer = await server.Client.PostAsync(new Uri("/graphql", UriKind.Relative), new StringContent(workload.Body));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Nanoseconds that parsing and validating each of the documents takes.</summary>
    public Task<double[]> TimeDocuments(IReadOnlyList<string> documents) => Post<double[]>("/documents", documents);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<T> Post<T>(string path, object request)
    {
        using var answer = await server.Client.PostAsJsonAsync(path, request);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<T>())!
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private static string ProjectFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Wholesale.Bench.csproj")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The bench must be run from its project.");
    }
}

using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Wholesale.GraphQL;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;

namespace Wholesale.Bench.Engine;

/// <summary>
/// The engine behind Kestrel, with its limits on and the caller found by the digest of an API key; and, beside it, the same answers written by hand.
/// </summary>
internal static class EngineServer
{
    public const string Path = "/graphql";
    public const string Key = "whk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    // Charged like any buyer, from a bucket that no bench empties, nor takes a digit off what GraphQL-Cost says is left.
    private static readonly RequestLimits Limits = RequestLimits.SignedIn with { CostBucket = 500_000_000_000_000, CostRefillPerSecond = 1_000_000_000_000 };

    public static async Task Run(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        Counters.Map(app);
        var catalog = new Catalog();
        var clients = new Dictionary<UInt128, Client> { [DigestOf(Key)] = new() { Caller = catalog.Caller, Limits = Limits } }.ToFrozenDictionary();
        var trusted = new[] { Workload.Typename.TrustedDocument }.ToFrozenDictionary(document => document.Id);
        GraphQLEndpoint.Map(app, Path, new GraphQLExecutor(BenchSchema.Bind(catalog)), new EndpointOptions
        {
            PersistedDocuments = new((_, id) => new(trusted.GetValueOrDefault(id)), AreRequired: false),
            Client = http => clients[DigestOf(http.Request.Headers["X-Api-Key"].ToString())],
        });
        foreach (var workload in (Workload[])[Workload.Products, Workload.Prices])
        {
            app.MapPost(ByHandPath(workload), context => AnswerByHand(context, new ByHand(catalog), workload));
        }

        await app.RunAsync();
    }

    public static string ByHandPath(Workload workload) => $"/by-hand/{workload.Name}";

    /// <summary>Half of the SHA-256 of a key, which is enough to find the only one.</summary>
    private static UInt128 DigestOf(string key)
    {
        Span<byte> text = stackalloc byte[64];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(key, text)], hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private static async Task AnswerByHand(HttpContext context, ByHand byHand, Workload workload)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        await ConstantServer.Answer(context, buffer.AsMemory(0, byHand.Write(workload, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}

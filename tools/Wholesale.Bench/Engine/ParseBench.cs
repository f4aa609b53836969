using System.Diagnostics;
using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Bench.Engine;

/// <summary>T6: documents never seen before; the engine parses, validates, plans and caches them, graphql-js parses and validates them.</summary>
internal sealed class ParseBench(Table table, Catalog catalog, NodeContender js)
{
    private const int DocumentsPerRound = 300;
    private const int RoundsOfWarmUp = 25;
    private readonly Client client = new() { Caller = catalog.Caller };
    private static readonly (int From, int To)[] Sizes = [(100, 500), (500, 2_000), (2_000, int.MaxValue)];

    public async Task Measure()
    {
        var all = table.NewRow("T6 a document never seen, 0.1 to 10 KB: parse + validate + plan ÷ graphql-js parse + validate", "µs graphql-js", "0.000", "≤ 0.125");
        var rows = Sizes.Select(s => table.NewRow(NameOf(s), "µs graphql-js", "0.000", "")).ToList();
        var schema = BenchSchema.Bind(catalog);
        var corpus = new DocumentCorpus(schema.Schema, new Random(6));
        for (var round = -RoundsOfWarmUp; round < table.Rounds; round++)
        {
            var documents = corpus.Next(DocumentsPerRound);
            var floor = await js.TimeDocuments(documents);
            var own = Time(new GraphQLExecutor(schema), documents);
            if (round < 0)
            {
                continue;
            }

            Add(all, Enumerable.Range(0, documents.Count), floor, own);
            for (var size = 0; size < Sizes.Length; size++)
            {
                Add(rows[size], Enumerable.Range(0, documents.Count).Where(i => documents[i].Length >= Sizes[size].From && documents[i].Length < Sizes[size].To), floor, own);
            }
        }
    }

    /// <summary>One round: the median over its documents.</summary>
    private static void Add(Row row, IEnumerable<int> documents, double[] floor, double[] own)
    {
        var indexes = documents.ToList();
        row.Add(Contender.Floor, Figures.Median(indexes.Select(i => floor[i] / 1_000)));
        row.Add(Contender.Engine, Figures.Median(indexes.Select(i => own[i] / floor[i])));
    }

    private double[] Time(GraphQLExecutor executor, List<string> documents) => [.. documents.Select(d => Time(executor, Encoding.UTF8.GetBytes(d)))];

    private double Time(GraphQLExecutor executor, byte[] document)
    {
        var start = Stopwatch.GetTimestamp();
        var operation = executor.Prepare(document, operationName: null, client);
        var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return operation.Errors.Count == 0 ? time : throw new InvalidOperationException($"{operation.Errors[0].Message}\n{Encoding.UTF8.GetString(document)}");
    }

    private static string NameOf((int From, int To) size) => string.Create(
        CultureInfo.InvariantCulture, $"T6 of {size.From / 1_000.0:0.#}{(size.To == int.MaxValue ? " KB and more" : $" to {size.To / 1_000.0:0.#} KB")}");
}

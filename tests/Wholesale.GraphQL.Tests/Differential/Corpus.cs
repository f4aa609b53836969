using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>A request on which the engines once differed, as a file of <c>corpus/</c>.</summary>
/// <param name="Why">What the difference was and what was decided.</param>
/// <param name="Deviation">The <see cref="Differential.Deviation.Name"/> that still explains it; null where the engines agree since.</param>
/// <param name="Seed">Of the data.</param>
/// <param name="Sdl">The schema's lines.</param>
/// <param name="Query">The document's lines.</param>
internal sealed record CorpusEntry(
    [property: JsonPropertyName("why")] string Why,
    [property: JsonPropertyName("deviation")] string? Deviation,
    [property: JsonPropertyName("seed")] string Seed,
    [property: JsonPropertyName("sdl")] IReadOnlyList<string> Sdl,
    [property: JsonPropertyName("query")] IReadOnlyList<string> Query,
    [property: JsonPropertyName("operationName")] string? OperationName,
    [property: JsonPropertyName("variables")] JsonElement Variables)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [JsonIgnore]
    public DifferentialBatch Batch => new(
        string.Join("\n", Sdl), Seed, [new DifferentialRequest(string.Join("\n", Query), OperationName, Variables)]);

    public static CorpusEntry Read(string path) => JsonSerializer.Deserialize<CorpusEntry>(File.ReadAllText(path))!;

    /// <summary>A new entry, to be given a reason and saved.</summary>
    public static string Print(Difference found) => JsonSerializer.Serialize(
        new CorpusEntry(
            "", null, found.Seed, found.Sdl.Split('\n', StringSplitOptions.RemoveEmptyEntries), found.Request.Query.Split('\n'), found.Request.OperationName,
            found.Request.Variables),
        Layout);
}

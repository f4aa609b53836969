using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>One request to both engines.</summary>
/// <param name="Query">The document.</param>
/// <param name="OperationName">Null for none.</param>
/// <param name="Variables">A JSON object.</param>
internal sealed record DifferentialRequest(
    [property: JsonPropertyName("query")] string Query,
    [property: JsonPropertyName("operationName")] string? OperationName,
    [property: JsonPropertyName("variables")] JsonElement Variables);

/// <summary>Requests to one schema over one set of data.</summary>
/// <param name="Sdl">The schema.</param>
/// <param name="Seed">Of the data.</param>
internal sealed record DifferentialBatch(
    [property: JsonPropertyName("sdl")] string Sdl,
    [property: JsonPropertyName("seed")] string Seed,
    [property: JsonPropertyName("requests")] IReadOnlyList<DifferentialRequest> Requests);

/// <summary>What became of a request.</summary>
internal enum Verdict
{
    /// <summary>The document is not GraphQL.</summary>
    Syntax,

    /// <summary>It breaks a rule of section 5.</summary>
    Invalid,

    /// <summary>It is valid, but no operation of it could be begun: section 7.1.2 "Request Errors".</summary>
    Refused,

    /// <summary>It is valid and a subscription, which is not run.</summary>
    Valid,

    /// <summary>It was run.</summary>
    Executed,
}

/// <summary>An error as far as it is compared, and its message for people.</summary>
/// <param name="Path">As JSON; null for none.</param>
/// <param name="Locations">As <c>line:column</c>, apart by blanks, in the order of the error.</param>
/// <param name="Rule">Of the reference's validation: the rule that found it.</param>
internal sealed record AnswerError(string? Path, string Locations, string Message, string? Rule = null)
{
    public string Place => Path is null ? Locations : $"{Path} {Locations}";

    public static AnswerError Of(JsonElement error) => new(
        error.TryGetProperty("path", out var path) ? path.GetRawText() : null,
        error.TryGetProperty("locations", out var locations)
            ? string.Join(" ", locations.EnumerateArray().Select(l => $"{l.GetProperty("line")}:{l.GetProperty("column")}"))
            : "",
        error.GetProperty("message").GetString()!,
        error.TryGetProperty("rule", out var rule) ? rule.GetString() : null);

    public override string ToString() => $"{Place}  {Message}";
}

/// <summary>One engine's answer.</summary>
/// <param name="Data">The bytes of <c>data</c> as text; null where nothing was executed.</param>
/// <param name="Failures">Of the reference: every failure there is, those within one null included; null where there is none.</param>
internal sealed record Answer(Verdict Verdict, IReadOnlyList<AnswerError> Errors, string? Data = null, IReadOnlyList<AnswerError>? Failures = null)
{
    /// <summary>Reads what <c>tests/node/reference.mjs</c> wrote.</summary>
    public static Answer Of(JsonElement json) => new(
        Enum.Parse<Verdict>(json.GetProperty("verdict").GetString()!, ignoreCase: true),
        ErrorsOf(json.GetProperty("errors")),
        json.TryGetProperty("data", out var data) ? data.GetRawText() : null,
        json.TryGetProperty("failures", out var failures) ? ErrorsOf(failures) : null);

    public static IReadOnlyList<AnswerError> ErrorsOf(JsonElement errors) => [.. errors.EnumerateArray().Select(AnswerError.Of)];

    public override string ToString() => string.Join("\n", Errors.Select(e => $"  {e}").Prepend(Verdict.ToString()).Append($"  {Data}"));
}

using System.Net;
using System.Text.Json;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>An answer as it came.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body.</param>
/// <param name="IsReplay">Whether it is an earlier request's, by its header.</param>
internal sealed record Answer(HttpStatusCode Status, string Body, bool IsReplay)
{
    /// <summary>What its mutation gave; fails if it has errors, or the mutation refused.</summary>
    public JsonElement Payload
    {
        get
        {
            var payload = Outcome;
            Assert.True(payload.GetProperty("userErrors").GetArrayLength() == 0, Body);
            return payload;
        }
    }

    /// <summary>What its mutation gave or why it refused; fails if it has errors.</summary>
    public JsonElement Outcome
    {
        get
        {
            Assert.True(Status == HttpStatusCode.OK, $"{(int)Status} {Body}");
            using var json = JsonDocument.Parse(Body);
            Assert.False(json.RootElement.TryGetProperty("errors", out _), Body);
            return json.RootElement.GetProperty("data").EnumerateObject().Single().Value.Clone();
        }
    }

    /// <summary>The code of what went wrong, of a refused request or of a problem; null: nothing did.</summary>
    public string? Failure
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
                : json.RootElement.TryGetProperty("code", out var problem) ? problem.GetString()
                : null;
        }
    }

    public override string ToString() => $"{(int)Status} {Body}";
}

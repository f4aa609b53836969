using System.Text.Json;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Reads lists over HTTP, page by page.</summary>
public static class Pages
{
    /// <summary>The nodes of all pages, in order.</summary>
    /// <param name="ask">Asks for the page behind a cursor, and returns the connection.</param>
    public static async Task<List<JsonElement>> ToTheEnd(Func<string?, Task<JsonElement>> ask)
    {
        var nodes = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await ask(after);
            nodes.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")));
            var info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return nodes;
    }

    /// <summary>Imports rows of which none may be refused.</summary>
    public static async Task Take(this TestHost host, string kind, params IEnumerable<object> rows)
    {
        var report = await host.Import(kind, rows.Select(row => JsonSerializer.Serialize(row)));
        Assert.True(report.Count == 1, string.Join('\n', report.Take(10).Select(line => line.GetRawText())));
    }

    /// <summary>A string that is there.</summary>
    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;
}

using System.Text;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>What a client of Server-Sent Events receives. Every wait is bounded.</summary>
/// <param name="response">Of which the headers have come.</param>
/// <param name="showsKeepAlive">
/// Whether every comment is given. Otherwise only one that comes first is, which says that the source is open: on a slow machine others come at any moment.
/// </param>
internal sealed class TestEvents(HttpResponseMessage response, bool showsKeepAlive = false) : IAsyncDisposable
{
    private StreamReader? reader;
    private bool hasBegun;

    public HttpResponseMessage Response => response;

    /// <summary>The lines up to the next blank one; null where the stream ends.</summary>
    public Task<string?> Next() => Search().WaitAsync(TimeSpan.FromSeconds(30));

    public async Task Expect(params string?[] events)
    {
        foreach (var expected in events)
        {
            Assert.Equal(expected, await Next());
        }
    }

    public ValueTask DisposeAsync()
    {
        response.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> Search()
    {
        while (true)
        {
            var next = await Read();
            if (next is not ":" || showsKeepAlive || !hasBegun)
            {
                hasBegun = true;
                return next;
            }
        }
    }

    private async Task<string?> Read()
    {
        reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                return string.Join('\n', lines);
            }

            lines.Add(line);
        }

        return null;
    }
}

using System.Text;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>What a client of Server-Sent Events receives. Every wait is bounded.</summary>
internal sealed class TestEvents(HttpResponseMessage response) : IAsyncDisposable
{
    private StreamReader? reader;

    public HttpResponseMessage Response => response;

    /// <summary>The lines up to the next blank one; null where the stream ends.</summary>
    public async Task<string?> Next()
    {
        reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        var lines = new List<string>();
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
        {
            if (line.Length == 0)
            {
                return string.Join('\n', lines);
            }

            lines.Add(line);
        }

        return null;
    }

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
}

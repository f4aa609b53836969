using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>The reference implementation, npm <c>graphql</c>, in a Node process of its own. One batch at a time.</summary>
internal sealed class Reference : IDisposable
{
    // A batch takes well under a second; the machine may be slow, and the documents are not meant to be hard.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder complaints = new();

    /// <param name="folder">Holds <c>reference.mjs</c> and its packages.</param>
    public Reference(string folder)
    {
        process = Process.Start(new ProcessStartInfo("node", ["reference.mjs"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        process.ErrorDataReceived += (_, line) => complaints.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The answers in the order of the requests. The serializer escapes all but ASCII, so that a line of JSON is one line to every reader.</summary>
    public async Task<IReadOnlyList<Answer>> Ask(DifferentialBatch batch)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(batch));
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(MaxWait)
            ?? throw new InvalidOperationException($"The reference ended: {complaints}");
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.EnumerateArray().Select(Answer.Of)];
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}

using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Snapshooter.Xunit;

/// <summary>
/// Compares a value with what was accepted before, in <c>__snapshots__/Class.Method.snap</c> beside the test. The names and folders are Snapshooter's, so that the
/// package can take this file's place. <c>tools/accept</c> accepts what differs.
/// </summary>
internal static class Snapshot
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A string is compared as it is, JSON text indented; any other value as indented JSON.</summary>
    /// <param name="value">What the test got.</param>
    /// <param name="nameExtension">Tells several snapshots of one test apart.</param>
    public static void Match(object value, string? nameExtension = null, [CallerMemberName] string method = "", [CallerFilePath] string file = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{method}{(nameExtension is null ? "" : "_" + nameExtension)}.snap";
        var folder = Path.GetDirectoryName(file)!;
        var accepted = Path.Combine(folder, "__snapshots__", name);
        var actual = Text(value).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (File.Exists(accepted) && File.ReadAllText(accepted).ReplaceLineEndings("\n") == actual)
        {
            return;
        }

        var mismatch = Path.Combine(folder, "__mismatch__", name);
        Directory.CreateDirectory(Path.GetDirectoryName(mismatch)!);
        File.WriteAllText(mismatch, actual);
        if (File.Exists(accepted))
        {
            Assert.Equal(File.ReadAllText(accepted).ReplaceLineEndings("\n"), actual);
        }

        Assert.Fail($"There is no snapshot {name} yet. Run tools/accept and read it.\n{actual}");
    }

    private static string Text(object value)
    {
        if (value is not string text)
        {
            return JsonSerializer.Serialize(value, Indented);
        }

        if (!text.StartsWith('{') && !text.StartsWith('['))
        {
            return text;
        }

        using var json = JsonDocument.Parse(text);
        return JsonSerializer.Serialize(json.RootElement, Indented);
    }
}

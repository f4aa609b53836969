namespace Wholesale.Tests;

/// <summary>What some tests need that a stranger's machine may not have: they skip there, saying why, and fail under CI.</summary>
internal static class Requires
{
    public static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    public static void Folder(string path, string what)
    {
        if (!Directory.Exists(path))
        {
            Missing($"needs {what} at {Path.GetFullPath(path)}");
        }
    }

    /// <param name="name">Its name.</param>
    /// <param name="remedy">How to install it.</param>
    public static void Program(string name, string? remedy = null)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, name))))
        {
            Missing($"needs the program {name} on the PATH{(remedy is null ? "" : $": {remedy}")}");
        }
    }

    /// <summary>A Redis to start, as <c>redis-server</c>.</summary>
    public static void Redis() => Program("redis-server", "run `apt-get install redis-server` or `brew install redis`");

    /// <summary>Node.js with the packages of <c>tests/node</c>.</summary>
    /// <returns>That folder.</returns>
    public static string Node([System.Runtime.CompilerServices.CallerFilePath] string caller = "")
    {
        Program("node");
        var folder = Path.GetDirectoryName(caller)!;
        while (!Directory.Exists(Path.Combine(folder, "tests", "node")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No folder above {caller} holds tests/node.");
        }

        folder = Path.Combine(folder, "tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Missing("needs the packages of tests/node: run `npm ci --prefix tests/node`");
        }

        return folder;
    }

    private static void Missing(string reason)
    {
        if (IsCi)
        {
            Assert.Fail($"This test {reason}.");
        }

        Assert.Skip($"This test {reason}.");
    }
}

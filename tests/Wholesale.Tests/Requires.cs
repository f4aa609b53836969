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

    public static void Program(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, name))))
        {
            Missing($"needs the program {name} on the PATH");
        }
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

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Wholesale.GraphQL.Tests;

/// <summary>The engine's page leads to files that exist, and to every rule of section 5.</summary>
public sealed partial class EngineReadmeTests
{
    private static readonly string Engine = Path.GetFullPath(Path.Combine(Here(), "../../src/Wholesale.GraphQL"));

    [Fact]
    public void Every_file_that_the_page_names_is_there()
    {
        var page = File.ReadAllText(Path.Combine(Engine, "README.md"));
        var files = Directory.EnumerateFiles(Engine, "*.cs", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet();
        var named = FileName().Matches(page).Select(m => (Folder: m.Groups["folder"].Value, Name: m.Groups["name"].Value)).Distinct().ToList();

        Assert.True(named.Count > 50);
        Assert.All(named, file => Assert.True(
            file.Folder.Length > 0 ? File.Exists(Path.Combine(Engine, file.Folder, file.Name)) || File.Exists(Path.Combine(Engine, "../..", file.Folder, file.Name)) : files.Contains(file.Name),
            $"{file.Folder}{file.Name} is named, but not there."));
    }

    [Fact]
    public void Every_rule_says_its_section_and_bears_its_name()
    {
        var rules = Directory.EnumerateFiles(Path.Combine(Engine, "Validation", "Rules"), "*.cs").Select(File.ReadAllText).Where(text => RuleClass().IsMatch(text)).ToList();

        Assert.Equal(30, rules.Count);
        Assert.All(rules, text => Assert.Matches("Section 5\\.[1-8](\\.[0-9])+", text));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("`(?<folder>(?:[A-Za-z.]+/)*)(?<name>[A-Za-z.]+\\.cs)`")]
    private static partial Regex FileName();

    [GeneratedRegex("class \\w+ : Rule\\b")]
    private static partial Regex RuleClass();
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Snapshooter.Xunit;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>What SQL Server is sent, seen without one: so a review sees a statement change.</summary>
public sealed partial class SqlServerStatementsTests
{
    [Fact]
    public void The_migration_script_is_what_was_read()
    {
        using var db = new SqlServerDesignTime().CreateDbContext([]);

        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.DoesNotContain("IDENTITY", script, StringComparison.Ordinal);
        Snapshot.Match(script);
    }

    [Fact]
    public async Task The_compiled_queries_are_what_was_read()
    {
        var statements = await SqlServerStatements.Apart(nameof(SqlServerStatements.OfCompiledQueries));

        Assert.Equal(CompiledInSources(), Title().Count(statements));
        Assert.Contains("=== CatalogQueries.CompiledByName\n", statements, StringComparison.Ordinal);
        Snapshot.Match(statements);
    }

    [Fact]
    public async Task Bulk_rows_travel_as_one_parameter()
    {
        var statements = await SqlServerStatements.Apart(nameof(SqlServerStatements.OfBulkRows));

        Assert.All(Title().Split(statements).Skip(1), statement => Assert.Single(Parameter().Matches(statement)));
        Snapshot.Match(statements);
    }

    [Fact]
    public async Task The_pages_of_products_are_one_statement_each()
    {
        var statements = await SqlServerStatements.Apart(nameof(SqlServerStatements.OfProductPages));

        Assert.All(Title().Split(statements).Skip(1).SkipLast(1), page => Assert.Equal(1, StatementCounter.Count(page)));
        Snapshot.Match(statements);
    }

    [Fact]
    public async Task The_platforms_statements_are_what_was_read()
    {
        var statements = await SqlServerStatements.Apart(nameof(SqlServerStatements.OfPlatform));

        Snapshot.Match(statements);
    }

    /// <summary>So that none is passed over, wherever it is kept.</summary>
    private static int CompiledInSources([CallerFilePath] string file = "")
    {
        var sources = Path.Combine(Path.GetDirectoryName(file)!, "../../../../src/Wholesale");
        return Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(sources, path).StartsWith("obj", StringComparison.Ordinal))
            .Sum(path => Compiled().Count(File.ReadAllText(path)));
    }

    [GeneratedRegex(@"^=== .*\n", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex("^-- ", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\bCompile(Async)?Query\s*[(<]")]
    private static partial Regex Compiled();
}

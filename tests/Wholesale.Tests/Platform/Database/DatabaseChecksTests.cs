using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

public sealed class DatabaseChecksTests
{
    private static readonly string[] Known = ["1_Initial", "2_Prices", "3_Logins"];

    private static readonly SqlServerDatabase Right = new("shop", SqlServerModel.Collation, ReadsCommittedSnapshots: 1, AllowsSnapshots: 1);

    [Fact]
    public void A_schema_of_this_version_is_no_problem() => Assert.Null(DatabaseChecks.SchemaProblem(Known, ["3_Logins", "1_Initial", "2_Prices"]));

    [Fact]
    public void A_schema_that_is_older_by_one_migration_names_it_and_what_to_do()
    {
        var problem = DatabaseChecks.SchemaProblem(Known, Known[..2]);

        Assert.Equal(
            "The database's schema is older than this program: the migration 3_Logins is missing. "
                + "Run `Wholesale migrate` of this version, or its script (docs/sql-server.md), or start once with Database:Migrate=true.",
            problem);
    }

    [Fact]
    public void A_schema_that_is_older_by_several_migrations_names_the_first_and_the_last()
    {
        var problem = DatabaseChecks.SchemaProblem(Known, []);

        Assert.StartsWith("The database's schema is older than this program: 3 migrations, 1_Initial to 3_Logins, are missing. ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_is_newer_asks_for_the_newer_program()
    {
        var problem = DatabaseChecks.SchemaProblem(Known, [.. Known, "4_Orders"]);

        Assert.Equal(
            "The database's schema is newer than this program, which does not know the migration 4_Orders. "
                + "Start the newer version; an older one never takes a schema back.",
            problem);
    }

    [Fact]
    public void A_schema_of_another_line_counts_as_newer()
    {
        var problem = DatabaseChecks.SchemaProblem(Known, ["1_Initial", "2_Other"]);

        Assert.Contains("newer than this program, which does not know the migration 2_Other.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_SQL_Server_that_is_as_it_must_be_has_no_problems() => Assert.Empty(DatabaseChecks.SqlServer.Problems(Right));

    [Fact]
    public void Readers_that_would_wait_for_writers_are_a_problem()
    {
        var problem = Assert.Single(DatabaseChecks.SqlServer.Problems(Right with { ReadsCommittedSnapshots = 0 }));

        Assert.EndsWith("ALTER DATABASE [shop] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshots_that_are_not_allowed_are_a_problem()
    {
        var problem = Assert.Single(DatabaseChecks.SqlServer.Problems(Right with { AllowsSnapshots = 0 }));

        Assert.EndsWith("ALTER DATABASE [shop] SET ALLOW_SNAPSHOT_ISOLATION ON;", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SQL_Latin1_General_CP1_CI_AS")]
    [InlineData("latin1_general_100_bin2_utf8")]
    public void Codes_that_would_not_compare_byte_by_byte_are_a_problem(string collation)
    {
        var problem = Assert.Single(DatabaseChecks.SqlServer.Problems(Right with { Collation = collation }));

        Assert.Contains($"by the collation {collation} ", problem, StringComparison.Ordinal);
        Assert.EndsWith("ALTER DATABASE [shop] COLLATE Latin1_General_100_BIN2_UTF8;", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_to_be_changed_is_said_at_once() =>
        Assert.Equal(3, DatabaseChecks.SqlServer.Problems(new SqlServerDatabase("shop", "unknown", ReadsCommittedSnapshots: 0, AllowsSnapshots: 0)).Count);
}

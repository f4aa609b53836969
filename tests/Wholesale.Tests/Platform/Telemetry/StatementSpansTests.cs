using Wholesale.Platform.Telemetry;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>How statements are called in traces.</summary>
public sealed class StatementSpansTests
{
    [Theory]
    [InlineData("SELECT \"p\".\"Id\" FROM \"Products\" AS \"p\" JOIN \"Variants\" AS \"v\"", "SELECT", "Products")]
    [InlineData("SELECT COUNT(*) FROM (\n  SELECT 1 FROM [Price Lists] AS [l]) AS [t]", "SELECT", "Price Lists")]
    [InlineData("SELECT r.value FROM json_each(@rows) AS r", "SELECT", "json_each")]
    [InlineData("SELECT 1", "SELECT", null)]
    [InlineData("INSERT INTO \"Events\" (\"Number\") SELECT 1 FROM json_each(@p)", "INSERT", "Events")]
    [InlineData("UPDATE [Companies] SET [Name] = @p0", "UPDATE", "Companies")]
    [InlineData("DELETE FROM Segments;", "DELETE", "Segments")]
    [InlineData("MERGE INTO [Variants] AS t USING [#Rows] AS r", "MERGE", "Variants")]
    [InlineData("WITH s AS (SELECT 1 FROM \"Segments\") SELECT * FROM s", "WITH", "Segments")]
    [InlineData("SELECT 1 FROM \"Unclosed", "SELECT", null)]
    public void A_statement_is_called_by_what_it_does_and_its_first_table(string sql, string operation, string? table) =>
        Assert.Equal((operation, table), StatementSpans.Summary(sql));
}

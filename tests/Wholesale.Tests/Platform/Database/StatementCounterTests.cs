using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

public sealed class StatementCounterTests
{
    [Theory]
    [InlineData("SELECT 1", 1)]
    [InlineData("SELECT 1;", 1)]
    [InlineData("INSERT INTO t VALUES (1); SELECT changes();\n-- done; SELECT\n", 2)]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x WHERE a IN (SELECT 2)", 1)]
    [InlineData("UPDATE t SET a = 'x; DELETE FROM t; ''SELECT' WHERE \"b;SELECT\" = 1", 1)]
    [InlineData("/* ; SELECT */ DELETE FROM [t;SELECT]", 1)]
    [InlineData("BEGIN; SELECT 1; COMMIT", 1)]
    [InlineData("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", 0)]
    [InlineData("CREATE TABLE t AS SELECT 1", 0)]
    [InlineData("", 0)]
    [InlineData("SELECT 'unclosed; SELECT 2", 1)]
    public void Statements_that_touch_rows_are_counted_in_a_text(string sql, int count) => Assert.Equal(count, StatementCounter.Count(sql));

    [Fact]
    public async Task Whatever_a_context_sends_is_counted()
    {
        using var database = new TestDatabase();
        await using var db = database.Open();
        var before = database.Statements.Total;

        db.AddRange(new Gadget { Id = 1, Sku = "A" }, new Gadget { Id = 2, Sku = "B" });
        await db.SaveChangesAsync();
        await db.Gadgets.CountAsync();
        await db.Gadgets.Where(g => g.Id == 1).ExecuteDeleteAsync();
        await db.Database.ExecuteSqlRawAsync("DELETE FROM \"Memberships\"; DELETE FROM \"Gadgets\"");

        Assert.Equal(6, database.Statements.Total - before);
    }
}

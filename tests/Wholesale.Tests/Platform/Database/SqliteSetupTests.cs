using Microsoft.EntityFrameworkCore;

namespace Wholesale.Tests.Platform.Database;

public sealed class SqliteSetupTests : IDisposable
{
    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [Theory(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")] // FULL
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "5000")]
    public async Task Every_connection_of_the_pool_is_set_up(string pragma, string expected)
    {
        await using var first = database.Open();
        await using var second = database.Open();
        await first.Database.OpenConnectionAsync(); // both at once: two physical connections

        Assert.Equal(expected, await Read(first, pragma));
        Assert.Equal(expected, await Read(second, pragma));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_connection_lasts_as_long_as_its_context_and_is_set_up_once()
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 1234");

        Assert.Equal("1234", await Read(db, "busy_timeout"));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task An_instant_that_is_not_in_UTC_is_refused()
    {
        await using var db = database.Open();
        db.Add(new Gadget { Id = 1, Sku = "A", From = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Unspecified) });

        var error = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync());

        Assert.Contains("2026-03-01T12:00:00.0000000 is Unspecified", error.ToString(), StringComparison.Ordinal);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Key_sets_travel_as_one_parameter()
    {
        string? sql = null;
        database.Statements.Executing += text => sql = text;
        await using var db = database.Open();
        var ids = Enumerable.Range(0, 1_000).Select(i => (long)i).ToList();

        await db.Gadgets.Where(g => ids.Contains(g.Id)).ToListAsync();

        Assert.Contains("json_each(@ids)", sql, StringComparison.Ordinal);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Queries_do_not_track_what_they_read()
    {
        await using var db = database.Open();
        db.Add(new Gadget { Id = 1, Sku = "A" });
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();

        await db.Gadgets.SingleAsync();

        Assert.Empty(db.ChangeTracker.Entries());
    }

    private static async Task<string> Read(TestDb db, string pragma)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

public sealed class BulkRowsTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TestDatabase database = new();
    private readonly TestDb db;

    public BulkRowsTests() => db = database.Open();

    public void Dispose()
    {
        db.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task Rows_come_back_as_they_were_written()
    {
        var full = new Gadget
        {
            Id = long.MaxValue,
            Sku = "0012",
            Name = "Müller's \"chair\" \\ 🪑\n{0}",
            Price = new Amount(-84_995),
            Currency = Currency.Of("JPY"),
            Minimum = new Quantity(500),
            From = Noon.AddTicks(1),
            On = new DateOnly(2028, 2, 29),
            IsActive = true,
            Day = DayOfWeek.Friday,
            Permissions = PermissionSet.All,
            Hash = [0, 1, 255],
            Weight = 0.1,
            Tags = ["a", "b"],
        };
        var empty = new Gadget { Id = 1, Sku = "" };

        await BulkRows.Insert(db, [full, empty]);

        Assert.Equivalent(full, await db.Gadgets.SingleAsync(g => g.Id == full.Id), strict: true);
        Assert.Equivalent(empty, await db.Gadgets.SingleAsync(g => g.Id == 1), strict: true);
        Assert.Equal(DateTimeKind.Utc, (await db.Gadgets.SingleAsync(g => g.Id == full.Id)).From!.Value.Kind);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Bulk_rows_and_tracked_rows_are_stored_alike()
    {
        Gadget Row(long id) => new()
        {
            Id = id,
            Sku = $"{id}",
            Name = "7",
            Price = new Amount(1),
            From = Noon.AddMilliseconds(id == 0 ? 0 : 120),
            On = new DateOnly(2026, 3, 1),
            IsActive = true,
            Day = DayOfWeek.Friday,
            Hash = [1],
            Weight = 2,
            Tags = ["x"],
        };
        await BulkRows.Insert(db, [Row(1)]);
        db.Add(Row(2));
        await db.SaveChangesAsync();

        var types = await db.Database.SqlQueryRaw<string>("""
            SELECT typeof("Sku") || typeof("Name") || typeof("Price") || typeof("From") || typeof("IsActive") || typeof("Day") || typeof("Hash")
                || typeof("Weight") || typeof("Currency") || "From" || "Currency" || "Tags" AS "Value" FROM "Gadgets"
            """).ToListAsync();

        Assert.Equal(2, types.Count);
        Assert.Single(types.Distinct());
    }

    [Fact]
    public async Task Ten_thousand_rows_are_two_statements()
    {
        var rows = Enumerable.Range(0, 10_000).Select(i => new Gadget { Id = i, Sku = $"S{i:D5}", From = Noon.AddSeconds(i) }).ToList();
        var before = database.Statements.Total;

        await BulkRows.Insert(db, rows);

        Assert.Equal(SqlServerForTests.IsUsed ? 0 : 2, database.Statements.Total - before); // bulk copies are no statements
        Assert.Equal(10_000, await db.Gadgets.CountAsync());
        Assert.Equal("S00007", (await db.Gadgets.SingleAsync(g => g.From == Noon.AddSeconds(7))).Sku);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(3_000)]
    public async Task Of_rows_to_be_there_those_that_are_and_those_that_come_twice_are_passed_over(int count)
    {
        await BulkRows.Insert(db, [new Gadget { Id = 1, Sku = "A" }]);
        await BulkRows.Insert(db, [new Membership(1, "c1")]);
        var memberships = Enumerable.Range(0, count).Select(i => new Membership(1, $"c{i}")).ToList();

        await BulkRows.InsertMissing(db, [.. memberships, .. memberships]);

        Assert.Equal(count, await db.Memberships.CountAsync());
    }

    [Fact]
    public async Task An_update_changes_the_columns_named_and_says_how_many_rows_it_found()
    {
        await BulkRows.Insert(db, [.. Enumerable.Range(0, 10_000).Select(i => new Gadget { Id = i, Sku = $"S{i}", Name = "old", Weight = 1 })]);
        var changes = Enumerable.Range(9_000, 5_000).Select(i => new Gadget { Id = i, Sku = "ignored", Name = i % 2 == 0 ? null : "new", Weight = 2 }).ToList();
        var before = database.Statements.Total;

        var found = await BulkRows.Update(db, changes, g => g.Name);

        Assert.Equal(1, database.Statements.Total - before);
        Assert.Equal(1_000, found);
        Assert.Equal(9_000, await db.Gadgets.CountAsync(g => g.Name == "old"));
        Assert.Equal(500, await db.Gadgets.CountAsync(g => g.Name == null));
        Assert.Equal(10_000, await db.Gadgets.CountAsync(g => g.Weight == 1 && g.Sku != "ignored"));
    }

    [Fact]
    public async Task An_update_without_columns_changes_all_but_the_key()
    {
        await BulkRows.Insert(db, [new Gadget { Id = 1, Sku = "A", Name = "old", Tags = ["a"] }]);
        var changed = new Gadget { Id = 1, Sku = "B", Price = new Amount(5), From = Noon, Tags = ["b", "c"], Hash = [9] };

        await BulkRows.Update(db, [changed]);

        Assert.Equivalent(changed, await db.Gadgets.SingleAsync(), strict: true);
    }

    [Fact]
    public async Task Rows_are_found_by_another_key()
    {
        await BulkRows.Insert(db, [new Gadget { Id = 1, Sku = "A" }, new Gadget { Id = 2, Sku = "B" }]);

        var found = await BulkRows.Update(db, [new Gadget { Id = 0, Sku = "B", Name = "new", Weight = 3 }], g => new { g.Name, g.Weight }, key: g => g.Sku);

        Assert.Equal(1, found);
        Assert.Equal(2, (await db.Gadgets.SingleAsync(g => g.Name == "new" && g.Weight == 3)).Id);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task An_update_seeks_its_rows_by_index()
    {
        string? sql = null;
        database.Statements.Executing += text => sql = text;
        await BulkRows.Update(db, [new Gadget { Id = 1, Sku = "A" }], g => g.Name, key: g => g.Sku);

        var plan = await Plan(sql!);

        Assert.Contains(plan, step => step.StartsWith("SCAN r ", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.StartsWith("SEARCH t USING ", StringComparison.Ordinal) && step.Contains("INDEX IX_Gadgets_Sku", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_are_deleted_by_a_key_of_two_columns()
    {
        await BulkRows.Insert(db, [new Gadget { Id = 1, Sku = "A" }]);
        await BulkRows.Insert<Membership>(db, [new(1, "x"), new(1, "y"), new(1, "z")]);

        var found = await BulkRows.Delete<Membership>(db, [new(1, "x"), new(1, "z"), new(2, "y")]);

        Assert.Equal(2, found);
        Assert.Equal(new Membership(1, "y"), await db.Memberships.SingleAsync());
    }

    [Fact]
    public async Task No_rows_are_no_statement()
    {
        var before = database.Statements.Total;

        await BulkRows.Insert<Gadget>(db, []);
        var found = await BulkRows.Update<Gadget>(db, []);

        Assert.Equal(0, found);
        Assert.Equal(before, database.Statements.Total);
    }

    [Fact]
    public async Task Rows_are_gone_when_their_transaction_is_rolled_back()
    {
        await using (await db.Database.BeginTransactionAsync())
        {
            await BulkRows.Insert(db, [new Gadget { Id = 1, Sku = "A" }]);
        }

        Assert.False(await db.Gadgets.AnyAsync());
    }

    [Fact]
    public async Task One_row_that_breaks_a_constraint_undoes_its_statement()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
            await BulkRows.Insert(db, [new Gadget { Id = 1, Sku = "A" }, new Gadget { Id = 2, Sku = "A" }]));

        Assert.Equal(DatabaseFault.Duplicate, DatabaseFaults.Of(error));
        Assert.False(await db.Gadgets.AnyAsync());
    }

    private async Task<List<string>> Plan(string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        command.Parameters.Add(new SqliteParameter("@p0", "[]"));
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    [Fact]
    public async Task What_is_added_is_added_only_where_the_condition_still_holds_of_the_sum()
    {
        await BulkRows.Insert(db, [new Gadget { Id = 1, Sku = "a", Minimum = new(5) }, new Gadget { Id = 2, Sku = "b", Minimum = new(3) }, new Gadget { Id = 3, Sku = "c", Minimum = new(9), IsActive = true }]);

        var changed = await BulkRows.Add(
            db, [.. Enumerable.Range(1, 4).Select(id => new Gadget { Id = id, Sku = "", Minimum = new(-4) })], g => new { g.Minimum }, "{Minimum} >= 0 AND {IsActive} = 0");

        Assert.Equal(1, changed); // 2 would be below 0, 3 is active, 4 is not there
        Assert.Equal([1, 3, 9], (await db.Gadgets.OrderBy(g => g.Id).ToListAsync()).Select(g => g.Minimum.Thousandths));
    }

    [Fact]
    public async Task A_condition_names_columns_that_are_there()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(async () =>
            await BulkRows.Add(db, [new Gadget { Id = 1, Sku = "" }], g => new { g.Minimum }, "{Nothing} > 0"));

        Assert.Equal("Nothing is no column of Gadgets.", failure.Message);
    }
}

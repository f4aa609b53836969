using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Orders;

/// <summary>What orders of versions before become.</summary>
public sealed class OrderHistoryMigrationTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Orders_of_the_version_before_are_found_by_what_was_ordered_and_need_no_cart()
    {
        await using var db = new SqliteWholesaleDb((DbContextOptions<SqliteWholesaleDb>)new DbContextOptionsBuilder<SqliteWholesaleDb>().UseWholesaleSqlite(directory.Sqlite()).Options);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("Payments", TestContext.Current.CancellationToken);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        Execute(connection, "PRAGMA foreign_keys = OFF");
        Insert(connection, "Companies", ("Id", "3"));
        Insert(connection, "Orders", ("Id", "7"), ("CompanyId", "3"), ("CartId", "5"), ("Number", "'ORD-000001'"));
        Insert(connection, "OrderLines", ("Id", "8"), ("OrderId", "7"), ("VariantId", "9"), ("Sku", "'san-203'"), ("Name", "'Sanding disc'"));
        Insert(connection, "OrderLines", ("Id", "10"), ("OrderId", "7"), ("VariantId", "9"), ("Sku", "'san-203'"), ("Name", "'Sanding disc'"));
        Execute(connection, "PRAGMA foreign_keys = ON");

        await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("3,3", Ask(connection, """SELECT group_concat("CompanyId") FROM "OrderLines" """));
        Assert.Equal("3/9/SAN-203 SANDING DISC", Ask(connection, """SELECT group_concat("CompanyId" || '/' || "VariantId" || '/' || "Key") FROM "OrderedProducts" """));
        Assert.Equal("5", Ask(connection, """SELECT "CartId" FROM "Orders" WHERE "Id" = 7"""));
        Execute(connection, "PRAGMA foreign_keys = OFF");
        Insert(connection, "Orders", ("Id", "11"), ("CompanyId", "3"), ("CartId", "NULL"), ("Number", "'ERP-1'"));
        Assert.Equal("ok", Ask(connection, "PRAGMA integrity_check"));
        Assert.Contains("REFERENCES \"Suppliers\"", Ask(connection, "SELECT sql FROM sqlite_schema WHERE name = 'Orders'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_that_were_confirmed_in_the_version_before_know_what_was()
    {
        await using var db = new SqliteWholesaleDb((DbContextOptions<SqliteWholesaleDb>)new DbContextOptionsBuilder<SqliteWholesaleDb>().UseWholesaleSqlite(directory.Sqlite()).Options);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("OrderIndexes", TestContext.Current.CancellationToken);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        Execute(connection, "PRAGMA foreign_keys = OFF");

        // Whole, of which something was cancelled later; but for a line that was cancelled before; not yet; and elsewhere.
        foreach (var (id, confirmedAt, source, cancelled) in new[] { (1, "'2026-01-01'", 0, 40), (2, "'2026-01-01'", 1, 40), (3, "NULL", 0, 40), (4, "'2026-01-01'", 2, 0) })
        {
            Insert(connection, "Orders", ("Id", $"{id}"), ("Number", $"'{id}'"), ("ConfirmedAt", confirmedAt), ("Source", $"{source}"), ("TotalAmount", "100"), ("CancelledAmount", $"{cancelled}"));
            foreach (var line in new[] { 10 * id, (10 * id) + 1 })
            {
                Insert(connection, "OrderLines", ("Id", $"{line}"), ("OrderId", $"{id}"), ("Quantity", "5"), ("Cancelled", line % 10 == 1 && cancelled > 0 ? "2" : "0"));
                if (confirmedAt != "NULL")
                {
                    Insert(connection, "FulfillmentLines", ("FulfillmentId", $"{100 + id}"), ("OrderLineId", $"{line}"), ("Quantity", id == 2 && line % 10 == 1 ? "3" : "4"));
                    Insert(connection, "FulfillmentLines", ("FulfillmentId", $"{200 + id}"), ("OrderLineId", $"{line}"), ("Quantity", id == 2 && line % 10 == 1 ? "0" : "1"));
                }
            }
        }

        await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("10:5 11:5 20:5 21:3 30: 31: 40: 41:", Ask(connection, """SELECT group_concat("Id" || ':' || COALESCE("Confirmed", ''), ' ') FROM "OrderLines" """));
        Assert.Equal("1:100 2:60 3: 4:", Ask(connection, """SELECT group_concat("Id" || ':' || COALESCE("ConfirmedAmount", ''), ' ') FROM "Orders" """));
    }

    /// <summary>A row with what is given, and nothing in all other columns that must hold something.</summary>
    private static void Insert(SqliteConnection connection, string table, params (string Column, string Value)[] values)
    {
        var needed = new List<(string Column, string Value)>(values);
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"""SELECT name, type FROM pragma_table_info('{table}') WHERE "notnull" = 1""";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (!values.Any(value => value.Column == reader.GetString(0)))
                {
                    needed.Add((reader.GetString(0), reader.GetString(1) == "INTEGER" ? "0" : "''"));
                }
            }
        }

        Execute(connection, $"""INSERT INTO "{table}" ({string.Join(", ", needed.Select(value => $"\"{value.Column}\""))}) VALUES ({string.Join(", ", needed.Select(value => value.Value))})""");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }
}

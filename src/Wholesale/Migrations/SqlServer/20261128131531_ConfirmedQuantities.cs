using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ConfirmedQuantities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ConfirmedAmount",
                table: "Orders",
                type: "bigint",
                nullable: true,
                comment: "1/10,000 of the currency's unit.");

            migrationBuilder.AddColumn<long>(
                name: "Confirmed",
                table: "OrderLines",
                type: "bigint",
                nullable: true,
                comment: "Thousandths of the unit of measure.");

            // Of orders that were confirmed before: what was given to be sent. What came to it is known where nothing had been cancelled before, or nothing was later.
            migrationBuilder.Sql("""
                EXEC(N'UPDATE [OrderLines] SET [Confirmed] = COALESCE((SELECT SUM(f.[Quantity]) FROM [FulfillmentLines] AS f WHERE f.[OrderLineId] = [OrderLines].[Id]), 0)
                WHERE [OrderId] IN (SELECT [Id] FROM [Orders] WHERE [ConfirmedAt] IS NOT NULL AND [Source] <> 2)')
                """);
            migrationBuilder.Sql("""
                EXEC(N'UPDATE [Orders] SET [ConfirmedAmount] = CASE
                WHEN EXISTS (SELECT 1 FROM [OrderLines] AS l WHERE l.[OrderId] = [Orders].[Id] AND l.[Confirmed] <> l.[Quantity]) THEN [TotalAmount] - [CancelledAmount] ELSE [TotalAmount] END
                WHERE [ConfirmedAt] IS NOT NULL AND [Source] <> 2')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ConfirmedAmount",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Confirmed",
                table: "OrderLines");
        }
    }
}

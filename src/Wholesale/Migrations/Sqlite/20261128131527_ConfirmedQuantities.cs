using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Confirmed",
                table: "OrderLines",
                type: "INTEGER",
                nullable: true);

            // Of orders that were confirmed before: what was given to be sent. What came to it is known where nothing had been cancelled before, or nothing was later.
            migrationBuilder.Sql("""
                UPDATE "OrderLines" SET "Confirmed" = COALESCE((SELECT SUM(f."Quantity") FROM "FulfillmentLines" AS f WHERE f."OrderLineId" = "OrderLines"."Id"), 0)
                WHERE "OrderId" IN (SELECT "Id" FROM "Orders" WHERE "ConfirmedAt" IS NOT NULL AND "Source" <> 2)
                """);
            migrationBuilder.Sql("""
                UPDATE "Orders" SET "ConfirmedAmount" = CASE
                WHEN EXISTS (SELECT 1 FROM "OrderLines" AS l WHERE l."OrderId" = "Orders"."Id" AND l."Confirmed" <> l."Quantity") THEN "TotalAmount" - "CancelledAmount" ELSE "TotalAmount" END
                WHERE "ConfirmedAt" IS NOT NULL AND "Source" <> 2
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

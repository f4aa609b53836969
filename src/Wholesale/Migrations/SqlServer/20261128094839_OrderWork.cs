using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OrderWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "StandardCostAmount",
                table: "Variants",
                type: "bigint",
                nullable: true,
                comment: "1/10,000 of the currency's unit.");

            migrationBuilder.AddColumn<string>(
                name: "StandardCostCurrency",
                table: "Variants",
                type: "char(3)",
                unicode: false,
                fixedLength: true,
                maxLength: 3,
                nullable: true,
                collation: "Latin1_General_100_BIN2_UTF8");

            migrationBuilder.AddColumn<long>(
                name: "SourceRevision",
                table: "Orders",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "DueBy",
                table: "Fulfillments",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(9999, 12, 31));

            migrationBuilder.CreateIndex(
                name: "IX_Fulfillments_fulfillments_to_ship",
                table: "Fulfillments",
                columns: new[] { "DueBy", "OrderId", "Id" },
                filter: "[Status] < 2");

            migrationBuilder.Sql("""
                UPDATE [Orders] SET [SupplierId] = (
                    SELECT CASE WHEN COUNT(*) = COUNT(f.[SupplierId]) AND MIN(f.[SupplierId]) = MAX(f.[SupplierId]) THEN MIN(f.[SupplierId]) END
                    FROM [Fulfillments] AS f WHERE f.[OrderId] = [Orders].[Id])
                """);
            migrationBuilder.Sql("""
                UPDATE [Orders] SET [Source] = 1
                WHERE EXISTS (SELECT 1 FROM [Events] AS e WHERE e.[SubjectId] = [Orders].[Id] AND e.[Type] = 'ORDER_PLACED' AND e.[ActorKind] = 2)
                """);
            migrationBuilder.Sql("""
                UPDATE [Fulfillments] SET [DueBy] = COALESCE(
                    (SELECT MIN(l.[PromisedOn]) FROM [FulfillmentLines] AS f INNER JOIN [OrderLines] AS l ON l.[Id] = f.[OrderLineId] WHERE f.[FulfillmentId] = [Fulfillments].[Id]),
                    (SELECT o.[RequestedDeliveryDate] FROM [Orders] AS o WHERE o.[Id] = [Fulfillments].[OrderId]),
                    '9999-12-31')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Fulfillments_fulfillments_to_ship",
                table: "Fulfillments");

            migrationBuilder.DropColumn(
                name: "StandardCostAmount",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "StandardCostCurrency",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "SourceRevision",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "DueBy",
                table: "Fulfillments");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OrderIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_to_complete",
                table: "Orders");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_to_complete",
                table: "Orders",
                columns: new[] { "Status", "DeliveredAt" },
                filter: "[DeliveredAt] IS NOT NULL AND [CompletedAt] IS NULL AND [Source] <> 2");

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_lines_of_a_variant",
                table: "OrderLines",
                columns: new[] { "VariantId", "Id" })
                .Annotation("SqlServer:Include", new[] { "OrderId", "Quantity", "Cancelled" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_to_complete",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_lines_of_a_variant",
                table: "OrderLines");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_to_complete",
                table: "Orders",
                column: "DeliveredAt",
                filter: "[DeliveredAt] IS NOT NULL AND [CompletedAt] IS NULL");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_DeliveredAt",
                table: "Orders");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Status_DeliveredAt",
                table: "Orders",
                columns: new[] { "Status", "DeliveredAt" },
                filter: "\"DeliveredAt\" IS NOT NULL AND \"CompletedAt\" IS NULL AND \"Source\" <> 2");

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_VariantId_Id",
                table: "OrderLines",
                columns: new[] { "VariantId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_Status_DeliveredAt",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_VariantId_Id",
                table: "OrderLines");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_DeliveredAt",
                table: "Orders",
                column: "DeliveredAt",
                filter: "\"DeliveredAt\" IS NOT NULL AND \"CompletedAt\" IS NULL");
        }
    }
}

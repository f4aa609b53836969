using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderNumbersOfCompanies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_by_purchase_order",
                table: "Orders",
                columns: new[] { "CompanyId", "PurchaseOrderNumber", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_by_purchase_order",
                table: "Orders");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_CompanyId_PlacedAt_Id",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_OrderId_Id",
                table: "OrderLines");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_VariantId",
                table: "OrderLines");

            // By hand, as https://sqlite.org/lang_altertable.html has it for a constraint that ends: EF Core would write the table anew, without a transaction around it.
            migrationBuilder.Sql("""
                PRAGMA writable_schema = 1;
                UPDATE sqlite_schema SET sql = replace(sql, '"CartId" INTEGER NOT NULL', '"CartId" INTEGER NULL') WHERE type = 'table' AND name = 'Orders';
                PRAGMA writable_schema = RESET;
                """);

            migrationBuilder.AddColumn<int>(
                name: "Source",
                table: "Orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("""
                ALTER TABLE "Orders" ADD "SupplierId" INTEGER NULL CONSTRAINT "FK_Orders_Suppliers_SupplierId" REFERENCES "Suppliers" ("Id") ON DELETE RESTRICT
                """);

            migrationBuilder.AddColumn<long>(
                name: "CompanyId",
                table: "OrderLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Rejected",
                table: "OrderLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "OrderedProducts",
                columns: table => new
                {
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    VariantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrderedProducts", x => new { x.CompanyId, x.VariantId, x.Key });
                    table.ForeignKey(
                        name: "FK_OrderedProducts_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_of_a_company",
                table: "Orders",
                columns: new[] { "CompanyId", "PlacedAt", "Id", "Number", "Status", "PaymentStatus", "UserId", "UnitId", "Source", "Currency", "NetAmount", "ShippingAmount", "TotalAmount", "CancelledAmount", "PurchaseOrderNumber", "CostCenter", "JobCode", "SupplierId", "PromisedOn" },
                descending: new[] { false, true, true, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_PlacedAt_Id",
                table: "Orders",
                columns: new[] { "PlacedAt", "Id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Status_PlacedAt_Id",
                table: "Orders",
                columns: new[] { "Status", "PlacedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_SupplierId",
                table: "Orders",
                column: "SupplierId");

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_lines_of_an_order",
                table: "OrderLines",
                columns: new[] { "OrderId", "Id", "VariantId", "Quantity", "Cancelled", "Total" });

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_VariantId_CompanyId_OrderId",
                table: "OrderLines",
                columns: new[] { "VariantId", "CompanyId", "OrderId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Orders_Suppliers_SupplierId",
                table: "Orders");

            migrationBuilder.DropTable(
                name: "OrderedProducts");

            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_of_a_company",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_PlacedAt_Id",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_Status_PlacedAt_Id",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_SupplierId",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_lines_of_an_order",
                table: "OrderLines");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_VariantId_CompanyId_OrderId",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "SupplierId",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "CompanyId",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Rejected",
                table: "OrderLines");

            migrationBuilder.AlterColumn<long>(
                name: "CartId",
                table: "Orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_CompanyId_PlacedAt_Id",
                table: "Orders",
                columns: new[] { "CompanyId", "PlacedAt", "Id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_OrderId_Id",
                table: "OrderLines",
                columns: new[] { "OrderId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_VariantId",
                table: "OrderLines",
                column: "VariantId");
        }
    }
}

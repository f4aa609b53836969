using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OrderHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_CartId",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_of_a_company",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_lines_of_an_order",
                table: "OrderLines");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_orders_of_a_variant",
                table: "OrderLines");

            migrationBuilder.AlterColumn<long>(
                name: "CartId",
                table: "Orders",
                type: "bigint",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "bigint");

            migrationBuilder.AddColumn<byte>(
                name: "Source",
                table: "Orders",
                type: "tinyint",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<long>(
                name: "SupplierId",
                table: "Orders",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CompanyId",
                table: "OrderLines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Rejected",
                table: "OrderLines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "Thousandths of the unit of measure.");

            migrationBuilder.CreateTable(
                name: "OrderedProducts",
                columns: table => new
                {
                    CompanyId = table.Column<long>(type: "bigint", nullable: false),
                    VariantId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "varchar(600)", unicode: false, maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
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
                name: "IX_Orders_CartId",
                table: "Orders",
                column: "CartId",
                unique: true,
                filter: "[CartId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_by_time",
                table: "Orders",
                columns: new[] { "PlacedAt", "Id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_of_a_company",
                table: "Orders",
                columns: new[] { "CompanyId", "PlacedAt", "Id" },
                descending: new[] { false, true, true })
                .Annotation("SqlServer:Include", new[] { "Number", "Status", "PaymentStatus", "UserId", "UnitId", "Source", "Currency", "NetAmount", "ShippingAmount", "TotalAmount", "CancelledAmount", "PurchaseOrderNumber", "CostCenter", "JobCode", "SupplierId", "PromisedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_to_work_on",
                table: "Orders",
                columns: new[] { "Status", "PlacedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_SupplierId",
                table: "Orders",
                column: "SupplierId");

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_lines_of_an_order",
                table: "OrderLines",
                columns: new[] { "OrderId", "Id" })
                .Annotation("SqlServer:Include", new[] { "VariantId", "Quantity", "Cancelled", "Total" });

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_orders_of_a_variant",
                table: "OrderLines",
                columns: new[] { "VariantId", "CompanyId", "OrderId" });

            migrationBuilder.AddForeignKey(
                name: "FK_Orders_Suppliers_SupplierId",
                table: "Orders",
                column: "SupplierId",
                principalTable: "Suppliers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
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
                name: "IX_Orders_CartId",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_by_time",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_of_a_company",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_to_work_on",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_SupplierId",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_lines_of_an_order",
                table: "OrderLines");

            migrationBuilder.DropIndex(
                name: "IX_OrderLines_orders_of_a_variant",
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_CartId",
                table: "Orders",
                column: "CartId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_of_a_company",
                table: "Orders",
                columns: new[] { "CompanyId", "PlacedAt", "Id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_lines_of_an_order",
                table: "OrderLines",
                columns: new[] { "OrderId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_orders_of_a_variant",
                table: "OrderLines",
                column: "VariantId");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OrderLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "SupplierId",
                table: "Warehouses",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CancellationNote",
                table: "Orders",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true,
                collation: "Latin1_General_100_BIN2_UTF8");

            migrationBuilder.AddColumn<long>(
                name: "CancelledAmount",
                table: "Orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "1/10,000 of the currency's unit.");

            migrationBuilder.AddColumn<DateTime>(
                name: "CancelledAt",
                table: "Orders",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "CompletedAt",
                table: "Orders",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ConfirmedAt",
                table: "Orders",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DeliveredAt",
                table: "Orders",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PromisedOn",
                table: "Orders",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Cancelled",
                table: "OrderLines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "Thousandths of the unit of measure.");

            migrationBuilder.AddColumn<long>(
                name: "Delivered",
                table: "OrderLines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "Thousandths of the unit of measure.");

            migrationBuilder.AddColumn<DateTime>(
                name: "DeliveredAt",
                table: "OrderLines",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PromisedOn",
                table: "OrderLines",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Shipped",
                table: "OrderLines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "Thousandths of the unit of measure.");

            migrationBuilder.CreateTable(
                name: "Suppliers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Suppliers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Fulfillments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    OrderId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "varchar(156)", unicode: false, maxLength: 52, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    WarehouseId = table.Column<long>(type: "bigint", nullable: true),
                    SupplierId = table.Column<long>(type: "bigint", nullable: true),
                    SupplierOrderNumber = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Status = table.Column<byte>(type: "tinyint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fulfillments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Fulfillments_Orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "Orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Fulfillments_Suppliers_SupplierId",
                        column: x => x.SupplierId,
                        principalTable: "Suppliers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Fulfillments_Warehouses_WarehouseId",
                        column: x => x.WarehouseId,
                        principalTable: "Warehouses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FulfillmentLines",
                columns: table => new
                {
                    FulfillmentId = table.Column<long>(type: "bigint", nullable: false),
                    OrderLineId = table.Column<long>(type: "bigint", nullable: false),
                    Quantity = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure."),
                    Shipped = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure."),
                    Cancelled = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FulfillmentLines", x => new { x.FulfillmentId, x.OrderLineId });
                    table.ForeignKey(
                        name: "FK_FulfillmentLines_Fulfillments_FulfillmentId",
                        column: x => x.FulfillmentId,
                        principalTable: "Fulfillments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_FulfillmentLines_OrderLines_OrderLineId",
                        column: x => x.OrderLineId,
                        principalTable: "OrderLines",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Shipments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    OrderId = table.Column<long>(type: "bigint", nullable: false),
                    FulfillmentId = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    WarehouseId = table.Column<long>(type: "bigint", nullable: true),
                    Carrier = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    TrackingNumbers = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    ShippedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ExpectedDeliveryDate = table.Column<DateOnly>(type: "date", nullable: true),
                    DeliveredAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Shipments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Shipments_Fulfillments_FulfillmentId",
                        column: x => x.FulfillmentId,
                        principalTable: "Fulfillments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Shipments_Orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "Orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Shipments_Warehouses_WarehouseId",
                        column: x => x.WarehouseId,
                        principalTable: "Warehouses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ShipmentLines",
                columns: table => new
                {
                    ShipmentId = table.Column<long>(type: "bigint", nullable: false),
                    OrderLineId = table.Column<long>(type: "bigint", nullable: false),
                    Quantity = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ShipmentLines", x => new { x.ShipmentId, x.OrderLineId });
                    table.ForeignKey(
                        name: "FK_ShipmentLines_OrderLines_OrderLineId",
                        column: x => x.OrderLineId,
                        principalTable: "OrderLines",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ShipmentLines_Shipments_ShipmentId",
                        column: x => x.ShipmentId,
                        principalTable: "Shipments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_orders_to_complete",
                table: "Orders",
                column: "DeliveredAt",
                filter: "[DeliveredAt] IS NOT NULL AND [CompletedAt] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_FulfillmentLines_fulfillments_of_an_order_line",
                table: "FulfillmentLines",
                column: "OrderLineId");

            migrationBuilder.CreateIndex(
                name: "IX_Fulfillments_fulfillments_of_an_order",
                table: "Fulfillments",
                columns: new[] { "OrderId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Fulfillments_Number",
                table: "Fulfillments",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Fulfillments_SupplierId",
                table: "Fulfillments",
                column: "SupplierId");

            migrationBuilder.CreateIndex(
                name: "IX_Fulfillments_WarehouseId",
                table: "Fulfillments",
                column: "WarehouseId");

            migrationBuilder.CreateIndex(
                name: "IX_ShipmentLines_shipments_of_an_order_line",
                table: "ShipmentLines",
                column: "OrderLineId");

            migrationBuilder.CreateIndex(
                name: "IX_Shipments_ExternalId",
                table: "Shipments",
                column: "ExternalId",
                unique: true,
                filter: "[ExternalId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Shipments_FulfillmentId",
                table: "Shipments",
                column: "FulfillmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Shipments_shipments_of_an_order",
                table: "Shipments",
                columns: new[] { "OrderId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Shipments_WarehouseId",
                table: "Shipments",
                column: "WarehouseId");

            migrationBuilder.CreateIndex(
                name: "IX_Suppliers_ExternalId",
                table: "Suppliers",
                column: "ExternalId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FulfillmentLines");

            migrationBuilder.DropTable(
                name: "ShipmentLines");

            migrationBuilder.DropTable(
                name: "Shipments");

            migrationBuilder.DropTable(
                name: "Fulfillments");

            migrationBuilder.DropTable(
                name: "Suppliers");

            migrationBuilder.DropIndex(
                name: "IX_Orders_orders_to_complete",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "SupplierId",
                table: "Warehouses");

            migrationBuilder.DropColumn(
                name: "CancellationNote",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "CancelledAmount",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "CancelledAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "CompletedAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "ConfirmedAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "DeliveredAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "PromisedOn",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Cancelled",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Delivered",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "DeliveredAt",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "PromisedOn",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Shipped",
                table: "OrderLines");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Payments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DiscountAmount",
                table: "Orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "1/10,000 of the currency's unit.");

            migrationBuilder.AddColumn<long>(
                name: "PaidAmount",
                table: "Orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "1/10,000 of the currency's unit.");

            migrationBuilder.AddColumn<bool>(
                name: "IsHeldForOverdue",
                table: "CreditProfiles",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsReceivableElsewhere",
                table: "CreditProfiles",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "OverdueHoldAfterDays",
                table: "CreditProfiles",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Receivable",
                table: "CreditProfiles",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "1/10,000 of the currency's unit.");

            migrationBuilder.CreateTable(
                name: "OpenItems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CompanyId = table.Column<long>(type: "bigint", nullable: false),
                    OwnerId = table.Column<long>(type: "bigint", nullable: false),
                    OrderNumber = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    DocumentId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    Currency = table.Column<string>(type: "char(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    DocumentDate = table.Column<DateOnly>(type: "date", nullable: false),
                    Days = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    DueBy = table.Column<DateOnly>(type: "date", nullable: false),
                    DiscountUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    Charged = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    Reduced = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    Paid = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    Discount = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    Rest = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpenItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OpenItems_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Payments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    CompanyId = table.Column<long>(type: "bigint", nullable: false),
                    Received = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    Currency = table.Column<string>(type: "char(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    ReceivedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Content = table.Column<string>(type: "varchar(96)", unicode: false, maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Left = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    RecordedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RecordedByKeyId = table.Column<long>(type: "bigint", nullable: false),
                    ReversedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ReversalReason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Payments_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentAllocations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PaymentId = table.Column<long>(type: "bigint", nullable: false),
                    OpenItemId = table.Column<long>(type: "bigint", nullable: false),
                    Currency = table.Column<string>(type: "char(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Paid = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    TakenOff = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    AllocatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentAllocations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PaymentAllocations_OpenItems_OpenItemId",
                        column: x => x.OpenItemId,
                        principalTable: "OpenItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentAllocations_Payments_PaymentId",
                        column: x => x.PaymentId,
                        principalTable: "Payments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OpenItems_DocumentId",
                table: "OpenItems",
                column: "DocumentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OpenItems_items_of_a_company_by_day",
                table: "OpenItems",
                columns: new[] { "CompanyId", "DueBy", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_OpenItems_items_of_a_company_that_are_open",
                table: "OpenItems",
                columns: new[] { "CompanyId", "Kind", "DueBy", "Id" },
                filter: "[Rest] > 0");

            migrationBuilder.CreateIndex(
                name: "IX_OpenItems_items_that_are_open_by_day",
                table: "OpenItems",
                columns: new[] { "DueBy", "Id" },
                filter: "[Rest] > 0");

            migrationBuilder.CreateIndex(
                name: "IX_OpenItems_open_items_by_the_number_of_their_order",
                table: "OpenItems",
                column: "OrderNumber");

            migrationBuilder.CreateIndex(
                name: "IX_OpenItems_open_items_of_an_order",
                table: "OpenItems",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentAllocations_allocations_of_a_payment",
                table: "PaymentAllocations",
                columns: new[] { "PaymentId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentAllocations_allocations_to_an_open_item",
                table: "PaymentAllocations",
                columns: new[] { "OpenItemId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_ExternalId",
                table: "Payments",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Payments_payments_of_a_company",
                table: "Payments",
                columns: new[] { "CompanyId", "Id" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PaymentAllocations");

            migrationBuilder.DropTable(
                name: "OpenItems");

            migrationBuilder.DropTable(
                name: "Payments");

            migrationBuilder.DropColumn(
                name: "DiscountAmount",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "PaidAmount",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "IsHeldForOverdue",
                table: "CreditProfiles");

            migrationBuilder.DropColumn(
                name: "IsReceivableElsewhere",
                table: "CreditProfiles");

            migrationBuilder.DropColumn(
                name: "OverdueHoldAfterDays",
                table: "CreditProfiles");

            migrationBuilder.DropColumn(
                name: "Receivable",
                table: "CreditProfiles");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Shipping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ShippingVolume",
                table: "Variants",
                type: "bigint",
                nullable: true,
                comment: "Millilitres.");

            migrationBuilder.AddColumn<long>(
                name: "ShippingWeight",
                table: "Variants",
                type: "bigint",
                nullable: true,
                comment: "Grams.");

            migrationBuilder.AddColumn<string>(
                name: "DeliveryTerms",
                table: "Orders",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2_UTF8");

            migrationBuilder.AddColumn<string>(
                name: "Freight",
                table: "Orders",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2_UTF8");

            migrationBuilder.AddColumn<long>(
                name: "ShippingAmount",
                table: "Orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                comment: "1/10,000 of the currency's unit.");

            migrationBuilder.AddColumn<long>(
                name: "FreightTemplateId",
                table: "Carts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsInsured",
                table: "Carts",
                type: "bit",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "FreightTemplates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    Currency = table.Column<string>(type: "char(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Basis = table.Column<byte>(type: "tinyint", nullable: false),
                    MarketId = table.Column<long>(type: "bigint", nullable: true),
                    Zones = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    MaximumWeight = table.Column<long>(type: "bigint", nullable: true, comment: "Grams."),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FreightTemplates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FreightTemplates_Markets_MarketId",
                        column: x => x.MarketId,
                        principalTable: "Markets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ShippingTerms",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Level = table.Column<byte>(type: "tinyint", nullable: false),
                    AssigneeId = table.Column<long>(type: "bigint", nullable: false),
                    DeliveryTerms = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    TaxClass = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Insurance = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ShippingTerms", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_FreightTemplates_ExternalId",
                table: "FreightTemplates",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FreightTemplates_MarketId",
                table: "FreightTemplates",
                column: "MarketId");

            migrationBuilder.CreateIndex(
                name: "IX_ShippingTerms_ExternalId",
                table: "ShippingTerms",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ShippingTerms_shipping_terms_of_an_assignee",
                table: "ShippingTerms",
                column: "AssigneeId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FreightTemplates");

            migrationBuilder.DropTable(
                name: "ShippingTerms");

            migrationBuilder.DropColumn(
                name: "ShippingVolume",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "ShippingWeight",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "DeliveryTerms",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Freight",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "ShippingAmount",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "FreightTemplateId",
                table: "Carts");

            migrationBuilder.DropColumn(
                name: "IsInsured",
                table: "Carts");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ShippingWeight",
                table: "Variants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DeliveryTerms",
                table: "Orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Freight",
                table: "Orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ShippingAmount",
                table: "Orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FreightTemplateId",
                table: "Carts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsInsured",
                table: "Carts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "FreightTemplates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    Basis = table.Column<int>(type: "INTEGER", nullable: false),
                    MarketId = table.Column<long>(type: "INTEGER", nullable: true),
                    Zones = table.Column<string>(type: "TEXT", nullable: false),
                    MaximumWeight = table.Column<long>(type: "INTEGER", nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    AssigneeId = table.Column<long>(type: "INTEGER", nullable: false),
                    DeliveryTerms = table.Column<string>(type: "TEXT", nullable: true),
                    TaxClass = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Insurance = table.Column<string>(type: "TEXT", nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "IX_ShippingTerms_AssigneeId",
                table: "ShippingTerms",
                column: "AssigneeId");

            migrationBuilder.CreateIndex(
                name: "IX_ShippingTerms_ExternalId",
                table: "ShippingTerms",
                column: "ExternalId",
                unique: true);
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

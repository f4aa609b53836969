using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class QuantityRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "MaximumQuantity",
                table: "Variants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MinimumQuantity",
                table: "Variants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PackagingLevels",
                columns: table => new
                {
                    VariantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Contains = table.Column<long>(type: "INTEGER", nullable: false),
                    Gtin = table.Column<string>(type: "TEXT", maxLength: 14, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackagingLevels", x => new { x.VariantId, x.Code });
                    table.ForeignKey(
                        name: "FK_PackagingLevels_Variants_VariantId",
                        column: x => x.VariantId,
                        principalTable: "Variants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PackagingLevels");

            migrationBuilder.DropColumn(
                name: "MaximumQuantity",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "MinimumQuantity",
                table: "Variants");
        }
    }
}

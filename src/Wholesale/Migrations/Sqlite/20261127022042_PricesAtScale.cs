using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PricesAtScale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_VariantId",
                table: "PriceListEntries");

            migrationBuilder.AddColumn<long>(
                name: "CategoryId",
                table: "Variants",
                type: "INTEGER",
                nullable: true);

            // Variants repeat their product's category from now on.
            migrationBuilder.Sql("""UPDATE "Variants" SET "CategoryId" = (SELECT p."CategoryId" FROM "Products" AS p WHERE p."Id" = "Variants"."ProductId")""");

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

            migrationBuilder.AddColumn<bool>(
                name: "HasQuantityTerms",
                table: "PriceLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsDerived",
                table: "PriceLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "PricePolicy",
                table: "Markets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "RoundingLevel",
                table: "Markets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "RoundingMode",
                table: "Markets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Country",
                table: "Companies",
                type: "TEXT",
                maxLength: 2,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Employees",
                table: "Companies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Industry",
                table: "Companies",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Region",
                table: "Companies",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CustomerSegments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Rule = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerSegments", x => x.Id);
                });

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

            migrationBuilder.CreateTable(
                name: "PriceListAdjustments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceListId = table.Column<long>(type: "INTEGER", nullable: false),
                    ParentId = table.Column<long>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    CategoryId = table.Column<long>(type: "INTEGER", nullable: true),
                    BasisPoints = table.Column<int>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ValidTo = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListAdjustments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PriceListAdjustments_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PriceListAdjustments_PriceLists_ParentId",
                        column: x => x.ParentId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PriceListAdjustments_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceListQuantityTerms",
                columns: table => new
                {
                    PriceListId = table.Column<long>(type: "INTEGER", nullable: false),
                    VariantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Minimum = table.Column<long>(type: "INTEGER", nullable: true),
                    Maximum = table.Column<long>(type: "INTEGER", nullable: true),
                    Increment = table.Column<long>(type: "INTEGER", nullable: true),
                    BreakGroup = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListQuantityTerms", x => new { x.PriceListId, x.VariantId });
                    table.ForeignKey(
                        name: "FK_PriceListQuantityTerms_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CustomerSegmentMembers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SegmentId = table.Column<long>(type: "INTEGER", nullable: false),
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ValidTo = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerSegmentMembers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerSegmentMembers_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CustomerSegmentMembers_CustomerSegments_SegmentId",
                        column: x => x.SegmentId,
                        principalTable: "CustomerSegments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PriceLists_WriterId",
                table: "PriceLists",
                column: "WriterId",
                filter: "\"WriterId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_FromVersion",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "FromVersion" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_ToVersion",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ToVersion" },
                filter: "\"ToVersion\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_VariantId_FromVersion",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "VariantId", "FromVersion" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomerSegmentMembers_CompanyId",
                table: "CustomerSegmentMembers",
                column: "CompanyId");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerSegmentMembers_SegmentId_CompanyId",
                table: "CustomerSegmentMembers",
                columns: new[] { "SegmentId", "CompanyId" },
                unique: true,
                filter: "\"ValidTo\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerSegments_ExternalId",
                table: "CustomerSegments",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAdjustments_CategoryId",
                table: "PriceListAdjustments",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAdjustments_ParentId",
                table: "PriceListAdjustments",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAdjustments_PriceListId",
                table: "PriceListAdjustments",
                column: "PriceListId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CustomerSegmentMembers");

            migrationBuilder.DropTable(
                name: "PackagingLevels");

            migrationBuilder.DropTable(
                name: "PriceListAdjustments");

            migrationBuilder.DropTable(
                name: "PriceListQuantityTerms");

            migrationBuilder.DropTable(
                name: "CustomerSegments");

            migrationBuilder.DropIndex(
                name: "IX_PriceLists_WriterId",
                table: "PriceLists");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_FromVersion",
                table: "PriceListEntries");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_ToVersion",
                table: "PriceListEntries");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_VariantId_FromVersion",
                table: "PriceListEntries");

            migrationBuilder.DropColumn(
                name: "CategoryId",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "MaximumQuantity",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "MinimumQuantity",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "HasQuantityTerms",
                table: "PriceLists");

            migrationBuilder.DropColumn(
                name: "IsDerived",
                table: "PriceLists");

            migrationBuilder.DropColumn(
                name: "PricePolicy",
                table: "Markets");

            migrationBuilder.DropColumn(
                name: "RoundingLevel",
                table: "Markets");

            migrationBuilder.DropColumn(
                name: "RoundingMode",
                table: "Markets");

            migrationBuilder.DropColumn(
                name: "Country",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Employees",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Industry",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Region",
                table: "Companies");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_VariantId",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "VariantId" });
        }
    }
}

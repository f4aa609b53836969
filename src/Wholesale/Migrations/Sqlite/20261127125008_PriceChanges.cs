using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PriceChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PriceChangeSets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectiveAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LineCount = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceChangeSets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PriceListTurns",
                columns: table => new
                {
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PriceListId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListTurns", x => new { x.At, x.PriceListId });
                });

            migrationBuilder.CreateTable(
                name: "PriceChangeLines",
                columns: table => new
                {
                    PriceChangeSetId = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceListId = table.Column<long>(type: "INTEGER", nullable: false),
                    VariantId = table.Column<long>(type: "INTEGER", nullable: false),
                    MinimumQuantity = table.Column<long>(type: "INTEGER", nullable: false),
                    UnitPrice = table.Column<long>(type: "INTEGER", nullable: true),
                    IsKept = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceChangeLines", x => new { x.PriceChangeSetId, x.PriceListId, x.VariantId, x.MinimumQuantity });
                    table.ForeignKey(
                        name: "FK_PriceChangeLines_PriceChangeSets_PriceChangeSetId",
                        column: x => x.PriceChangeSetId,
                        principalTable: "PriceChangeSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceChangeSetVersions",
                columns: table => new
                {
                    PriceChangeSetId = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceListId = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceVersion = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceChangeSetVersions", x => new { x.PriceChangeSetId, x.PriceListId });
                    table.ForeignKey(
                        name: "FK_PriceChangeSetVersions_PriceChangeSets_PriceChangeSetId",
                        column: x => x.PriceChangeSetId,
                        principalTable: "PriceChangeSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceSimulations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceListId = table.Column<long>(type: "INTEGER", nullable: true),
                    PriceChangeSetId = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Progress = table.Column<int>(type: "INTEGER", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceSimulations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PriceSimulations_PriceChangeSets_PriceChangeSetId",
                        column: x => x.PriceChangeSetId,
                        principalTable: "PriceChangeSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PriceSimulations_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Variants_PublishedFrom",
                table: "Variants",
                column: "PublishedFrom",
                filter: "\"PublishedFrom\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Variants_PublishedTo",
                table: "Variants",
                column: "PublishedTo",
                filter: "\"PublishedTo\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Products_PublishedFrom",
                table: "Products",
                column: "PublishedFrom",
                filter: "\"PublishedFrom\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Products_PublishedTo",
                table: "Products",
                column: "PublishedTo",
                filter: "\"PublishedTo\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_ValidFrom_FromVersion",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ValidFrom", "FromVersion" },
                filter: "\"ValidFrom\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_ValidTo_FromVersion",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ValidTo", "FromVersion" },
                filter: "\"ValidTo\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Events_Type_Number",
                table: "Events",
                columns: new[] { "Type", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceChangeSets_ExternalId",
                table: "PriceChangeSets",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PriceChangeSets_Status_EffectiveAt",
                table: "PriceChangeSets",
                columns: new[] { "Status", "EffectiveAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceSimulations_CreatedAt",
                table: "PriceSimulations",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_PriceSimulations_PriceChangeSetId",
                table: "PriceSimulations",
                column: "PriceChangeSetId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceSimulations_PriceListId",
                table: "PriceSimulations",
                column: "PriceListId");

            // The clock looks for instants that lie ahead in this table alone.
            migrationBuilder.Sql("""
                INSERT INTO "PriceListTurns" ("At", "PriceListId")
                SELECT "ValidFrom", "PriceListId" FROM "PriceListEntries" WHERE "ValidFrom" > datetime('now')
                UNION SELECT "ValidTo", "PriceListId" FROM "PriceListEntries" WHERE "ValidTo" > datetime('now')
                UNION SELECT "ValidFrom", "PriceListId" FROM "PriceListAssignments" WHERE "ValidFrom" > datetime('now')
                UNION SELECT "ValidTo", "PriceListId" FROM "PriceListAssignments" WHERE "ValidTo" > datetime('now')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PriceChangeLines");

            migrationBuilder.DropTable(
                name: "PriceChangeSetVersions");

            migrationBuilder.DropTable(
                name: "PriceListTurns");

            migrationBuilder.DropTable(
                name: "PriceSimulations");

            migrationBuilder.DropTable(
                name: "PriceChangeSets");

            migrationBuilder.DropIndex(
                name: "IX_Variants_PublishedFrom",
                table: "Variants");

            migrationBuilder.DropIndex(
                name: "IX_Variants_PublishedTo",
                table: "Variants");

            migrationBuilder.DropIndex(
                name: "IX_Products_PublishedFrom",
                table: "Products");

            migrationBuilder.DropIndex(
                name: "IX_Products_PublishedTo",
                table: "Products");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_ValidFrom_FromVersion",
                table: "PriceListEntries");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_ValidTo_FromVersion",
                table: "PriceListEntries");

            migrationBuilder.DropIndex(
                name: "IX_Events_Type_Number",
                table: "Events");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Temporary : Migration
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

            // What prices and assignments that are there already have ahead of them.
            migrationBuilder.Sql("""
                INSERT INTO "PriceListTurns" ("At", "PriceListId")
                SELECT "ValidFrom", "PriceListId" FROM "PriceListEntries" WHERE "ValidFrom" > datetime('now')
                UNION SELECT "ValidTo", "PriceListId" FROM "PriceListEntries" WHERE "ValidTo" > datetime('now')
                UNION SELECT "ValidFrom", "PriceListId" FROM "PriceListAssignments" WHERE "ValidFrom" > datetime('now')
                UNION SELECT "ValidTo", "PriceListId" FROM "PriceListAssignments" WHERE "ValidTo" > datetime('now')
                """);

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
                name: "IX_PriceChangeSets_ExternalId",
                table: "PriceChangeSets",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PriceChangeSets_Status_EffectiveAt",
                table: "PriceChangeSets",
                columns: new[] { "Status", "EffectiveAt" });
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
                name: "PriceChangeSets");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_ValidFrom_FromVersion",
                table: "PriceListEntries");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_ValidTo_FromVersion",
                table: "PriceListEntries");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BulkPrices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_VariantId",
                table: "PriceListEntries");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_VariantId",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "VariantId" });
        }
    }
}

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
                name: "IX_PriceListEntries_PriceListId_ValidFrom",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ValidFrom" },
                filter: "\"ValidFrom\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_PriceListId_ValidTo",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ValidTo" },
                filter: "\"ValidTo\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Events_Type_Number",
                table: "Events",
                columns: new[] { "Type", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
                name: "IX_PriceListEntries_PriceListId_ValidFrom",
                table: "PriceListEntries");

            migrationBuilder.DropIndex(
                name: "IX_PriceListEntries_PriceListId_ValidTo",
                table: "PriceListEntries");

            migrationBuilder.DropIndex(
                name: "IX_Events_Type_Number",
                table: "Events");
        }
    }
}

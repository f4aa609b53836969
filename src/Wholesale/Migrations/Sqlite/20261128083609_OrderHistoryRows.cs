using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderHistoryRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                UPDATE "OrderLines" SET "CompanyId" = (SELECT o."CompanyId" FROM "Orders" AS o WHERE o."Id" = "OrderLines"."OrderId")
                """);
            migrationBuilder.Sql("""
                INSERT INTO "OrderedProducts" ("CompanyId", "VariantId", "Key") SELECT DISTINCT l."CompanyId", l."VariantId", rtrim(substr(upper(l."Sku" || ' ' || l."Name"), 1, 200)) FROM "OrderLines" AS l
                """);

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}

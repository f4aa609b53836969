using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OrderHistoryRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                UPDATE l SET l.[CompanyId] = o.[CompanyId] FROM [OrderLines] AS l INNER JOIN [Orders] AS o ON l.[OrderId] = o.[Id]
                """);
            migrationBuilder.Sql("""
                INSERT INTO [OrderedProducts] ([CompanyId], [VariantId], [Key]) SELECT DISTINCT l.[CompanyId], l.[VariantId], RTRIM(LEFT(UPPER(l.[Sku] + N' ' + l.[Name]), 200)) FROM [OrderLines] AS l
                """);

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ConfirmedQuantities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Confirmed",
                table: "OrderLines",
                type: "bigint",
                nullable: true,
                comment: "Thousandths of the unit of measure.");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Confirmed",
                table: "OrderLines");
        }
    }
}

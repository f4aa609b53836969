using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ContentOfPriceLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ContentId",
                table: "PriceLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Another id for each content that is there, and others when this is run on a restored backup.
            migrationBuilder.Sql("UPDATE \"PriceLists\" SET \"ContentId\" = abs(random() / 2)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ContentId",
                table: "PriceLists");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // Another id for each content that is there, and others when this is run on a restored backup.
            migrationBuilder.Sql("EXEC(N'UPDATE [PriceLists] SET [ContentId] = CONVERT(bigint, CRYPT_GEN_RANDOM(7))')");
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

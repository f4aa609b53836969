using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <summary>Makes the database what it must be. A migration of its own, since it cannot be in a transaction, and the tables must be.</summary>
    [DbContext(typeof(SqlServerWholesaleDb))]
    [Migration("20261127165900_Database")]
    public partial class Database : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // As SqlServerModel and DatabaseChecks say.
            migrationBuilder.Sql(
                """
                DECLARE @database nvarchar(258) = QUOTENAME(DB_NAME());
                IF CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation')) <> N'Latin1_General_100_BIN2_UTF8'
                BEGIN TRY
                    EXEC (N'ALTER DATABASE ' + @database + N' COLLATE Latin1_General_100_BIN2_UTF8');
                END TRY
                BEGIN CATCH
                    THROW 50002, 'The collation of the database could not be changed: nobody else may be connected, and Azure SQL never changes one. Create it WITH COLLATE Latin1_General_100_BIN2_UTF8.', 1;
                END CATCH;
                IF EXISTS (SELECT 1 FROM sys.databases WHERE [name] = DB_NAME() AND [is_read_committed_snapshot_on] = 0)
                    EXEC (N'ALTER DATABASE ' + @database + N' SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE');
                IF EXISTS (SELECT 1 FROM sys.databases WHERE [name] = DB_NAME() AND [snapshot_isolation_state] = 0)
                    EXEC (N'ALTER DATABASE ' + @database + N' SET ALLOW_SNAPSHOT_ISOLATION ON');
                """,
                suppressTransaction: true);
        }
    }
}

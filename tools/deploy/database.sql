-- The database and its two logins, made by an administrator: sqlcmd -b -I -i database.sql -v MigratePassword=... ApiPassword=...
-- It can be run again: what is there stays, and the passwords become those given.

IF DB_ID(N'Wholesale') IS NULL
    CREATE DATABASE [Wholesale] COLLATE Latin1_General_100_BIN2_UTF8;
GO
-- Asked first, for each of these waits for what runs, or breaks it off.
IF EXISTS (SELECT 1 FROM sys.databases WHERE [name] = N'Wholesale' AND [is_read_committed_snapshot_on] = 0)
    ALTER DATABASE [Wholesale] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
IF EXISTS (SELECT 1 FROM sys.databases WHERE [name] = N'Wholesale' AND [snapshot_isolation_state] = 0)
    ALTER DATABASE [Wholesale] SET ALLOW_SNAPSHOT_ISOLATION ON;
GO

IF SUSER_ID(N'wholesale_migrate') IS NULL
    CREATE LOGIN [wholesale_migrate] WITH PASSWORD = N'$(MigratePassword)';
ELSE
    ALTER LOGIN [wholesale_migrate] WITH PASSWORD = N'$(MigratePassword)';
IF SUSER_ID(N'wholesale_api') IS NULL
    CREATE LOGIN [wholesale_api] WITH PASSWORD = N'$(ApiPassword)';
ELSE
    ALTER LOGIN [wholesale_api] WITH PASSWORD = N'$(ApiPassword)';
GO

USE [Wholesale];
GO
IF USER_ID(N'wholesale_migrate') IS NULL
    CREATE USER [wholesale_migrate] FOR LOGIN [wholesale_migrate] WITH DEFAULT_SCHEMA = [dbo];
IF USER_ID(N'wholesale_api') IS NULL
    CREATE USER [wholesale_api] FOR LOGIN [wholesale_api] WITH DEFAULT_SCHEMA = [dbo];
GO
-- Migrations change tables and the rows in them. db_owner is not needed, because the database is already what the first of them would make it.
ALTER ROLE [db_ddladmin] ADD MEMBER [wholesale_migrate];
ALTER ROLE [db_datareader] ADD MEMBER [wholesale_migrate];
ALTER ROLE [db_datawriter] ADD MEMBER [wholesale_migrate];
-- Nodes read and write rows. They call no procedure but sp_getapplock, which is everyone's, so they need no EXECUTE.
ALTER ROLE [db_datareader] ADD MEMBER [wholesale_api];
ALTER ROLE [db_datawriter] ADD MEMBER [wholesale_api];
GO

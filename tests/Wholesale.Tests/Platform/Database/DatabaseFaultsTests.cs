using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

public sealed class DatabaseFaultsTests
{
    [Theory]
    [InlineData(2601, DatabaseFault.Duplicate)]
    [InlineData(2627, DatabaseFault.Duplicate)]
    [InlineData(547, DatabaseFault.Reference)]
    [InlineData(1205, DatabaseFault.Deadlock)]
    [InlineData(3960, DatabaseFault.Overtaken)]
    [InlineData(3961, DatabaseFault.Overtaken)]
    [InlineData(50_003, DatabaseFault.Deadlock)]
    [InlineData(-2, DatabaseFault.TimedOut)]
    [InlineData(8645, DatabaseFault.Busy)]
    [InlineData(1222, DatabaseFault.Busy)]
    [InlineData(50_001, DatabaseFault.Busy)]
    [InlineData(9002, DatabaseFault.Full)]
    [InlineData(10_054, DatabaseFault.Unreachable)]
    [InlineData(40_613, DatabaseFault.Unreachable)]
    [InlineData(208, DatabaseFault.None)]
    [InlineData(8152, DatabaseFault.None)]
    public void Errors_of_SQL_Server_are_known_by_their_numbers(int number, DatabaseFault fault)
    {
        Assert.Equal(fault, DatabaseFaults.Of(SqlErrors.Of(number)));
        Assert.Equal(fault, DatabaseFaults.Of(new DbUpdateException("Said by EF Core.", SqlErrors.Of(number))));
    }

    [Theory]
    [InlineData("BeginExecuteReader requires an open and available Connection. The connection's current state is closed.", DatabaseFault.Unreachable)]
    [InlineData("This SqlTransaction has completed; it is no longer usable.", DatabaseFault.Unreachable)]
    [InlineData("Timeout expired. The timeout period elapsed prior to obtaining a connection from the pool.", DatabaseFault.Busy)]
    [InlineData("There is already an open DataReader associated with this Connection which must be closed first.", DatabaseFault.None)]
    public void What_the_client_says_of_connections_itself_is_known_too(string message, DatabaseFault fault)
    {
        Assert.Equal(fault, DatabaseFaults.Of(new InvalidOperationException(message) { Source = "Microsoft.Data.SqlClient" }));
        Assert.Equal(DatabaseFault.None, DatabaseFaults.Of(new InvalidOperationException(message)));
    }

    [Fact]
    public void Whatever_ended_the_connection_made_the_server_unreachable() =>
        Assert.Equal(DatabaseFault.Unreachable, DatabaseFaults.Of(SqlErrors.Of(4014, severity: 20)));

    [Theory]
    [InlineData(5, 5, DatabaseFault.Busy)]
    [InlineData(6, 6, DatabaseFault.Busy)]
    [InlineData(13, 13, DatabaseFault.Full)]
    [InlineData(8, 1032, DatabaseFault.Unreachable)]
    [InlineData(10, 266, DatabaseFault.Unreachable)]
    [InlineData(14, 14, DatabaseFault.Unreachable)]
    [InlineData(19, 2067, DatabaseFault.Duplicate)]
    [InlineData(19, 1555, DatabaseFault.Duplicate)]
    [InlineData(19, 787, DatabaseFault.Reference)]
    [InlineData(1, 1, DatabaseFault.None)]
    public void Errors_of_SQLite_are_known_by_theirs(int code, int extended, DatabaseFault fault) =>
        Assert.Equal(fault, DatabaseFaults.Of(new InvalidOperationException("Said by someone.", new SqliteException("Said by a test.", code, extended))));

    [Theory]
    [InlineData(DatabaseFault.Deadlock, true)]
    [InlineData(DatabaseFault.Overtaken, true)]
    [InlineData(DatabaseFault.Unreachable, true)]
    [InlineData(DatabaseFault.TimedOut, false)]
    [InlineData(DatabaseFault.Busy, false)]
    [InlineData(DatabaseFault.Full, false)]
    [InlineData(DatabaseFault.Duplicate, false)]
    [InlineData(DatabaseFault.None, false)]
    public void Only_what_passes_by_itself_is_tried_again(DatabaseFault fault, bool isPassing) => Assert.Equal(isPassing, fault.IsPassing());

    [Fact]
    public void Clients_are_told_what_they_can_do_about_it()
    {
        Assert.Equal("CONFLICT", DatabaseFaults.ErrorOf(SqlErrors.Of(2601))!.Code);
        Assert.Equal("CONFLICT", DatabaseFaults.ErrorOf(SqlErrors.Of(547))!.Code);
        Assert.Equal("CONFLICT", DatabaseFaults.ErrorOf(SqlErrors.Of(3960))!.Code);
        Assert.Equal("CONFLICT", DatabaseFaults.ErrorOf(new OvertakenException("Said by a test."))!.Code);
        Assert.Equal("UNAVAILABLE", DatabaseFaults.ErrorOf(SqlErrors.Of(-2))!.Code);
        Assert.Equal("UNAVAILABLE", DatabaseFaults.ErrorOf(new SqliteException("Said by a test.", 13))!.Code);
        Assert.Equal("OUTCOME_UNKNOWN", DatabaseFaults.ErrorOf(new CommitUnknownException(SqlErrors.Of(10_054)))!.Code);
        Assert.Null(DatabaseFaults.ErrorOf(SqlErrors.Of(208)));
        Assert.Null(DatabaseFaults.ErrorOf(new InvalidOperationException("A bug.")));
    }
}

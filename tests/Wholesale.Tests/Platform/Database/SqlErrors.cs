using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Errors as SQL Server's client throws them, which it lets nobody else make.</summary>
internal static class SqlErrors
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>An error of a number and a class of severity.</summary>
    public static SqlException Of(int number, byte severity = 16)
    {
        var constructor = typeof(SqlError).GetConstructors(Hidden).Single(c => c.GetParameters() is [.., { Name: "exception" }] parameters && parameters.Length == 8);
        var error = (SqlError)constructor.Invoke([number, (byte)1, severity, "server", "Said by a test.", "", 1, null]);
        var errors = (SqlErrorCollection)typeof(SqlErrorCollection).GetConstructor(Hidden, [])!.Invoke([]);
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", Hidden, [typeof(SqlErrorCollection), typeof(string)])!.Invoke(null, [errors, "16.0"])!;
    }
}

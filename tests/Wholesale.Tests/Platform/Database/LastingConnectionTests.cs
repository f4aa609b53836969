using System.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>A connection that stays open, and what it keeps.</summary>
public sealed class LastingConnectionTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly LastingConnection connection;

    public LastingConnectionTests()
    {
        connection = new($"Data Source={Path.Combine(directory.Path, "lasting.db")};Pooling=False");
        connection.Open();
        connection.Handle!.enable_sqlite3_next_stmt(true);
        Run("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
        Run("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
    }

    public void Dispose()
    {
        connection.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void What_was_sent_before_is_prepared_and_takes_the_values_of_now()
    {
        Assert.Equal("one", Name(1));
        var prepared = Prepared();
        Assert.Equal("two", Name(2));
        Assert.Equal("one", Name(1));
        Assert.Null(Name(3));
        Assert.Equal(prepared, Prepared());
    }

    [Fact]
    public void It_stays_open_when_it_is_closed_unless_a_transaction_or_a_reader_was_left_open()
    {
        Name(1);
        connection.Close();
        Assert.Equal(ConnectionState.Open, connection.State);

        connection.BeginTransaction();
        connection.Close();
        Assert.Equal(ConnectionState.Closed, connection.State);

        connection.Open();
        var command = Take("SELECT name FROM t WHERE id = $id", 1);
        command.ExecuteReader();
        connection.Close();
        Assert.Equal(ConnectionState.Closed, connection.State);

        connection.Open();
        Assert.Equal("one", Name(1));
        connection.Dispose();
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Fact]
    public void A_statement_that_failed_and_one_that_holds_much_are_not_kept()
    {
        var before = Prepared();
        using (var failing = Take("INSERT INTO t VALUES ($id, 'again')", 1))
        {
            Assert.Throws<SqliteException>(() => failing.ExecuteNonQuery());
        }

        Assert.Equal(before, Prepared());
        using (var much = Take("SELECT name FROM t WHERE name = $id", new string('x', 100_000)))
        {
            Assert.Null(much.ExecuteScalar());
        }

        Assert.Equal(before, Prepared());
        using (var little = Take("SELECT name FROM t WHERE name = $id", "one"))
        {
            Assert.Equal("one", little.ExecuteScalar());
        }

        Assert.Equal(before + 1, Prepared());
    }

    [Fact]
    public void Two_at_once_of_the_same_text_are_two_and_one_is_kept()
    {
        var before = Prepared();
        using (var first = Take("SELECT name FROM t WHERE id >= $id ORDER BY id", 1))
        using (var reader = first.ExecuteReader())
        {
            Assert.True(reader.Read());
            using var second = Take("SELECT name FROM t WHERE id >= $id ORDER BY id", 2);
            Assert.Equal("two", second.ExecuteScalar());
            Assert.True(reader.Read());
            Assert.Equal("two", reader.GetString(0));
        }

        Assert.Equal(before + 1, Prepared());
    }

    [Fact]
    public void Those_that_were_not_sent_for_the_longest_time_go_first()
    {
        Name(1);
        for (var i = 0; i < LastingConnection.MaximumKept + 20; i++)
        {
            using var other = Take($"SELECT {i} + $id", 1);
            Assert.Equal(i + 1L, other.ExecuteScalar());
            if (i % 50 == 0)
            {
                Name(1);
            }
        }

        Assert.Equal(LastingConnection.MaximumKept, Prepared());
        Assert.Contains("SELECT name FROM t WHERE id = $id", Texts());
        Assert.DoesNotContain("SELECT 1 + $id", Texts());
    }

    [Fact]
    public void A_statement_is_right_after_the_schema_was_changed_by_another_connection()
    {
        Assert.Equal("one", Name(1));
        using (var other = new SqliteConnection(connection.ConnectionString))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "ALTER TABLE t ADD COLUMN more TEXT; UPDATE t SET name = 'first' WHERE id = 1; CREATE INDEX i ON t (name);";
            command.ExecuteNonQuery();
        }

        Assert.Equal("first", Name(1));
    }

    private string? Name(int id)
    {
        using var command = Take("SELECT name FROM t WHERE id = $id", id);
        return (string?)command.ExecuteScalar();
    }

    /// <summary>As EF Core asks for one.</summary>
    private SqliteCommand Take(string sql, object value)
    {
        var made = connection.CreateCommand();
        made.CommandText = sql;
        made.Parameters.AddWithValue("$id", value);
        return connection.Take(made);
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private int Prepared() => Texts().Count;

    /// <summary>What SQLite has prepared on it.</summary>
    private List<string> Texts()
    {
        var texts = new List<string>();
        for (var statement = raw.sqlite3_next_stmt(connection.Handle, null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(connection.Handle, statement))
        {
            texts.Add(raw.sqlite3_sql(statement).utf8_to_string());
        }

        return texts;
    }
}

using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>The settings of SQL Server. Those of SQLite every test of the host uses.</summary>
public sealed class DatabaseSettingsTests
{
    private const string Server = "Server=db.example.com;Database=shop;User Id=shop;Password=s3cret";

    [Theory]
    [InlineData("SqlServer")]
    [InlineData("sqlserver")]
    [InlineData("SQLSERVER")]
    public void The_provider_is_named_in_any_case(string provider) =>
        Assert.Equal(DatabaseProvider.SqlServer, Read(("Database:Provider", provider)).Provider);

    [Fact]
    public void A_provider_that_there_is_not_is_refused()
    {
        var error = Refused(("Database:Provider", "Oracle"));

        Assert.Equal("Database:Provider is \"Oracle\"; it can be \"Sqlite\" or \"SqlServer\".", error.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_missing_connection_string_is_asked_for(string? connectionString)
    {
        var error = Refused(("ConnectionStrings:Wholesale", connectionString));

        Assert.Equal("Database:Provider is \"SqlServer\", so ConnectionStrings:Wholesale must say which server and database.", error.Message);
    }

    [Theory]
    [InlineData("Server=db.example.com;Password=s3cret;Nonsense=1")]
    [InlineData("Server=db.example.com;Password=s3cret;Encrypt=perhaps")]
    [InlineData("Server=db.example.com;Password=s3cret;Max Pool Size=many")]
    [InlineData("Server=db.example.com;s3cret")]
    [InlineData("Server=db.example.com;Password=\"s3cret")]
    [InlineData("Server=db.example.com;Password=a;s3cret=1")]
    [InlineData("s3cret")]
    public void A_connection_string_that_cannot_be_read_is_refused_without_its_password(string connectionString)
    {
        var error = Refused(("ConnectionStrings:Wholesale", connectionString));

        Assert.StartsWith("ConnectionStrings:Wholesale is no connection string of SQL Server", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        var settings = Read();

        Assert.Equal((30, null, 3), (settings.CommandTimeoutSeconds, settings.MaxBatchSize, settings.MaxRetries));
        Assert.Equal((100, 15, "Wholesale"), Pool(settings));
        Assert.Equal("s3cret", new SqlConnectionStringBuilder(settings.ConnectionString).Password);
    }

    [Fact]
    public void What_is_said_goes_before_the_connection_string()
    {
        var settings = Read(
            ("ConnectionStrings:Wholesale", $"{Server};Max Pool Size=7;Connect Timeout=8;Application Name=ours"),
            ("Database:MaxPoolSize", "50"),
            ("Database:ConnectTimeoutSeconds", "5"),
            ("Database:CommandTimeoutSeconds", "60"),
            ("Database:MaxBatchSize", "1"),
            ("Database:MaxRetries", "0"));

        Assert.Equal((60, 1, 0), (settings.CommandTimeoutSeconds, settings.MaxBatchSize, settings.MaxRetries));
        Assert.Equal((50, 5, "ours"), Pool(settings));
    }

    [Fact]
    public void What_only_the_connection_string_says_holds()
    {
        var settings = Read(("ConnectionStrings:Wholesale", $"{Server};Max Pool Size=7;Connect Timeout=8"), ("Database:MaxPoolSize", ""));

        Assert.Equal((7, 8, "Wholesale"), Pool(settings));
    }

    [Fact]
    public void Several_results_at_once_are_switched_off_for_with_them_no_part_of_a_write_can_be_undone()
    {
        var settings = Read(("ConnectionStrings:Wholesale", $"{Server};MultipleActiveResultSets=True"));

        Assert.False(new SqlConnectionStringBuilder(settings.ConnectionString).MultipleActiveResultSets);
    }

    [Theory]
    [InlineData("MaxPoolSize", 1, 32_767)]
    [InlineData("ConnectTimeoutSeconds", 1, 600)]
    [InlineData("CommandTimeoutSeconds", 1, 3600)]
    [InlineData("MaxBatchSize", 1, 1000)]
    [InlineData("MaxRetries", 0, 10)]
    public void A_number_has_its_bounds(string name, int least, int most)
    {
        Read(($"Database:{name}", $"{least}"));
        Read(($"Database:{name}", $"{most}"));

        foreach (var bad in new[] { $"{least - 1}", $"{most + 1}", "-1", "+1", "1.5", "0x1", " 1", "many", "99999999999" })
        {
            Assert.Equal($"Database:{name} is \"{bad}\"; it can be a number from {least} to {most}.", Refused(($"Database:{name}", bad)).Message);
        }
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public void Only_in_development_a_start_changes_the_schema_unasked(string environment, bool expected)
    {
        var settings = Read(environment);

        Assert.Equal((expected, expected), (settings.Migrate, settings.Demo));
        Assert.Equal((true, false), (Read(environment, ("Database:Migrate", "true")).Migrate, Read(environment, ("Database:Demo", "false")).Demo));
    }

    private static (int MaxPoolSize, int ConnectTimeout, string ApplicationName) Pool(DatabaseSettings settings)
    {
        var connection = new SqlConnectionStringBuilder(settings.ConnectionString);
        return (connection.MaxPoolSize, connection.ConnectTimeout, connection.ApplicationName);
    }

    private static InvalidOperationException Refused(params (string Name, string? Value)[] settings) =>
        Assert.Throws<InvalidOperationException>(() => Read(settings));

    private static DatabaseSettings Read(params (string Name, string? Value)[] settings) => Read("Production", settings);

    /// <summary>The settings given, over those that SQL Server needs.</summary>
    private static DatabaseSettings Read(string environment, params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Database:Provider", "SqlServer"), new("ConnectionStrings:Wholesale", Server)])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
        return DatabaseSettings.Read(configuration, new Environment(environment));
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "Wholesale";

        public string ContentRootPath { get; set; } = "/nowhere";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

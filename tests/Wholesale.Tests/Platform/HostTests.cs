using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

/// <summary>The real host on a real socket, over a data directory of its own.</summary>
public sealed class HostTests : IAsyncDisposable
{
    private readonly TempDirectory directory = new();
    private readonly TaskCompletionSource slowRequest = new();
    private readonly TaskCompletionSource slowRequestCame = new();
    private WebApplication? app;

    private string DataDirectory => Path.Combine(directory.Path, "data");

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        directory.Dispose();
    }

    [Fact]
    public async Task Health_answers_without_a_key_and_whatever_key_is_sent()
    {
        using var client = await Start();
        client.DefaultRequestHeaders.Add("X-Api-Key", "nonsense");

        Assert.Equal("live", await client.GetStringAsync("/health/live"));
        Assert.Equal("ready", await client.GetStringAsync("/health/ready"));
    }

    [Theory]
    [InlineData("X-Api-Key", "whk_00000000000000000000000000000000", "The key in the header X-Api-Key is unknown, expired or revoked.")]
    [InlineData("X-Api-Key", "", "The key in the header X-Api-Key is unknown, expired or revoked.")]
    [InlineData("Authorization", "Bearer abc", "The bearer token is neither a JWT nor an access token.")]
    public async Task A_credential_that_is_no_good_is_never_taken_for_anonymous(string header, string value, string detail)
    {
        using var client = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["ApiKey", "Bearer"], response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.Equal("UNAUTHENTICATED", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_request_without_a_credential_is_let_through()
    {
        using var client = await Start();

        using var response = await client.GetAsync("/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task The_data_directory_is_its_owners_alone()
    {
        using var client = await Start();
        await client.GetStringAsync("/health/ready");

        var data = new DirectoryInfo(DataDirectory);

        Assert.True(File.Exists(Path.Combine(data.FullName, "wholesale.db")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, data.UnixFileMode);
        }
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_database_that_does_not_answer_is_not_ready_and_says_so()
    {
        using var client = await Start();
        await client.GetStringAsync("/health/ready");
        directory.Release();
        File.Delete(Path.Combine(DataDirectory, "wholesale.db"));
        Directory.CreateDirectory(Path.Combine(DataDirectory, "wholesale.db"));

        using var response = await client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("the database does not answer", await response.Content.ReadAsStringAsync());
        Assert.Equal("live", await client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task A_host_that_stops_is_not_ready_first_then_finishes_what_runs()
    {
        using var client = await Start("--Shutdown:DelaySeconds", "3");
        var slow = client.GetStringAsync("/slow");
        await slowRequestCame.Task;

        var stopped = app!.StopAsync();
        await Eventually.Holds(() => app.Services.GetRequiredService<Readiness>().IsStopping);
        using var ready = await client.GetAsync("/health/ready");
        await Eventually.Holds(() => app.Lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.False(stopped.IsCompleted);
        slowRequest.SetResult();

        Assert.Equal("done", await slow);
        await stopped;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("stopping", await ready.Content.ReadAsStringAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/health/live"));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_schema_that_is_not_this_programs_stops_the_start()
    {
        var older = await Assert.ThrowsAsync<InvalidOperationException>(() => Start("--Database:Migrate", "false"));
        using (await Start())
        {
            await using var scope = app!.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.ExecuteSqlAsync(
                $"INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('29990101000000_Later', '99')");
        }

        var newer = await Assert.ThrowsAsync<InvalidOperationException>(() => Start("--Database:Migrate", "false"));
        var newerToo = await Assert.ThrowsAsync<InvalidOperationException>(() => Start("--Database:Migrate", "true"));

        Assert.StartsWith("The database's schema is older than this program: ", older.Message, StringComparison.Ordinal);
        Assert.StartsWith("The database's schema is newer than this program, which does not know the migration 29990101000000_Later.", newer.Message, StringComparison.Ordinal);
        Assert.Equal(newer.Message, newerToo.Message);
    }

    [Fact]
    public async Task A_provider_that_is_not_known_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Start("--Database:Provider", "Oracle"));

        Assert.Equal("Database:Provider is \"Oracle\"; it can be \"Sqlite\" or \"SqlServer\".", error.Message);
    }

    private async Task<HttpClient> Start(params string[] settings)
    {
        directory.Sqlite(Path.Combine("data", "wholesale.db"));
        app = await WholesaleHost.Create(
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Development", "--Data:Directory", DataDirectory, "--Database:Demo", "false",
            .. SqlServerForTests.IsUsed ? directory.DatabaseArguments : [],
            "--Logging:LogLevel:Default", "Critical", .. settings,
        ]);
        app.MapGet("/slow", async () =>
        {
            slowRequestCame.SetResult();
            await slowRequest.Task;
            return "done";
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new HttpClient { BaseAddress = new Uri(address) };
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests;

/// <summary>
/// The real host: Kestrel on a free loopback port, a database of its own, migrated and empty, a real HTTP client. Test classes share one as a fixture where they do not
/// change what the others read.
/// </summary>
public class TestHost : IAsyncLifetime
{
    private readonly TempDirectory directory;
    private readonly bool isFirst;
    private WebApplication? app;

    public TestHost() : this(null)
    {
    }

    /// <param name="first">The host whose database this is another node on; it ends later.</param>
    protected TestHost(TestHost? first) => (directory, isFirst) = (first?.directory ?? new(), first is null);

    public HttpClient Client { get; private set; } = null!;

    public string StaffKey { get; private set; } = null!;

    public IServiceProvider Services => app!.Services;

    /// <summary>Its database's.</summary>
    protected string ConnectionString => directory.DatabaseSettings.ConnectionString;

    /// <summary>What makes a program a node on its data, as on the command line.</summary>
    protected IEnumerable<string> DataArguments => ["--Data:Directory", directory.Path, .. directory.DatabaseArguments];

    /// <summary>Further settings, as on the command line.</summary>
    protected virtual IEnumerable<string> Settings => [];

    /// <summary>The clock, where the test moves it; null: the system's.</summary>
    protected virtual TimeProvider? Time => null;

    /// <summary>Services that only the test has.</summary>
    protected virtual void Add(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        app = await WholesaleHost.Create(
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Development", "--Database:Demo", "false", .. DataArguments, "--Logging:LogLevel:Default", "Warning", .. Settings,
        ],
        Time,
        Add);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address) };
        StaffKey = await CreateStaffKey();
    }

    public virtual async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        if (isFirst)
        {
            directory.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A key that may do everything, or only this.</summary>
    public async Task<string> CreateStaffKey(string name = "test", params Permission[] permissions)
    {
        await using var scope = Services.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<ApiKeys>();
        var everything = new Principal(PrincipalKind.Staff, 0, null, "test", PermissionSet.All);
        var created = await scope.ServiceProvider.GetRequiredService<Writes>().Run(
            Actor.System, () => keys.Create(new NewApiKey(name, null, permissions.Length == 0 ? null : permissions, null), everything));
        return created.Secret!;
    }

    /// <summary>A key of a company's user that may do what the user may, or only this; made by the mutation that staff would use.</summary>
    public async Task<string> CreateBuyerKey(string companyExternalId, string userExternalId = "buyer", params string[] permissions)
    {
        var company = await Admin("query($id: String!) { company(externalId: $id) { users { id externalId } } }", new { id = companyExternalId });
        var user = company.GetProperty("company").GetProperty("users").EnumerateArray().First(u => u.GetProperty("externalId").GetString() == userExternalId);
        var created = await Admin(
            "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret userErrors { code message } } }",
            new { input = new { name = "test", companyUserId = user.GetProperty("id").GetString(), permissions = permissions.Length == 0 ? null : permissions } });
        return created.GetProperty("createApiKey").GetProperty("secret").GetString()!;
    }

    /// <summary>Asks as staff, and returns the data of an answer without errors.</summary>
    public Task<JsonElement> Admin(string query, object? variables = null) => Data(StaffKey, query, variables, "/admin/graphql");

    /// <summary>Asks as somebody, and returns the data of an answer without errors.</summary>
    public async Task<JsonElement> Data(string? key, string query, object? variables = null, string path = "/graphql")
    {
        var (status, body) = await Ask(key, query, variables, path);
        using var json = JsonDocument.Parse(body);
        Assert.True(status == HttpStatusCode.OK && !json.RootElement.TryGetProperty("errors", out _), $"{(int)status} {body}");
        return json.RootElement.GetProperty("data").Clone();
    }

    /// <summary>Asks as somebody, and returns the answer as it came.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Ask(string? key, string query, object? variables = null, string path = "/graphql", string? idempotencyKey = null)
    {
        using var response = await Send(key, query, variables, path, idempotencyKey);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks as somebody, and returns the whole response.</summary>
    public async Task<HttpResponseMessage> Send(string? key, string query, object? variables = null, string path = "/graphql", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { query, variables }) };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Imports lines as staff, and returns the lines of the report.</summary>
    public async Task<List<JsonElement>> Import(string kind, params IEnumerable<string> lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        return await Import(kind, content);
    }

    public async Task<List<JsonElement>> Import(string kind, HttpContent content, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/imports/{kind}") { Content = content };
        request.Headers.Add("X-Api-Key", key ?? StaffKey);
        using var response = await Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {body}");
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>Counts the statements of something that is done once.</summary>
    public async Task<int> Statements(Func<Task> action)
    {
        var counter = Services.GetRequiredService<StatementCounter>();
        long before;
        do
        {
            before = counter.Total;
            await Task.Delay(50); // what a request before has begun, as to read a price list into memory, goes on without it
        }
        while (counter.Total != before);

        await action();
        return (int)(counter.Total - before);
    }
}

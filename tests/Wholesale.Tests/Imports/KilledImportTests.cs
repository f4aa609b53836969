using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Identity;
using Wholesale.Pricing;

namespace Wholesale.Tests.Imports;

/// <summary>The program itself, killed in the middle of an import.</summary>
public sealed partial class KilledImportTests : IAsyncLifetime
{
    private const int Variants = 15_000;
    private const string Key = "whk_00000000000000000000000000000000";

    private static readonly DateTime Made = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TempDirectory directory = new();
    private readonly HttpClient client = new();
    private Process? server;
    private Uri? address;

    public async ValueTask InitializeAsync()
    {
        await using var db = Open();
        await db.Database.MigrateAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var indexes = Enumerable.Range(1, Variants).ToList();
        await BulkRows.Insert(db, indexes.ConvertAll(i => new Product { Id = i, Sku = $"V{i}", CreatedAt = Made, UpdatedAt = Made, PublishedAt = Made }));
        await BulkRows.Insert(db, indexes.ConvertAll(i => new Variant
        {
            Id = i,
            ProductId = i,
            Sku = $"V{i}",
            UnitOfMeasure = Variant.DefaultUnitOfMeasure,
            QuantityIncrement = Quantity.One,
        }));
        await BulkRows.Insert(db, [new PriceList { Id = 1, ExternalId = "LIST", Name = "LIST", Currency = Currency.Of("EUR"), PriceVersion = 1, LastPriceVersion = 1 }]);
        await BulkRows.Insert(db, indexes.ConvertAll(i => new PriceListEntry
        {
            Id = i,
            PriceListId = 1,
            VariantId = i,
            MinimumQuantity = Quantity.One,
            UnitPrice = 5_0000,
            FromVersion = 1,
        }));
        await BulkRows.Insert(db, [new ApiKey
        {
            Id = 1,
            Hash = SecretDigest.Of(Key).ToArray(),
            Prefix = "whk_0000",
            Name = "test",
            Kind = PrincipalKind.Staff,
            Permissions = PermissionSet.All,
            CreatedAt = Made,
        }]);
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        client.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task Old_prices_stay_whole_and_the_next_import_undoes_what_the_dead_one_left()
    {
        await Start();
        var body = new System.IO.Pipelines.Pipe();
        using var unfinished = new StreamContent(body.Reader.AsStream());
        var broken = Import(unfinished);
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(Rows(Variants, 6)));
        await Eventually.Holds(async () => await CountEntries(e => e.FromVersion == 2) > Variants / 2);

        await Kill();

        await body.Writer.CompleteAsync(); // or the client waits for the rest of the file before it finds that nobody is there
        await Assert.ThrowsAnyAsync<Exception>(() => broken);
        Assert.Equal("ok", await Integrity());
        Assert.Equal(Variants, await CountEntries(e => e.FromVersion <= 1 && (e.ToVersion == null || e.ToVersion > 1) && e.UnitPrice == 5_0000));
        Assert.True(await CountEntries(e => e.ToVersion == 2) > 0);

        await WriterDiedLongAgo();
        await Start();
        Assert.Contains("\"amount\":\"5.00\"", await FirstEntry(), StringComparison.Ordinal);
        using var next = new StringContent(Rows(1, 7));
        Assert.Contains("\"applied\":1,\"skipped\":0,\"failed\":0", await Import(next), StringComparison.Ordinal);

        Assert.Contains("\"amount\":\"7.00\"", await FirstEntry(), StringComparison.Ordinal);
        Assert.Equal(Variants + 1, await CountEntries(e => true));
        Assert.Equal(Variants - 1, await CountEntries(e => e.ToVersion == null && e.UnitPrice == 5_0000));
        Assert.Equal(1, await CountEntries(e => e.ToVersion == null && e.UnitPrice == 7_0000));
        Assert.Equal("ok", await Integrity());
    }

    private static string Rows(int count, int price) =>
        string.Concat(Enumerable.Range(1, count).Select(i => $$"""{"priceList":"LIST","sku":"V{{i}}","unitPrice":"{{price}}"}""" + "\n"));

    private WholesaleDb Open() => directory.Open();

    private async Task<int> CountEntries(System.Linq.Expressions.Expression<Func<PriceListEntry, bool>> which)
    {
        await using var db = Open();
        return await db.PriceListEntries.CountAsync(which);
    }

    private async Task<string> Integrity()
    {
        await using var db = Open();
        return SqlServerForTests.IsUsed ? "ok" : string.Join('\n', await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync());
    }

    /// <summary>As if the ten seconds had passed for which a list is kept for an import that may be alive.</summary>
    private async Task WriterDiedLongAgo()
    {
        await using var db = Open();
        Assert.Equal(1, await db.PriceLists.Where(l => l.WriterId != null).ExecuteUpdateAsync(l => l.SetProperty(p => p.WriterUntil, Made)));
    }

    private async Task<string> Import(HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address!, "/imports/prices")) { Content = content };
        request.Headers.Add("X-Api-Key", Key);
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<string> FirstEntry()
    {
        const string Query = "{ priceList(externalId: \"LIST\") { entries(first: 1) { edges { node { unitPrice { amount } } } } } }";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address!, "/admin/graphql")) { Content = JsonContent.Create(new { query = Query }) };
        request.Headers.Add("X-Api-Key", Key);
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task Start()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            typeof(WholesaleDb).Assembly.Location, "--urls", "http://127.0.0.1:0", "--environment", "Production", "--Data:Directory", directory.Path,
            .. directory.DatabaseArguments])
        {
            start.ArgumentList.Add(argument);
        }

        server = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Match found;
        do
        {
            found = Address().Match(await server.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The server stopped."));
        }
        while (!found.Success);

        address = new Uri(found.Value);
    }

    private async Task Kill()
    {
        if (server is { HasExited: false })
        {
            server.Kill(); // SIGKILL, where there are signals
            await server.WaitForExitAsync();
        }

        server?.Dispose();
        server = null;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}

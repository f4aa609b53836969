using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>
/// Instants come back as they were given, are UTC and compare as they do in memory. They are whole microseconds here: both databases keep ticks, 100 ns, but servers that
/// only speak SQL Server's protocol may keep no more.
/// </summary>
public sealed class SameInstantsTests(BuyerHost shop) : IClassFixture<BuyerHost>
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime End = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc).AddTicks(-9);

    /// <summary>The edges of the calendar and of older types of SQL Server, and instants that differ in their last microsecond or in how many decimals are written.</summary>
    private static readonly DateTime[] Edges =
    [
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc).AddMicroseconds(1),
        new DateTime(1753, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMicroseconds(-1),
        new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc).AddMicroseconds(999_999),
        Noon.AddMicroseconds(-1),
        Noon,
        Noon.AddMicroseconds(1),
        Noon.AddMicroseconds(10),
        Noon.AddMilliseconds(100),
        Noon.AddMilliseconds(100).AddMicroseconds(1),
        Noon.AddMilliseconds(120),
        Noon.AddSeconds(1),
        End.AddMicroseconds(-1),
        End,
    ];

    [Fact]
    public async Task Stored_instants_are_UTC_and_compare_as_in_memory()
    {
        using var database = new TestDatabase();
        await using var db = database.Open();
        await BulkRows.Insert(db, [.. Edges.Select((at, i) => new Gadget { Id = i, Sku = $"bulk {i}", From = at })]);
        db.AddRange(Edges.Select((at, i) => new Gadget { Id = 100 + i, Sku = $"tracked {i}", From = at }));
        await db.SaveChangesAsync();

        var read = await db.Gadgets.AsNoTracking().OrderBy(g => g.From).ThenBy(g => g.Id).Select(g => g.From!.Value).ToListAsync();

        Assert.Equal(Edges.SelectMany(at => new[] { at, at }), read);
        Assert.All(read, at => Assert.Equal(DateTimeKind.Utc, at.Kind));
        foreach (var at in Edges)
        {
            Assert.Equal(2, await db.Gadgets.CountAsync(g => g.From == at));
            Assert.Equal(2 * Edges.Count(edge => edge < at), await db.Gadgets.CountAsync(g => g.From < at));
            Assert.Equal(2 * Edges.Count(edge => edge >= at), await db.Gadgets.CountAsync(g => g.From >= at));
        }
    }

    [Fact]
    public async Task A_price_holds_from_its_first_instant_to_the_one_before_its_end()
    {
        const string PriceAt = "query($at: DateTime!) { variant(sku: \"EDGE\") { price(quantity: 1, asOf: $at) { unitPrice { amount } } } }";
        await shop.Add("edges", "EDGE");
        await shop.Take("prices", Edges.Zip(Edges.Skip(1), (from, to) => new { from, to }).Select((interval, i) => new
        {
            priceList = "edges",
            sku = "EDGE",
            unitPrice = $"{i}.00",
            validFrom = Instant.ToString(interval.from),
            validTo = Instant.ToString(interval.to),
        }));

        for (var i = 0; i < Edges.Length - 1; i++)
        {
            Assert.Equal($"{i}.00", await At(Edges[i]));
            Assert.Equal($"{i}.00", await At(Edges[i + 1].AddMicroseconds(-1)));
        }

        Assert.Null(await At(End));

        async Task<string?> At(DateTime at)
        {
            var price = (await shop.Data(shop.Buyer, PriceAt, new { at = Instant.ToString(at) })).GetProperty("variant").GetProperty("price");
            return price.ValueKind == JsonValueKind.Null ? null : price.GetProperty("unitPrice").Text("amount");
        }
    }

    [Fact]
    public async Task Products_come_last_published_first_and_after_an_instant_to_the_microsecond()
    {
        const string Newest = """
            query($after: String, $from: DateTime) { products(first: 7, after: $after, sort: NEWEST, filter: { brand: "Newest", publishedAfter: $from })
              { edges { node { id sku publishedFrom publishedTo } } pageInfo { hasNextPage endCursor } } }
            """;
        var random = new Random(7);
        var start = new DateTime(2020, 2, 29, 23, 59, 59, DateTimeKind.Utc);
        var published = Enumerable.Range(0, 200).ToDictionary(i => $"N{i:D3}", i => start.AddMicroseconds(random.Next(8) switch { 0 => 0, 1 => 100_000, _ => random.Next(50) }));
        await shop.Take("products", published.Select(product => new
        {
            sku = product.Key,
            brand = "Newest",
            texts = new[] { new { locale = "en", name = product.Key } },
            variants = new[] { new { sku = product.Key } },
            publishedFrom = Instant.ToString(product.Value),
            publishedTo = Instant.ToString(End),
        }));

        var all = await Read(null);
        var idOf = all.ToDictionary(product => product.Text("sku"), product => NodeId.Parse(product.Text("id")).Key);

        Assert.Equal(
            published.OrderByDescending(product => product.Value).ThenByDescending(product => idOf[product.Key]).Select(product => product.Key),
            all.Select(product => product.Text("sku")));
        Assert.All(all, product => Assert.Equal((Instant.ToString(published[product.Text("sku")]), Instant.ToString(End)), (product.Text("publishedFrom"), product.Text("publishedTo"))));
        foreach (var from in new[] { start.AddMicroseconds(-1), start, start.AddMicroseconds(25), start.AddMicroseconds(100_000) })
        {
            Assert.Equal(published.Values.Count(at => at > from), (await Read(Instant.ToString(from))).Count);
        }

        Task<List<JsonElement>> Read(string? from) =>
            Pages.ToTheEnd(async after => (await shop.Data(shop.Buyer, Newest, new { after, from })).GetProperty("products"));
    }
}

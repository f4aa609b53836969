using System.Globalization;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Lists that are too long to be read while a request waits, and more lists than fit.</summary>
public sealed class LargePriceListTests : IAsyncLifetime
{
    private const int Variants = 7_001;

    private readonly ShopHost shop = ShopHost.With("Prices:MemoryMegabytes", "1");
    private IReadOnlyList<Variant> variants = null!;

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        variants = await shop.AddVariants(Quantity.One, [.. Enumerable.Range(0, Variants).Select(i => $"V{i}")]);
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_large_list_is_answered_by_the_database_first_and_from_memory_once_it_is_read()
    {
        await Large("LARGE");
        await using var other = await shop.Another(1);

        var first = await other.Prices(variants.Take(10));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long?)Price(i)), first.Select(price => price?.UnitPrice.TenThousandths));
        await other.PriceLists.WhenLoaded();

        Assert.Equal(3 * Variants, other.PriceLists.RowCount);
        Assert.Equal(0, await other.CountStatements(async () =>
        {
            var prices = await other.Prices(variants, Quantity.Of(10));
            Assert.Equal(Enumerable.Range(0, Variants).Select(i => (long?)(Price(i) - 10)), prices.Select(price => price?.UnitPrice.TenThousandths));
        }));
    }

    [Fact]
    public async Task An_edit_while_a_large_list_is_being_read_is_not_lost()
    {
        var list = await Large("LARGE");
        var random = new Random(1);
        for (var round = 1; round <= 8; round++)
        {
            // Each round begins with a node that has nothing in memory.
            await using var other = await shop.Another(round);
            await other.Prices(variants.Take(1));
            for (var i = 0; i < 4; i++)
            {
                var (variant, euros) = (random.Next(Variants), (round * 10) + i);
                await other.Upsert(list, new PriceInput($"V{variant}", UnitPrice: new Amount(euros * 1_0000)));
                Assert.Equal(euros, await other.Euros(variants[variant]));
                await Task.Delay(random.Next(10));
                Assert.Equal(euros, await other.Euros(variants[variant]));
            }

            await other.Upsert(list, new PriceInput("V0", UnitPrice: new Amount(round * 1_0000)));
            await other.PriceLists.WhenLoaded();
            await other.Prices(variants.Take(1));
            await other.PriceLists.WhenLoaded();

            Assert.Equal(round, await other.Euros(variants[0]));
            Assert.Equal(0, await other.CountStatements(() => other.Prices(variants.Take(1))));
            var inMemory = await other.Prices(variants);
            var inDatabase = await other.PricesInTransaction(variants);
            Assert.Equal(inDatabase.Select(p => p?.UnitPrice), inMemory.Select(p => p?.UnitPrice));
        }
    }

    [Fact]
    public async Task Lists_that_do_not_fit_give_way_to_those_asked_for_later_and_all_answers_stay_right()
    {
        var books = new List<(PriceList List, PriceBook Book)>();
        for (var i = 0; i < 8; i++)
        {
            var list = await shop.AddPriced($"L{i}", TestCaller.Unit, i + 1, [.. variants.Select(v => v.Sku)]);
            books.Add((list, new PriceBook([new AssignedPriceList
            {
                AssignmentId = 1,
                PriceListId = list.Id,
                Currency = list.Currency,
                Level = AssigneeLevel.Unit,
                Nearness = 0,
                AssignedAt = shop.Now,
                Validity = Validity.Always,
                Sources = [new PriceSource(list.Id, [], Validity.Always)],
            }])));
        }

        var random = new Random(1);
        for (var i = 0; i < 60; i++)
        {
            shop.Time.Advance(TimeSpan.FromMilliseconds(300));
            var place = i < 8 ? i : random.Next(books.Count);
            var lists = await shop.PriceLists.Of(books[place].Book, shop.Now, default);

            Assert.Equal((place + 1) * 1_0000, lists![0].RowsOf(variants[random.Next(Variants)].Id).UnitPrice(0));
            Assert.InRange(shop.PriceLists.Bytes, 1, 1024 * 1024);
        }

        // Some did not stay, and the whole of a caller's lists does not fit: the database answers.
        Assert.InRange(shop.PriceLists.RowCount, Variants, 7 * Variants);
        Assert.Equal(8, await shop.Euros(variants[5]));
        await shop.PriceLists.WhenLoaded();
        Assert.Equal(8, await shop.Euros(variants[Variants - 1]));
        await shop.PriceLists.WhenLoaded();
    }

    /// <summary>Three breaks each, 21,003 in all.</summary>
    private async Task<PriceList> Large(string externalId)
    {
        var list = await shop.AddPriced(externalId, TestCaller.Unit, 1);
        var report = await shop.Import("prices", [.. Enumerable.Range(0, Variants).SelectMany(i => new[] { 1, 10, 100 }.Select(minimum =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"priceList":"{{externalId}}","sku":"V{{i}}","minimumQuantity":{{minimum}},"unitPrice":"{{(Price(i) - (minimum == 1 ? 0 : minimum)) / 10_000m}}"}""")))]);
        Assert.Contains($"\"applied\":{3 * Variants}", report, StringComparison.Ordinal);
        return list;
    }

    private static long Price(int variant) => 10_000 + variant;
}

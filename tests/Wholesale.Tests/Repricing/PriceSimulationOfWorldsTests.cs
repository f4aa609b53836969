using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;
using Wholesale.Repricing;
using Wholesale.Tests.Pricing;

namespace Wholesale.Tests.Repricing;

/// <summary>
/// Random small worlds on a real file: what a simulation tells is what every unit of every company then finds, once the prices are really written.
/// </summary>
public sealed class PriceSimulationOfWorldsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_is_simulated_is_what_then_happens(int seed)
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var random = new Random(seed);
        PriceWorld world;
        do
        {
            world = PriceWorld.Random(random);
        }
        while (world.Assignments.Count < 5 || world.Rows.Count < 12 || world.RuleSets.Count == 0 || world.Currency is null);

        var written = new PriceWorldShop(shop);
        await written.Write(world);
        await AddCompanies(shop, written.Caller.Market!);
        var found = 0;
        for (var round = 0; round < 10; round++)
        {
            try
            {
                found += await SimulateThenWrite(shop, written, random);
            }
            catch (Xunit.Sdk.XunitException difference)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}: {difference.Message}\n{world}", difference);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}: {found} changes.");
        Assert.True(found > 0);
    }

    /// <returns>How many changes there were.</returns>
    private static async Task<int> SimulateThenWrite(ShopHost shop, PriceWorldShop written, Random random)
    {
        var at = random.Next(2) == 0 ? shop.Now : PriceWorld.Hours[random.Next(3, 10)];
        var lists = (await shop.Read(db => db.PriceLists.OrderBy(l => l.ExternalId).ToListAsync())).OrderBy(_ => random.Next()).Take(random.Next(1, 4));
        var prices = lists
            .SelectMany(list => Enumerable.Range(0, random.Next(1, 6)).Select(_ => new SimulatedPrice(
                list.Id,
                written.Variants[random.Next(2)].Id,
                PriceWorld.Quantities[random.Next(6)],
                random.Next(4) == 0 ? null : (random.Next(1, 5) * 1_0000) + (random.Next(3) * 25))))
            .DistinctBy(price => (price.PriceListId, price.VariantId, price.MinimumQuantity))
            .ToList();

        var before = await PricesOfAll(shop, written.Variants, at);
        var result = await shop.In(services => services.GetRequiredService<PriceSimulationRun>().Run(new(null, prices, at, 250), _ => { }, default));
        await Write(shop, prices, at);
        var after = await PricesOfAll(shop, written.Variants, at);

        var companies = before.Keys.Select(key => key.Company).Distinct().Order().ToList();
        var changes = new List<(long Company, SimulatedChange Change)>();
        foreach (var (key, one) in before)
        {
            var other = after[key];
            foreach (var variant in written.Variants)
            {
                var worst = Quantities(one.RuleOf(variant))
                    .Select(q => new SimulatedChange(variant.Id, variant.Sku, q, one.Resolve(variant, q)?.UnitPrice, other.Resolve(variant, q)?.UnitPrice))
                    .Where(change => change.Before != change.After)
                    .Order()
                    .Take(1);
                changes.AddRange(worst.Select(change => (key.Company, change)));
            }
        }

        var expected = changes
            .GroupBy(c => c.Change)
            .OrderBy(c => c.Key)
            .Select(c => (c.Key.VariantId, c.Key.Quantity, c.Key.Before, c.Key.After, c.Key.BasisPoints, c.Select(x => x.Company).Distinct().Count(), c.Min(x => x.Company)));
        Assert.Equal(expected, result.WorstLines.Select(l => (l.VariantId, l.Quantity, l.Before, l.After, l.BasisPoints, l.Companies, l.ExampleCompanyId)));
        var affected = changes.Select(c => c.Company).Distinct().Order().ToList();
        Assert.Equal(affected.Count, result.AffectedCompanies);
        Assert.Equal(affected, result.WorstCompanies.Select(c => c.CompanyId).Order());
        Assert.True(result.AffectedCompanies <= result.Companies && result.Companies <= companies.Count);
        Assert.True(result.Increased + result.Decreased + result.Gained + result.Lost <= result.Lines);
        foreach (var company in result.WorstCompanies)
        {
            var own = changes.Where(c => c.Company == company.CompanyId).Select(c => c.Change).ToList();
            Assert.Equal(own.Any(c => c.IsLost), company.LostLines > 0);
            Assert.Equal(own.Where(c => c.BasisPoints is not null).Order().FirstOrDefault().BasisPoints, company.GreatestBasisPoints);
        }

        return changes.Count;
    }

    /// <summary>Every quantity that may be bought up to where the last break can be.</summary>
    private static IEnumerable<Quantity> Quantities(QuantityRule rule) =>
        PriceWorld.Quantities.Select(rule.RoundUp).Where(q => q > rule.Minimum && !(q > rule.Maximum)).Append(rule.Minimum).Distinct();

    /// <summary>The prices of every unit of every company that sees prices, as a request finds them.</summary>
    private static async Task<Dictionary<(long Company, long Unit), PriceResolution>> PricesOfAll(ShopHost shop, IReadOnlyList<Variant> variants, DateTime at)
    {
        var units = await shop.Read(db => db.CompanyUnits.ToListAsync());
        var prices = new Dictionary<(long, long), PriceResolution>();
        foreach (var unit in units)
        {
            await shop.In(async services =>
            {
                var caller = await Callers.OfUnit(services.GetRequiredService<WholesaleDb>(), unit.CompanyId, unit.Id, default);
                if (caller!.PricesVisible)
                {
                    prices.Add((unit.CompanyId, unit.Id), await services.GetRequiredService<Prices>().Resolve(caller, at, null, [.. variants.Select(v => v.Id)], default));
                }

                return true;
            });
        }

        return prices;
    }

    /// <summary>Writes prices so that they hold at the instant, in the place of what does.</summary>
    private static async Task Write(ShopHost shop, IReadOnlyList<SimulatedPrice> prices, DateTime at)
    {
        var skus = await shop.Read(db => db.Variants.ToDictionaryAsync(v => v.Id, v => v.Sku));
        var lists = await shop.Read(db => db.PriceLists.ToDictionaryAsync(l => l.Id));
        foreach (var price in prices)
        {
            var there = await shop.Read(db => db.PriceListEntries.SingleOrDefaultAsync(e =>
                e.PriceListId == price.PriceListId && e.VariantId == price.VariantId && e.MinimumQuantity == price.MinimumQuantity && e.ToVersion == null && e.UnitPrice != null
                && (e.ValidFrom == null || e.ValidFrom <= at) && (e.ValidTo == null || e.ValidTo > at)));
            await shop.Upsert(lists[price.PriceListId], new PriceInput(
                skus[price.VariantId],
                price.MinimumQuantity,
                price.UnitPrice is { } unitPrice ? new Amount(unitPrice) : null,
                ValidFrom: there is null ? at : there.ValidFrom,
                ValidTo: price.UnitPrice is null ? null : there is null ? at.AddTicks(1) : there.ValidTo));
        }
    }

    /// <summary>The company of <see cref="TestCaller"/> with its units, and others that share some of what it has.</summary>
    private static Task AddCompanies(ShopHost shop, Market market) => shop.In(services => services.GetRequiredService<Writes>().RunUnrecorded(async () =>
    {
        var db = services.GetRequiredService<WholesaleDb>();
        var other = new Market { Id = 115, ExternalId = "N", Name = "N", Currency = Currency.Of("JPY"), PricePolicy = 1 - market.PricePolicy };
        CustomerSegment SegmentOf(Assignee a) =>
            new() { Id = a.AssigneeId, ExternalId = $"{a.AssigneeId}", Name = "s", Rule = new SegmentRule([]) };
        await BulkRows.Insert(db, [market, other]);
        await BulkRows.Insert(db, [new CustomerTier { Id = TestCaller.Tier.AssigneeId, ExternalId = "T", Name = "T", Rank = 1 }]);
        await BulkRows.Insert(db, [SegmentOf(TestCaller.Segment), SegmentOf(TestCaller.OtherSegment)]);
        await BulkRows.Insert(db,
        [
            CompanyOf(TestCaller.Company.AssigneeId, TestCaller.Tier.AssigneeId, market.Id),
            CompanyOf(201, TestCaller.Tier.AssigneeId, market.Id),
            CompanyOf(202, TestCaller.Tier.AssigneeId, market.Id),
            CompanyOf(203, null, null),
            CompanyOf(204, null, other.Id),
            CompanyOf(205, TestCaller.Tier.AssigneeId, market.Id, VerificationStatus.Pending),
            CompanyOf(206, null, other.Id, currency: "EUR"),
        ]);
        await BulkRows.Insert(db,
        [
            UnitOf(TestCaller.ParentUnit.AssigneeId, TestCaller.Company.AssigneeId),
            UnitOf(TestCaller.Unit.AssigneeId, TestCaller.Company.AssigneeId, TestCaller.ParentUnit.AssigneeId),
            UnitOf(301, 201), UnitOf(302, 202), UnitOf(303, 203), UnitOf(304, 204), UnitOf(305, 205), UnitOf(306, 206),
            UnitOf(312, 202, 302, other.Id), UnitOf(313, 203, 303, market.Id),
        ]);
        await BulkRows.Insert(db, (CustomerSegmentMember[])
        [
            Member(1, TestCaller.Segment, TestCaller.Company.AssigneeId), Member(2, TestCaller.OtherSegment, TestCaller.Company.AssigneeId),
            Member(3, TestCaller.Segment, 203), Member(4, TestCaller.OtherSegment, 204), Member(5, TestCaller.Segment, 205),
        ]);
        return true;
    }));

    private static Company CompanyOf(
        long id, long? tierId, long? marketId, VerificationStatus verification = VerificationStatus.Verified, string? currency = null) => new()
        {
            Id = id,
            ExternalId = $"{id}",
            Name = "C",
            NameKey = "C",
            TierId = tierId,
            MarketId = marketId,
            Verification = verification,
            UpdatedAt = PriceWorld.Hours[0],
            Currency = currency is null ? null : Currency.Of(currency),
        };

    private static CompanyUnit UnitOf(long id, long companyId, long? parentId = null, long? marketId = null) => new()
    {
        Id = id,
        CompanyId = companyId,
        ExternalId = $"{id}",
        Name = "unit",
        ParentId = parentId,
        Path = TreePath.Of(parentId is { } parent ? TreePath.Of(null, parent) : null, id),
        MarketId = marketId,
    };

    private static CustomerSegmentMember Member(long id, Assignee segment, long companyId) =>
        new() { Id = id, SegmentId = segment.AssigneeId, CompanyId = companyId, ValidFrom = PriceWorld.Hours[0] };
}

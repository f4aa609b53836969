using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// Random small worlds on a real file, compared with <see cref="PriceOracle"/>: from memory, inside a transaction, as of other instants, and after each of
/// many edits, by the node that made it and by another one.
/// </summary>
public sealed class PricesOfWorldsTests
{
    private static readonly IReadOnlyList<DateTime> Instants = [PriceWorld.Hours[0], PriceWorld.Hours[2], PriceWorld.Hours[5], PriceWorld.Hours[9]];

    private static readonly IReadOnlyList<Quantity> Some = [PriceWorld.Quantities[1], PriceWorld.Quantities[2], PriceWorld.Quantities[5]];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_price_is_that_of_the_oracle_before_and_after_every_edit(int seed)
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var random = new Random(seed);
        var written = new PriceWorldShop(shop);
        var found = 0;

        PriceWorld world;
        do
        {
            world = PriceWorld.Random(random);
        }
        while (world.Assignments.Count < 4 || world.Rows.Count < 8 || world.RuleSets.Count == 0);

        await written.Write(world);
        await using var other = await shop.Another(1);
        found += await Compare(shop, written, PriceWorld.Hours, PriceWorld.Quantities);
        found += await Compare(other, written, PriceWorld.Hours, PriceWorld.Quantities);
        for (var edit = 0; edit < 15; edit++)
        {
            await written.Edit(random);
            found += await Compare(shop, written, Instants, Some);
        }

        found += await Compare(shop, written, PriceWorld.Hours, PriceWorld.Quantities);

        // Time must stand where the world is; that much only makes the other node look.
        shop.Time.Advance(CompiledPriceLists.Lifetime);
        found += await Compare(other, written, PriceWorld.Hours, PriceWorld.Quantities);
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}: {found} prices compared.");
        Assert.True(found > 0);
    }

    /// <returns>How many prices there were.</returns>
    private static async Task<int> Compare(ShopHost shop, PriceWorldShop written, IEnumerable<DateTime> instants, IReadOnlyList<Quantity> quantities)
    {
        var (oracle, found) = (new PriceOracle(written.World), 0);
        foreach (var at in instants)
        {
            foreach (var quantity in quantities)
            {
                // A quantity that cannot be bought is refused: those are another test's matter.
                var variants = written.Variants
                    .Where((v, i) => quantity.Thousandths % oracle.RuleOf(i + 1, oracle.CurrencyAt(at, null), at).Increment == 0).ToList();
                foreach (var prices in new[]
                {
                    await shop.Prices(variants, quantity, at, written.Caller),
                    await shop.PricesInTransaction(variants, quantity, at, written.Caller),
                })
                {
                    for (var i = 0; i < prices.Count; i++)
                    {
                        var variant = variants[i].Sku == "V1" ? 1 : 2;
                        try
                        {
                            new PriceComparison(oracle, variant, null, at, quantity, InCart: false).Check(prices[i]);
                        }
                        catch (Xunit.Sdk.XunitException difference)
                        {
                            throw new InvalidOperationException($"{difference.Message}\n{written.World}", difference);
                        }

                        found += prices[i] is null ? 0 : 1;
                    }
                }
            }
        }

        return found;
    }
}

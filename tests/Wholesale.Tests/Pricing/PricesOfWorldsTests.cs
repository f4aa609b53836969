using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// Random small worlds on a real file, compared with <see cref="PriceOracle"/>: single prices and carts, in the caller's currency and in one that is asked for,
/// from memory, inside a transaction, as of other instants, and after each of many edits, by the node that made it and by another one.
/// </summary>
public sealed class PricesOfWorldsTests
{
    private static readonly IReadOnlyList<DateTime> Instants = [PriceWorld.Hours[0], PriceWorld.Hours[2], PriceWorld.Hours[5], PriceWorld.Hours[9]];

    private static readonly IReadOnlyList<Quantity> Some = [PriceWorld.Quantities[1], PriceWorld.Quantities[2], PriceWorld.Quantities[5]];

    /// <summary>In the last no list is.</summary>
    private static readonly string[] Currencies = ["EUR", "JPY", "EUR", "JPY", "USD"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5, true)]
    public async Task Every_price_is_that_of_the_oracle_before_and_after_every_edit(int seed, bool withoutCurrency = false)
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var random = new Random(seed);
        var written = new PriceWorldShop(shop);

        PriceWorld world;
        do
        {
            world = PriceWorld.Random(random);
        }
        while ((world.Currency is null) != withoutCurrency || !ShowsMuch(world));

        await written.Write(world);
        await using var other = await shop.Another(1);
        var (here, there) = (new Comparison(shop, written, random), new Comparison(other, written, random));
        await here.Compare(PriceWorld.Hours, PriceWorld.Quantities);
        await there.Compare(PriceWorld.Hours, PriceWorld.Quantities);
        for (var edit = 0; edit < 15; edit++)
        {
            await written.Edit(random);
            await here.Compare(Instants, Some);
        }

        await here.Compare(PriceWorld.Hours, PriceWorld.Quantities);

        // Time must stand where the world is; that much only makes the other node look.
        shop.Time.Advance(CompiledPriceLists.Lifetime);
        await there.Compare(PriceWorld.Hours, PriceWorld.Quantities);
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}: here {here}; on another node {there}.");
        Assert.True(here.FoundAll && there.Prices > 0 && there.Lines > 0, $"here {here}; on another node {there}");
    }

    [Fact]
    public async Task A_rule_for_a_category_takes_over_what_is_below_it()
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var written = new PriceWorldShop(shop);
        var world = PriceWorld.Empty.Assign(list: 2, place: 2).Price(list: 1, minimum: 1, price: 10_0000);
        await written.Write(world with
        {
            Currency = "EUR",
            Rows = [.. world.Rows, world.Rows[0] with { Variant = 2 }],
            RuleSets = [new(List: 2, Parent: 1, PriceWorld.Hours[0], null, [new(Category: 1, BasisPoints: -1_000, Amount: 0)])],
            Variants = [new(1, Category: 2, Quantity.One), new(2, Category: 3, Quantity.One)],
        });

        var prices = await shop.Prices(written.Variants, caller: written.Caller);

        Assert.Equal([9_0000, null], prices.Select(price => price?.UnitPrice.TenThousandths));
    }

    /// <summary>Rows, lists made of others, prices in both currencies, and break groups.</summary>
    private static bool ShowsMuch(PriceWorld world)
    {
        var given = world.Lists.Where(list =>
            list.IsActive && world.Assignments.Any(a => a.List == list.Id && a.ValidTo is null) && world.Rows.Any(row => row.List == list.Id)).ToList();
        return world.Assignments.Count >= 4 && world.Rows.Count >= 8 && world.RuleSets.Count > 0
            && given.Select(list => list.Currency).Distinct().Count() == 2
            && world.QuantityTerms.Count(terms => terms.Group is not null && given.Exists(list => list.Id == terms.List)) >= 2;
    }

    /// <summary>A world by one node, held against the oracle.</summary>
    private sealed class Comparison(ShopHost shop, PriceWorldShop written, Random random)
    {
        /// <summary>How many prices there were.</summary>
        public int Prices { get; private set; }

        /// <summary>How many of them in another currency than the caller's.</summary>
        public int InOther { get; private set; }

        /// <summary>How many lines had a price.</summary>
        public int Lines { get; private set; }

        /// <summary>How many of them reached a break together with others.</summary>
        public int Together { get; private set; }

        public bool FoundAll => Prices > 0 && InOther > 0 && Lines > 0 && Together > 0;

        public async Task Compare(IEnumerable<DateTime> instants, IReadOnlyList<Quantity> quantities)
        {
            var oracle = new PriceOracle(written.World);
            Assert.Equal(
                oracle.CurrenciesAt(PriceWorld.Hours[2]),
                (await shop.In(services => services.GetRequiredService<Prices>().CurrenciesOf(written.Caller, default))).Select(c => c.Code));
            foreach (var at in instants)
            {
                foreach (var asked in new[] { null, Currencies[random.Next(Currencies.Length)] })
                {
                    foreach (var quantity in quantities)
                    {
                        await ComparePrices(oracle, at, quantity, asked);
                    }

                    await CompareCart(at, asked);
                }
            }
        }

        public override string ToString() => $"{Prices} prices, {InOther} in another currency; {Lines} lines, {Together} by their group";

        private async Task ComparePrices(PriceOracle oracle, DateTime at, Quantity quantity, string? asked)
        {
            // A quantity that cannot be bought is refused: those are another test's matter.
            var variants = written.Variants
                .Where((v, i) => quantity.Thousandths % oracle.RuleOf(i + 1, oracle.CurrencyAt(at, asked), at).Increment == 0).ToList();
            foreach (var prices in new[]
            {
                await shop.Prices(variants, quantity, at, written.Caller, asked),
                await shop.PricesInTransaction(variants, quantity, at, written.Caller, asked),
            })
            {
                for (var i = 0; i < prices.Count; i++)
                {
                    Check(new PriceComparison(oracle, variants[i].Sku == "V1" ? 1 : 2, asked, at, quantity, InCart: false), prices[i]);
                    Prices += prices[i] is null ? 0 : 1;
                    InOther += prices[i] is null || asked is null || asked == oracle.CurrencyAt(at, null) ? 0 : 1;
                }
            }
        }

        private async Task CompareCart(DateTime at, string? asked)
        {
            var world = written.World with { Cart = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => RandomLine())] };
            var oracle = new PriceOracle(world);
            var lines = world.Cart.Select(line => new PriceCartLineInput($"V{line.Variant}", line.Quantity)).ToList();
            foreach (var cart in new[]
            {
                await shop.Cart(lines, at, asked, written.Caller),
                await shop.CartInTransaction(lines, at, asked, written.Caller),
            })
            {
                Assert.Equal(oracle.CurrencyAt(at, asked), cart.Currency?.Code);
                Assert.Equal(oracle.TotalOfCart(asked, at), cart.Total is { } total ? total.TenThousandths / 10_000m : null);
                Assert.Equal(lines, cart.Lines.Select(line => new PriceCartLineInput(line.Sku, line.Quantity)));
                foreach (var (line, priced) in world.Cart.Zip(cart.Lines))
                {
                    Assert.Equal(oracle.CodesOf(line, asked, at), priced.UserErrors.Select(error => error.Code));
                    if (line.Variant == 0 || line.Quantity == default)
                    {
                        Assert.Null(priced.Price);
                        continue;
                    }

                    Check(new PriceComparison(oracle, line.Variant, asked, at, line.Quantity, InCart: true), priced.Price);
                    Lines += priced.Price is null ? 0 : 1;
                    Together += priced.Price?.BreakQuantity > line.Quantity ? 1 : 0;
                }
            }
        }

        /// <summary>Now and then of no variant, or of nothing.</summary>
        private PriceWorld.Line RandomLine() => new(
            random.Next(16) == 0 ? 0 : random.Next(1, 3), random.Next(16) == 0 ? default : PriceWorld.Quantities[random.Next(5)]);

        private void Check(PriceComparison comparison, EffectivePrice? price)
        {
            try
            {
                comparison.Check(price);
            }
            catch (Xunit.Sdk.XunitException difference)
            {
                throw new InvalidOperationException($"{difference.Message}\n{comparison.Oracle}", difference);
            }
        }
    }
}

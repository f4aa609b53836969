using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// Random small worlds, compared with <see cref="PriceOracle"/> at every quantity and hour. <c>WHOLESALE_PRICES=10000000</c> compares so many prices,
/// <c>WHOLESALE_FUZZ_SEED=7</c> those of other worlds.
/// </summary>
public sealed class PriceResolutionTests
{
    private const int Usual = 200_000;

    private static readonly Currency Euro = Currency.Of("EUR");

    [Fact]
    public void Every_price_is_that_of_the_oracle()
    {
        var seed = (ulong)Number("WHOLESALE_FUZZ_SEED", 1);
        var wanted = Number("WHOLESALE_PRICES", Usual);
        var (compared, found, worlds, shown) = (0L, 0L, 0L, wanted / 10);
        var differences = new List<string>();
        var watch = Stopwatch.StartNew();
        var output = TestContext.Current.TestOutputHelper!;

        Parallel.For(0, int.MaxValue, (batch, loop) =>
        {
            if (Interlocked.Read(ref compared) >= wanted || differences.Count >= 3)
            {
                loop.Stop();
                return;
            }

            var replay = Config.QuickThrowOnFailure.WithMaxTest(50).WithQuietOnSuccess(true).WithReplay(seed + (ulong)batch, 1);
            try
            {
                FsCheck.Check.One(replay, Prop.ForAll(PriceWorld.Arbitrary, world =>
                {
                    var (count, prices) = Compare(world);
                    Interlocked.Add(ref found, prices);
                    Interlocked.Increment(ref worlds);
                    var total = Interlocked.Add(ref compared, count);
                    if (total / shown > (total - count) / shown && wanted > Usual)
                    {
                        Console.WriteLine($"{total:N0} prices of {worlds:N0} worlds compared in {watch.Elapsed.TotalSeconds:0} s, {differences.Count} differences");
                    }
                }));
            }
            catch (Exception difference)
            {
                lock (differences)
                {
                    differences.Add($"Seed {seed + (ulong)batch}: {difference.Message} {difference.InnerException?.Message}");
                }
            }
        });

        output.WriteLine($"Seed {seed}: {compared:N0} answers, {found:N0} of them prices, of {worlds:N0} worlds compared in {watch.Elapsed.TotalSeconds:0.0} s, {differences.Count} differences.");
        Assert.Empty(differences);
        Assert.True(found > compared / 4, "Most worlds have no prices.");
        Assert.True(compared >= wanted);
    }

    [Fact]
    public void Neither_rows_nor_lists_need_an_order() => Check(world =>
    {
        var turned = new Priced(world with { Assignments = [.. world.Assignments.Reverse()], Rows = [.. world.Rows.Reverse()] });
        var straight = new Priced(world);
        foreach (var at in PriceWorld.Hours)
        {
            foreach (var quantity in PriceWorld.Quantities)
            {
                Assert.True(SameAnswer(straight.Resolve(1, at, quantity), turned.Resolve(1, at, quantity)));
            }
        }
    });

    [Fact]
    public void Many_prices_at_once_are_those_that_each_has_alone() => Check(world =>
    {
        var priced = new Priced(world);
        foreach (var at in PriceWorld.Hours)
        {
            // More than are looked up at once; of 0 there is no price.
            var asked = Enumerable.Range(0, 150).Select(i => (Variant: 1 + (i * 7 % 2), Quantity: new Quantity(i * 500 % 4_500))).ToArray();
            var many = priced.ResolveAll(asked, at);

            for (var i = 0; i < asked.Length; i++)
            {
                Assert.True(SameAnswer(asked[i].Quantity == default ? null : priced.Resolve(asked[i].Variant, at, asked[i].Quantity), many[i]));
            }
        }
    });

    [Fact]
    public void A_specific_break_and_a_general_price_make_one_step_function()
    {
        var world = PriceWorld.Empty
            .Assign(list: 1, place: 0)
            .Assign(list: 2, place: PriceWorld.Everyone)
            .Price(list: 1, minimum: 10, price: 7_0000)
            .Price(list: 2, minimum: 1, price: 9_0000)
            .Price(list: 2, minimum: 20, price: 6_0000);

        var price = new Priced(world).Resolve(1, PriceWorld.Hours[0], new Quantity(25_000));

        Assert.NotNull(price);
        Assert.Equal([(1_000, 9_0000), (10_000, 7_0000)], price.Breaks.Select(b => (b.MinimumQuantity.Thousandths, b.UnitPrice.TenThousandths)));
        Assert.Equal(new Money(7_0000, Euro), price.UnitPrice);
        Assert.Equal(new Money(9_0000, Euro), price.ListPrice);
    }

    [Fact]
    public void A_list_that_lets_less_be_bought_than_the_variant_shows_the_breaks_of_that()
    {
        var world = PriceWorld.Empty.Assign(list: 1, place: 0).Assign(list: 2, place: 2).Price(list: 1, minimum: 1, price: 7_0000) with
        {
            Variants = [new(1, null, Quantity.One)],
            QuantityTerms = [new(1, 1, null, null, new Quantity(500), null)],
        };
        world = world with { Rows = [.. world.Rows, new(2, 1, new Quantity(500), 9_0000, null, null)] };

        var price = new Priced(world).Resolve(1, PriceWorld.Hours[0], new Quantity(500));

        Assert.Equal([(500, 9_0000), (1_000, 7_0000)], price!.Breaks.Select(b => (b.MinimumQuantity.Thousandths, b.UnitPrice.TenThousandths)));
    }

    [Fact]
    public void The_next_break_is_priced_at_the_quantity_that_the_increment_leads_to()
    {
        var world = PriceWorld.Empty.Assign(list: 1, place: 0)
            .Price(list: 1, minimum: 1, price: 10_0000).Price(list: 1, minimum: 12, price: 9_0000).Price(list: 1, minimum: 15, price: 8_0000) with
        {
            Variants = [new(1, null, Quantity.Of(10))],
        };

        var next = new Priced(world).Resolve(1, PriceWorld.Hours[0], Quantity.Of(10))?.NextBreak;

        Assert.Equal(new(Quantity.Of(10), new Money(8_0000, Euro), new Money(40_0000, Euro)), next);
    }

    [Fact]
    public void A_row_that_begins_without_changing_the_price_does_not_end_its_validity()
    {
        var world = PriceWorld.Empty
            .Assign(list: 1, place: 0)
            .Price(list: 1, minimum: 1, price: 5_0000, to: 3)
            .Price(list: 1, minimum: 1, price: 5_0000, from: 3, to: 6)
            .Price(list: 1, minimum: 1, price: 4_0000, from: 6);

        var price = new Priced(world).Resolve(1, PriceWorld.Hours[0], Quantity.One);

        Assert.Equal(PriceWorld.Hours[6], price?.ValidUntil);
    }

    [Fact]
    public void Lines_that_reach_a_break_together_in_a_list_to_come_end_the_price_when_that_begins()
    {
        var world = PriceWorld.Empty.Assign(list: 1, place: 2).Price(list: 1, minimum: 1, price: 10_0000).Price(list: 2, minimum: 2, price: 8_0000);
        world = world with
        {
            Assignments = [.. world.Assignments, new(2, 2, 0, 0, PriceWorld.Hours[0], PriceWorld.Hours[3], null)],
            QuantityTerms = [new(2, 1, null, null, null, "g")],
            Cart = [new(1, Quantity.One), new(1, Quantity.One)],
        };

        var price = new Priced(world).Resolve(1, PriceWorld.Hours[0], Quantity.One, inCart: true);

        Assert.Equal((10_0000, PriceWorld.Hours[3]), (price?.UnitPrice.TenThousandths, price?.ValidUntil));
    }

    [Fact]
    public void A_total_is_rounded_once_from_the_exact_product()
    {
        var world = PriceWorld.Empty.Assign(list: 1, place: 0).Price(list: 1, minimum: 1, price: 1_0025);

        var price = new Priced(world).Resolve(1, PriceWorld.Hours[0], new Quantity(2_000));

        Assert.Equal(new Money(2_0100, Euro), price?.Total);
    }

    [Fact]
    public void A_total_beyond_all_money_is_an_error_and_no_wrong_number()
    {
        var priced = new Priced(PriceWorld.Empty.Assign(list: 1, place: 0).Price(list: 1, minimum: 1, price: 900_000_000_000_000_000));
        var (much, refused) = (new Quantity(999_999_999_000), new List<int>());

        var many = priced.ResolveAll([(1, Quantity.One), (1, much), (1, Quantity.One)], PriceWorld.Hours[0], refused.Add);

        Assert.Throws<MoneyOverflowException>(() => priced.Resolve(1, PriceWorld.Hours[0], much));
        Assert.Equal([1], refused);
        Assert.Equal([false, true, false], many.Select(price => price is null));
    }

    [Fact]
    public void What_a_list_takes_is_told_by_its_least_quantity()
    {
        var world = PriceWorld.Empty.Assign(list: 1, place: 0).Price(list: 1, minimum: 10, price: 7_0000).Price(list: 1, minimum: 100, price: 6_0000);

        var candidate = Assert.Single(new Priced(world).Explain(1, PriceWorld.Hours[0], Quantity.One).Candidates);

        Assert.Equal(
            (PriceOutcome.MinimumNotReached, Quantity.Of(10), new Money(7_0000, Euro)),
            (candidate.Outcome, candidate.MinimumQuantity, candidate.UnitPrice));
    }

    [Fact]
    public void An_assignment_that_was_ended_before_it_began_is_ended_and_not_to_come()
    {
        var world = PriceWorld.Empty with { Assignments = [new(1, 1, 0, 0, PriceWorld.Hours[0], PriceWorld.Hours[5], PriceWorld.Hours[1])] };

        Assert.All(
            PriceWorld.Hours, at => Assert.Equal(PriceOutcome.AssignmentEnded, new Priced(world).Explain(1, at, Quantity.One).Candidates[0].Outcome));
    }

    /// <summary>Every variant, hour and quantity, and every line of the cart.</summary>
    private static (int Answers, int Prices) Compare(PriceWorld world)
    {
        var (priced, oracle, count, prices) = (new Priced(world), new PriceOracle(world), 0, 0);
        var asked = (world.Rows.Count + world.Cart.Count) % 3 == 0 ? (world.Rows.Count % 2 == 0 ? "EUR" : "JPY") : null;
        foreach (var at in PriceWorld.Hours)
        {
            foreach (var variant in world.Variants)
            {
                foreach (var quantity in PriceWorld.Quantities)
                {
                    Compare(variant.Id, at, quantity, inCart: false);
                }
            }

            foreach (var line in world.Cart)
            {
                Compare(line.Variant, at, line.Quantity, inCart: true);
            }
        }

        return (count, prices);

        void Compare(int variant, DateTime at, Quantity quantity, bool inCart)
        {
            var comparison = new PriceComparison(oracle, variant, asked, at, quantity, inCart);
            var price = priced.Resolve(variant, at, quantity, asked, inCart);
            comparison.Check(price);
            comparison.CheckExplanation(priced.Explain(variant, at, quantity, asked, inCart), withAll: true);
            (count, prices) = (count + 1, prices + (price is null ? 0 : 1));
        }
    }

    private static bool SameAnswer(EffectivePrice? one, EffectivePrice? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Breaks.SequenceEqual(other.Breaks)
                && (one.UnitPrice, one.Total, one.ListPrice, one.ValidUntil) == (other.UnitPrice, other.Total, other.ListPrice, other.ValidUntil);

    private static void Check(Action<PriceWorld> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true), Prop.ForAll(PriceWorld.Arbitrary, holds));

    private static long Number(string variable, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A world as the product has it in memory.</summary>
    private sealed class Priced
    {
        private readonly PriceWorld world;
        private readonly PriceBook book;
        private readonly CompiledPriceList[] lists;
        private readonly Dictionary<(DateTime, string?), (PriceResolution Resolution, BreakGroups Groups)> resolutions = [];
        private readonly Variant[] variants;

        public Priced(PriceWorld world)
        {
            this.world = world;
            var derivations = new PriceListDerivations(world.RuleSets.SelectMany(Adjustments), Categories);
            book = new PriceBook(
                world.Assignments.Select(a => new AssignedPriceList
                {
                    AssignmentId = a.Id,
                    PriceListId = a.List,
                    Currency = Currency.Of(world.Lists[(int)a.List - 1].Currency),
                    Level = PriceOracle.LevelOf(a.Place),
                    Nearness = a.Place == 4 ? 3 : a.Place,
                    Priority = a.Priority,
                    AssignedAt = a.MadeAt,
                    Validity = Validity.Of(a.ValidFrom ?? a.MadeAt, a.ValidTo),
                    IsActive = world.Lists[(int)a.List - 1].IsActive,
                    HasQuantityTerms = true,
                    Sources = derivations.SourcesOf(a.List),
                }),
                world.Currency is { } own ? Currency.Of(own) : null,
                new PriceTerms(world.Policy, new(world.Mode, world.Level)));
            lists = [.. book.PriceListIds.Select(Compiled)];
            variants =
            [
                .. world.Variants.Select(v => new Variant
                {
                    Id = v.Id, ProductId = v.Id, Sku = $"V{v.Id}", UnitOfMeasure = "pcs", CategoryId = v.Category,
                    QuantityIncrement = v.Increment, MinimumQuantity = v.Minimum, MaximumQuantity = v.Maximum,
                }),
            ];
        }

        private static Dictionary<long, IReadOnlySet<long>> Categories { get; } =
            new() { [1] = new HashSet<long> { 1, 2 }, [2] = new HashSet<long> { 2 }, [3] = new HashSet<long> { 3 } };

        public EffectivePrice? Resolve(int variant, DateTime at, Quantity quantity, string? asked = null, bool inCart = false) =>
            At(at, asked).Resolution.Resolve(variants[variant - 1], quantity, inCart ? At(at, asked).Groups : null);

        public EffectivePrice?[] ResolveAll((int Variant, Quantity Quantity)[] asked, DateTime at, Action<int>? overflow = null)
        {
            var found = new EffectivePrice?[asked.Length];
            At(at, null).Resolution.ResolveAll(
                Array.ConvertAll(asked, a => variants[a.Variant - 1]), Array.ConvertAll(asked, a => a.Quantity), found, (i, _) => overflow!(i));
            return found;
        }

        public PriceExplanation Explain(int variant, DateTime at, Quantity quantity, string? asked = null, bool inCart = false) =>
            PriceExplanation.Of(At(at, asked).Resolution, variants[variant - 1], quantity, inCart ? At(at, asked).Groups : null, withAll: true);

        private (PriceResolution Resolution, BreakGroups Groups) At(DateTime at, string? asked)
        {
            if (!resolutions.TryGetValue((at, asked), out var known))
            {
                var resolution = new PriceResolution(book, lists, at, asked is null ? null : Currency.Of(asked));
                known = (resolution, resolution.GroupsOf(world.Cart.Select(line => (variants[line.Variant - 1], line.Quantity))));
                resolutions.Add((at, asked), known);
            }

            return known;
        }

        private static IEnumerable<PriceListAdjustment> Adjustments(PriceWorld.RuleSet set) => set.Rules.Select((rule, position) => new PriceListAdjustment
        {
            Id = 0,
            PriceListId = set.List,
            ParentId = set.Parent,
            Position = position,
            CategoryId = rule.Category,
            BasisPoints = rule.BasisPoints,
            Amount = rule.Amount,
            ValidFrom = set.From,
            ValidTo = set.To,
        });

        private CompiledPriceList Compiled(long list)
        {
            var columns = new PriceColumns.Builder();
            foreach (var row in world.Rows.Where(r => r.List == list).OrderBy(r => r.Variant))
            {
                columns.Add(new PriceRow(row.Variant, row.List, row.Minimum, row.UnitPrice, row.ValidFrom, row.ValidTo));
            }

            return CompiledPriceList.Of(
                list, 1, PriceWorld.Hours[0], columns.Build(), world.QuantityTerms.Where(t => t.List == list)
                    .ToDictionary(t => (long)t.Variant, t => new QuantityTerms(t.Minimum, t.Maximum, t.Increment, t.Group)));
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Random small price lists, compared with <see cref="PriceOracle"/> at every quantity and hour of a small world.</summary>
public sealed class PriceResolutionTests
{
    private static readonly Currency Euro = Currency.Of("EUR");

    private static readonly Variant Variant = new()
    {
        Id = 1,
        ProductId = 1,
        Sku = "V",
        UnitOfMeasure = "pcs",
        QuantityIncrement = new Quantity(1),
    };

    [Fact]
    public void Every_price_is_that_of_the_oracle() => Check(world =>
        from at in PriceWorld.Hours
        from quantity in PriceWorld.Quantities
        let price = Resolve(world, at, quantity)
        select price?.UnitPrice == PriceOracle.UnitPrice(world, at, quantity)
            && price?.Total == PriceOracle.Total(world, at, quantity));

    [Fact]
    public void The_list_price_is_that_of_a_caller_who_has_only_the_lists_for_everyone() => Check(world =>
        from at in PriceWorld.Hours
        from quantity in PriceWorld.Quantities
        let price = Resolve(world, at, quantity)
        where price is not null
        select price.ListPrice == PriceOracle.ListPrice(world, at));

    [Fact]
    public void Breaks_give_the_price_of_every_quantity() => Check(world =>
        from at in PriceWorld.Hours
        let price = Resolve(world, at, PriceWorld.Quantities[^1])
        from quantity in PriceWorld.Quantities
        select AtBreak(price, quantity) == PriceOracle.UnitPrice(world, at, quantity));

    [Fact]
    public void Neighbouring_breaks_differ() => Check(world =>
        from at in PriceWorld.Hours
        let breaks = Resolve(world, at, PriceWorld.Quantities[^1])?.Breaks ?? []
        from pair in breaks.Zip(breaks.Skip(1))
        select pair.First.MinimumQuantity < pair.Second.MinimumQuantity && pair.First.UnitPrice != pair.Second.UnitPrice);

    [Fact]
    public void A_price_holds_until_the_instant_it_names_and_no_longer() => Check(world =>
        from at in PriceWorld.Hours
        from quantity in PriceWorld.Quantities
        let price = Resolve(world, at, quantity)
        where price is not null
        select price.ValidUntil == PriceOracle.ValidUntil(world, at, quantity));

    [Fact]
    public void Neither_rows_nor_lists_need_an_order() => Check(world =>
        from at in PriceWorld.Hours
        from quantity in PriceWorld.Quantities
        let turned = world with { Assignments = [.. world.Assignments.Reverse()], Rows = [.. world.Rows.Reverse()] }
        select SameAnswer(Resolve(world, at, quantity), Resolve(turned, at, quantity)));

    [Fact]
    public void A_specific_break_and_a_general_price_make_one_step_function()
    {
        var world = PriceWorld.Empty
            .Assign(list: 1, nearness: 0)
            .Assign(list: 2, nearness: 5)
            .Price(list: 1, minimum: 10, price: 7_0000)
            .Price(list: 2, minimum: 1, price: 9_0000)
            .Price(list: 2, minimum: 20, price: 6_0000);

        var price = Resolve(world, PriceWorld.Hours[0], new Quantity(25_000));

        Assert.NotNull(price);
        Assert.Equal([(1_000, 9_0000), (10_000, 7_0000)], price.Breaks.Select(b => (b.MinimumQuantity.Thousandths, b.UnitPrice.TenThousandths)));
        Assert.Equal(new Money(7_0000, Euro), price.UnitPrice);
        Assert.Equal(new Money(9_0000, Euro), price.ListPrice);
    }

    [Fact]
    public void A_row_that_begins_without_changing_the_price_does_not_end_its_validity()
    {
        var world = PriceWorld.Empty
            .Assign(list: 1, nearness: 0)
            .Price(list: 1, minimum: 1, price: 5_0000, to: 3)
            .Price(list: 1, minimum: 1, price: 5_0000, from: 3, to: 6)
            .Price(list: 1, minimum: 1, price: 4_0000, from: 6);

        var price = Resolve(world, PriceWorld.Hours[0], Quantity.One);

        Assert.Equal(PriceWorld.Hours[6], price?.ValidUntil);
    }

    [Fact]
    public void A_total_is_rounded_once_from_the_exact_product()
    {
        var world = PriceWorld.Empty.Assign(list: 1, nearness: 0).Price(list: 1, minimum: 1, price: 1_0025);

        var price = Resolve(world, PriceWorld.Hours[0], new Quantity(2_000));

        Assert.Equal(new Money(2_0100, Euro), price?.Total);
    }

    [Fact]
    public void A_total_beyond_all_money_is_an_error_and_no_wrong_number()
    {
        var world = PriceWorld.Empty.Assign(list: 1, nearness: 0).Price(list: 1, minimum: 1, price: 900_000_000_000_000_000);

        Assert.Throws<MoneyOverflowException>(() => Resolve(world, PriceWorld.Hours[0], new Quantity(999_999_999_000)));
    }

    private static EffectivePrice? Resolve(PriceWorld world, DateTime at, Quantity quantity)
    {
        var book = new PriceBook(world.Assignments.Select(a => new AssignedPriceList
        {
            AssignmentId = a.Id,
            PriceListId = a.List,
            Currency = world.CurrencyOf(a.List),
            Level = a.Nearness == PriceWorld.Everyone ? AssigneeLevel.Everyone : AssigneeLevel.Unit,
            Nearness = a.Nearness,
            Priority = a.Priority,
            AssignedAt = a.MadeAt,
            Validity = Validity.Of(a.ValidFrom ?? a.MadeAt, a.ValidTo),
            Sources = [new PriceSource(a.List, [], Validity.Always)],
        }));
        return new PriceResolution(book, [.. book.PriceListIds.Select(list => Compiled(world, list))], at).Resolve(Variant, quantity);
    }

    private static CompiledPriceList Compiled(PriceWorld world, long list)
    {
        var columns = new PriceColumns.Builder();
        foreach (var row in world.Rows.Where(r => r.List == list))
        {
            columns.Add(new PriceRow(Variant.Id, row.List, row.Minimum, row.UnitPrice, row.ValidFrom, row.ValidTo));
        }

        return CompiledPriceList.Of(list, 1, PriceWorld.Hours[0], columns.Build(), new Dictionary<long, QuantityTerms>());
    }

    private static Money? AtBreak(EffectivePrice? price, Quantity quantity) =>
        price?.Breaks.Where(b => b.MinimumQuantity <= quantity).Select(b => (Money?)b.UnitPrice).LastOrDefault();

    private static bool SameAnswer(EffectivePrice? one, EffectivePrice? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Breaks.SequenceEqual(other.Breaks)
                && (one.UnitPrice, one.Total, one.ListPrice, one.ValidUntil) == (other.UnitPrice, other.Total, other.ListPrice, other.ValidUntil);

    private static void Check(Func<PriceWorld, IEnumerable<bool>> holds) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true),
            Prop.ForAll(PriceWorld.Arbitrary, world => holds(world).All(held => held)));
}

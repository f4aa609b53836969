using FsCheck;
using FsCheck.Fluent;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class PriceChangesTests
{
    private static readonly IReadOnlyList<DateTime> Hours = PriceWorld.Hours;

    [Fact]
    public void A_new_price_begins_a_row()
    {
        var changes = PriceChanges.Of([Draft(0, 5)], []);

        Assert.Equal([0], changes.Begun.Select(d => d.Row));
        Assert.Empty(changes.Ended);
        Assert.True(changes.ChangePrices);
    }

    [Fact]
    public void Another_price_ends_the_row_that_was_there()
    {
        var current = Entry(1, 5);

        var changes = PriceChanges.Of([Draft(0, 6)], [current]);

        Assert.Equal([current], changes.Ended);
        Assert.Equal([6], changes.Begun.Select(d => d.UnitPrice));
    }

    [Fact]
    public void The_same_price_again_changes_nothing()
    {
        var changes = PriceChanges.Of([Draft(0, 5, from: 1, to: 2, revision: 7)], [Entry(1, 5, from: 1, to: 2, revision: 7)]);

        Assert.True(changes.AreNone);
        Assert.Empty(changes.Skipped);
    }

    [Fact]
    public void The_same_price_with_a_higher_revision_keeps_its_row()
    {
        var current = Entry(1, 5, revision: 7);

        var changes = PriceChanges.Of([Draft(0, 5, revision: 8)], [current]);

        Assert.False(changes.ChangePrices);
        Assert.Equal([current], changes.Revised);
        Assert.Equal(8, current.SourceRevision);
    }

    [Fact]
    public void An_older_revision_is_skipped_and_the_same_one_taken()
    {
        var changes = PriceChanges.Of([Draft(0, 6, revision: 6)], [Entry(1, 5, revision: 7)]);
        Assert.Equal([0], changes.Skipped.Select(d => d.Row));
        Assert.True(changes.AreNone);

        changes = PriceChanges.Of([Draft(0, 6, revision: 7)], [Entry(1, 5, revision: 7)]);
        Assert.Empty(changes.Skipped);
        Assert.True(changes.ChangePrices);
    }

    [Fact]
    public void A_price_without_revision_keeps_the_one_there_was()
    {
        var changes = PriceChanges.Of([Draft(0, 6)], [Entry(1, 5, revision: 7)]);

        Assert.Equal([7], changes.Begun.Select(d => d.SourceRevision));
    }

    [Fact]
    public void No_price_ends_the_row_and_begins_none()
    {
        var changes = PriceChanges.Of([Draft(0, null)], [Entry(1, 5)]);

        Assert.Single(changes.Ended);
        Assert.Empty(changes.Begun);
    }

    [Fact]
    public void No_price_where_there_is_none_changes_nothing() => Assert.True(PriceChanges.Of([Draft(0, null)], []).AreNone);

    [Fact]
    public void The_end_of_a_price_with_a_revision_is_remembered()
    {
        var end = Assert.Single(PriceChanges.Of([Draft(0, null, revision: 8)], [Entry(1, 5, revision: 7)]).Begun);
        Assert.Null(end.UnitPrice);

        var late = PriceChanges.Of([Draft(0, 5, revision: 7)], [Entry(2, null, revision: 8)]);

        Assert.Single(late.Skipped);
    }

    [Fact]
    public void A_price_in_the_time_of_another_is_refused()
    {
        var changes = PriceChanges.Of([Draft(0, 6, from: 3)], [Entry(1, 5)]);

        Assert.Equal([0], changes.Overlapping.Select(d => d.Row));
        Assert.True(changes.AreNone);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_price_may_follow_one_that_the_same_call_shortens(int shortened, int following)
    {
        var drafts = new[] { Draft(shortened, 5, to: 3), Draft(following, 6, from: 3) }.OrderBy(d => d.Row).ToList();

        var changes = PriceChanges.Of(drafts, [Entry(1, 5)]);

        Assert.Empty(changes.Overlapping);
        Assert.Equal(2, changes.Begun.Count);
    }

    [Fact]
    public void Of_two_new_prices_that_overlap_the_later_row_is_refused()
    {
        var changes = PriceChanges.Of([Draft(0, 5, from: 4), Draft(1, 6, from: 2, to: 6)], []);

        Assert.Equal([1], changes.Overlapping.Select(d => d.Row));
        Assert.Equal([0], changes.Begun.Select(d => d.Row));
    }

    [Fact]
    public void A_refused_price_leaves_what_was_there_which_may_refuse_a_third()
    {
        // Row 1 would lengthen the old price into row 0's time; it is refused, and the old price, unshortened, is in the way of row 2.
        var changes = PriceChanges.Of(
            [Draft(0, 5, from: 5), Draft(1, 6, to: 7), Draft(2, 7, from: 2, to: 4)], [Entry(1, 5, to: 4)]);

        Assert.Equal([1, 2], changes.Overlapping.Select(d => d.Row).Order());
        Assert.Equal([0], changes.Begun.Select(d => d.Row));
    }

    [Fact]
    public void Other_quantities_and_variants_do_not_overlap()
    {
        var changes = PriceChanges.Of([Draft(0, 5, minimum: 10), Draft(1, 5, variant: 2)], [Entry(1, 5)]);

        Assert.Empty(changes.Overlapping);
        Assert.Equal(2, changes.Begun.Count);
    }

    [Fact]
    public void Whatever_is_written_no_two_prices_hold_at_once() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true),
        Prop.ForAll(Gen.ListOf(Gen.ListOf(SomeDraft)).ToArbitrary(), calls =>
        {
            var rows = new List<PriceListEntry>();
            foreach (var call in calls)
            {
                Apply(rows, [.. call.DistinctBy(d => d.Key).Select((d, i) => d with { Row = i })]);
            }

            return Hours.All(hour => rows.Count(r => r.UnitPrice is not null && Holds(r, hour)) <= 1);
        }));

    [Fact]
    public void Rows_with_revisions_come_to_the_same_in_any_order_and_however_often() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true),
        Prop.ForAll(Revisions.ToArbitrary(), drafts =>
        {
            var inOrder = new List<PriceListEntry>();
            var shuffled = new List<PriceListEntry>();
            foreach (var draft in drafts.Given.OrderBy(d => d.SourceRevision))
            {
                Apply(inOrder, [draft]);
            }

            foreach (var draft in drafts.Shuffled.Concat(drafts.Given))
            {
                Apply(shuffled, [draft]);
            }

            return Prices(inOrder).SequenceEqual(Prices(shuffled));
        }));

    private static Gen<PriceDraft> SomeDraft =>
        from price in Gen.Choose(0, 3)
        from begin in Gen.Choose(-1, 8)
        from length in Gen.Choose(1, 10)
        from revision in Gen.Choose(0, 3)
        let to = begin + length > 9 ? null : (int?)(begin + length)
        select Draft(0, price == 0 ? null : price, begin < 0 ? null : begin, to, revision == 0 ? null : revision);

    /// <summary>Up to six revisions of one price, each said once, and the same in another order.</summary>
    private static Gen<(PriceDraft[] Given, PriceDraft[] Shuffled)> Revisions =>
        from prices in Gen.ArrayOf(Gen.Choose(0, 3)).Resize(6)
        let given = prices.Select((price, i) => Draft(0, price == 0 ? null : price, revision: i + 1)).ToArray()
        from shuffled in Gen.Shuffle(given)
        select (given, shuffled);

    private static void Apply(List<PriceListEntry> rows, IReadOnlyList<PriceDraft> drafts)
    {
        var changes = PriceChanges.Of(drafts, rows);
        rows.RemoveAll(changes.Ended.Contains);
        rows.AddRange(changes.Begun.Select(d => new PriceListEntry
        {
            Id = 0,
            PriceListId = 1,
            VariantId = d.VariantId,
            MinimumQuantity = d.MinimumQuantity,
            UnitPrice = d.UnitPrice,
            ValidFrom = d.ValidFrom,
            ValidTo = d.ValidTo,
            FromVersion = 1,
            SourceRevision = d.SourceRevision,
        }));
    }

    private static IEnumerable<long?> Prices(List<PriceListEntry> rows) => rows.Select(r => r.UnitPrice).OfType<long>().Select(p => (long?)p);

    private static bool Holds(PriceListEntry row, DateTime at) =>
        (row.ValidFrom is null || row.ValidFrom <= at) && (row.ValidTo is null || at < row.ValidTo);

    private static PriceDraft Draft(int row, long? price, int? from = null, int? to = null, long? revision = null, int minimum = 1, long variant = 1) =>
        new(row, variant, Quantity.Of(minimum), price, At(from), At(to), revision);

    private static PriceListEntry Entry(long id, long? price, int? from = null, int? to = null, long? revision = null) => new()
    {
        Id = id,
        PriceListId = 1,
        VariantId = 1,
        MinimumQuantity = Quantity.One,
        UnitPrice = price,
        ValidFrom = At(from),
        ValidTo = At(to),
        FromVersion = 1,
        SourceRevision = revision,
    };

    private static DateTime? At(int? hour) => hour is { } h ? Hours[h] : null;
}

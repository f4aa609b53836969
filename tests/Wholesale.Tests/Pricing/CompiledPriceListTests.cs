using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>A list after random edits, compared with a dictionary that underwent the same.</summary>
public sealed class CompiledPriceListTests
{
    private static readonly IReadOnlyDictionary<long, QuantityTerms> NoTerms = new Dictionary<long, QuantityTerms>();

    [Fact]
    public void After_any_edits_every_variant_has_its_newest_rows()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var model = PriceRowsModel.Random(random, random.Next(300), PriceColumnsTests.Shape.Mixed);
            var list = CompiledPriceList.Of(7, 1, PriceWorld.Hours[0], model.Columns(keepsEmpty: false), NoTerms);

            for (var version = 2; version < 60; version++)
            {
                var edit = RandomEdit(random, model);
                list = list.Edited(version, edit.Columns(keepsEmpty: true), NoTerms);
                foreach (var (variant, rows) in edit.Rows)
                {
                    model.Rows[variant] = rows;
                }

                Assert.Equal((7, version, PriceWorld.Hours[0]), (list.PriceListId, (int)list.Version, list.CompleteFrom));
            }

            foreach (var (variant, rows) in model.Rows)
            {
                PriceRowsModel.Same(rows, list.RowsOf(variant));
            }

            Assert.Equal(0, list.RowsOf(1).Count);
            var sought = model.Rows.Keys.Append(1).ToArray();
            var found = new PriceRows[sought.Length];
            list.RowsOf(sought, found, new int[sought.Length]);
            for (var i = 0; i < sought.Length; i++)
            {
                PriceRowsModel.Same(model.Rows.GetValueOrDefault(sought[i], []), found[i]);
            }
        }
    }

    [Fact]
    public void An_edit_leaves_the_list_before_it_as_it_was()
    {
        var model = PriceRowsModel.Random(new Random(1), 100, PriceColumnsTests.Shape.Mixed);
        var before = CompiledPriceList.Of(7, 1, PriceWorld.Hours[0], model.Columns(keepsEmpty: false), NoTerms);
        var all = new PriceColumns.Builder();
        foreach (var variant in model.Rows.Keys.Order())
        {
            all.Know(variant);
        }

        var after = before.Edited(2, all.Build(keepsEmpty: true), NoTerms);

        Assert.Equal(0, after.RowCount);
        foreach (var (variant, rows) in model.Rows)
        {
            PriceRowsModel.Same(rows, before.RowsOf(variant));
            Assert.Equal(0, after.RowsOf(variant).Count);
        }
    }

    [Fact]
    public void A_thousand_edits_of_one_price_hide_few_rows_and_take_little_more_memory()
    {
        const int Variants = 50_000;
        var builder = new PriceColumns.Builder();
        for (var variant = 1; variant <= Variants; variant++)
        {
            builder.Add(variant, 1_000, 1, Validity.Always);
        }

        var list = CompiledPriceList.Of(7, 1, PriceWorld.Hours[0], builder.Build(), NoTerms);
        var (bytes, random) = (list.Bytes, new Random(1));
        for (var version = 2; version <= 1_001; version++)
        {
            var edit = new PriceColumns.Builder();
            edit.Add(random.Next(1, Variants), 1_000, version, Validity.Always);
            var former = list;
            list = list.Edited(version, edit.Build(keepsEmpty: true), NoTerms);

            // Layers grow by more than four times, so that there are at most one for each power of four.
            Assert.InRange(list.Layers.Count, 1, 9);
            Assert.InRange(list.RowCount, Variants, Variants + 1_000);
            Assert.True(list.Bytes - former.Bytes < bytes / 10);
        }

        Assert.InRange(list.Bytes, bytes, bytes + (1_000 * 32) + (9 * 200));
    }

    [Fact]
    public void Quantity_terms_are_those_of_the_last_edit()
    {
        var list = CompiledPriceList.Of(7, 1, PriceWorld.Hours[0], PriceColumns.Empty, NoTerms);
        var terms = new QuantityTerms(Quantity.One, null, null, "g");

        var edited = list.Edited(1, new PriceColumns.Builder().Build(keepsEmpty: true), new Dictionary<long, QuantityTerms> { [3] = terms });

        Assert.Null(list.TermsOf(3));
        Assert.Equal(terms, edited.TermsOf(3));
        Assert.Null(edited.TermsOf(4));
        Assert.Null(edited.Edited(1, PriceColumns.Empty, NoTerms).TermsOf(3));
    }

    /// <summary>New rows, none, or other ones, for variants that are there and some that are not.</summary>
    private static PriceRowsModel RandomEdit(Random random, PriceRowsModel model)
    {
        var edit = new PriceRowsModel([]);
        var known = model.Rows.Keys.ToArray();
        var count = random.Next(4) == 0 ? random.Next(1, 100) : random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            var variant = known.Length > 0 && random.Next(3) > 0 ? known[random.Next(known.Length)] : random.Next(1, 2_000) * 1_024L;
            edit.Rows[variant] = [.. Enumerable.Range(0, random.Next(4)).Select(_ => PriceColumnsTests.RandomRow(random, PriceColumnsTests.Shape.Mixed))];
        }

        return edit;
    }
}

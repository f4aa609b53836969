using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Columns of random rows, compared with a dictionary of lists.</summary>
public sealed class PriceColumnsTests
{
    private const long Wide = 3_000_000_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void Every_row_is_found_where_it_was_put_and_nothing_else(int variants)
    {
        foreach (var shape in Enum.GetValues<Shape>())
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var model = PriceRowsModel.Random(new Random(seed), variants, shape);

                var columns = model.Columns(keepsEmpty: false);

                model.Compare(columns.TryFind, knowsEmpty: false);
                Assert.Equal(model.Rows.Values.Sum(rows => rows.Count), columns.RowCount);
                Assert.Equal(model.Rows.Count(pair => pair.Value.Count > 0), columns.VariantCount);
            }
        }
    }

    [Fact]
    public void Variants_without_rows_are_known_where_that_is_wanted()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var model = PriceRowsModel.Random(new Random(seed), variants: 1 + (seed * 5), Shape.Mixed);

            var columns = model.Columns(keepsEmpty: true);

            model.Compare(columns.TryFind, knowsEmpty: true);
            Assert.Equal(model.Rows.Count, columns.VariantCount);
        }
    }

    [Fact]
    public void Newer_columns_hide_all_of_what_lies_under_them()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var older = PriceRowsModel.Random(random, random.Next(200), Shape.Mixed);
            var newer = PriceRowsModel.Random(random, random.Next(200), Shape.Mixed);

            foreach (var keepsEmpty in new[] { false, true })
            {
                var merged = older.Columns(keepsEmpty: false).Under(newer.Columns(keepsEmpty: true), keepsEmpty);

                var expected = new PriceRowsModel(older.Rows.Where(pair => pair.Value.Count > 0).ToDictionary());
                foreach (var (variant, rows) in newer.Rows)
                {
                    expected.Rows[variant] = rows;
                }

                expected.Compare(merged.TryFind, knowsEmpty: keepsEmpty);
            }
        }
    }

    [Fact]
    public void Rows_of_a_variant_stand_by_minimum_quantity_in_whatever_order_they_come()
    {
        var builder = new PriceColumns.Builder();
        foreach (var minimum in new long[] { 5_000, 1_000, 3_000, 1_000 })
        {
            builder.Add(1, minimum, minimum, Validity.Always);
        }

        Assert.True(builder.Build().TryFind(1, out var rows));
        Assert.Equal([1_000, 1_000, 3_000, 5_000], Enumerable.Range(0, rows.Count).Select(rows.MinimumQuantity));
    }

    [Fact]
    public void Variants_must_come_in_order()
    {
        var builder = new PriceColumns.Builder();
        builder.Know(2);
        builder.Know(2);

        Assert.Throws<ArgumentException>(() => builder.Know(1));
    }

    [Fact]
    public void A_list_of_forever_prices_is_not_timed()
    {
        var builder = new PriceColumns.Builder();
        builder.Add(1, 1_000, 5, Validity.Always);
        Assert.True(builder.Build().TryFind(1, out var always));
        builder = new PriceColumns.Builder();
        builder.Add(1, 1_000, 5, Validity.Of(null, PriceWorld.Hours[1]));
        Assert.True(builder.Build().TryFind(1, out var timed));

        Assert.False(always.AreTimed);
        Assert.True(timed.AreTimed);
        Assert.False(default(PriceRows).AreTimed);
    }

    [Theory]
    [InlineData(100_000, 3, 13, 20)]
    [InlineData(87_500, 3, 13, 20)]
    [InlineData(60, 1, 16, 24)]
    [InlineData(100_000, 1, 16, 28)]
    [InlineData(87_500, 1, 16, 28)]
    public void A_break_takes_few_bytes(int variants, int breaks, int atLeast, int atMost)
    {
        var builder = new PriceColumns.Builder();
        for (var variant = 1; variant <= variants; variant++)
        {
            for (var i = 0; i < breaks; i++)
            {
                builder.Add(variant * 64L, Quantity.One.Thousandths * (i == 0 ? 1 : 10 * i), 1_0000, Validity.Always);
            }
        }

        var columns = builder.Build();

        Assert.InRange((double)columns.Bytes / columns.RowCount, atLeast, atMost);
    }

    /// <summary>What the rows of a list have in common, so that each form of the columns comes about.</summary>
    internal enum Shape
    {
        Mixed,
        OneEach,
        OnePieceEach,
        WideQuantities,
        Untimed,
    }

    internal static (long Minimum, long Price, Validity Validity) RandomRow(Random random, Shape shape) =>
        (
            shape switch
            {
                Shape.OnePieceEach => 1_000,
                Shape.WideQuantities when random.Next(3) == 0 => Wide + random.Next(5),
                _ => 500 * random.Next(1, 9),
            },
            random.Next(1, 100_000),
            shape is Shape.Untimed or Shape.OnePieceEach || random.Next(2) == 0
                ? Validity.Always
                : Validity.Of(PriceWorld.Hours[random.Next(5)], random.Next(2) == 0 ? null : PriceWorld.Hours[random.Next(5, 10)]));
}

/// <summary>Prices of a list as a dictionary of lists.</summary>
internal sealed class PriceRowsModel(Dictionary<long, List<(long Minimum, long Price, Validity Validity)>> rows)
{
    public delegate bool Find(long variantId, out PriceRows rows);

    public Dictionary<long, List<(long Minimum, long Price, Validity Validity)>> Rows => rows;

    public static PriceRowsModel Random(Random random, int variants, PriceColumnsTests.Shape shape)
    {
        var model = new PriceRowsModel([]);
        for (var i = 0; i < variants; i++)
        {
            var each = shape is PriceColumnsTests.Shape.OneEach or PriceColumnsTests.Shape.OnePieceEach ? 1 : random.Next(4);
            model.Rows[random.Next(1, 4 * variants) * 1_024L] =
                [.. Enumerable.Range(0, each).Select(_ => PriceColumnsTests.RandomRow(random, shape))];
        }

        return model;
    }

    public PriceColumns Columns(bool keepsEmpty)
    {
        var builder = new PriceColumns.Builder();
        foreach (var (variant, given) in rows.OrderBy(pair => pair.Key))
        {
            builder.Know(variant);
            foreach (var row in given)
            {
                builder.Add(variant, row.Minimum, row.Price, row.Validity);
            }
        }

        return builder.Build(keepsEmpty);
    }

    /// <summary>Looks for every variant of the model, and for the ids beside it.</summary>
    public void Compare(Find find, bool knowsEmpty)
    {
        foreach (var variant in rows.Keys.SelectMany(id => new[] { id - 1, id, id + 1, id + 1_024, -id }).Append(0).Append(long.MaxValue).Append(long.MinValue))
        {
            var expected = rows.GetValueOrDefault(variant);
            Assert.Equal(expected is not null && (expected.Count > 0 || knowsEmpty), find(variant, out var found));
            Same(expected ?? [], found);
        }
    }

    public static void Same(List<(long Minimum, long Price, Validity Validity)> expected, PriceRows found)
    {
        var seen = Enumerable.Range(0, found.Count).Select(i => (found.MinimumQuantity(i), found.UnitPrice(i), found.Validity(i))).ToList();
        Assert.Equal(Sorted(expected), Sorted(seen));
        Assert.Equal(seen.Select(row => row.Item1).Order(), seen.Select(row => row.Item1));
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var hour in PriceWorld.Hours)
            {
                Assert.Equal(seen[i].Item3.Holds(hour), found.Holds(i, hour));
            }
        }
    }

    private static List<(long, long, Validity)> Sorted(List<(long, long, Validity)> rows) =>
        [.. rows.OrderBy(row => row.Item1).ThenBy(row => row.Item2).ThenBy(row => row.Item3.From).ThenBy(row => row.Item3.To)];
}

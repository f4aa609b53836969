using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Lists and books as values of Redis: what is read is what was written, and what was not written is not read.</summary>
public sealed class PriceListBlobTests
{
    [Fact]
    public void A_list_of_any_shape_is_read_as_it_was_written()
    {
        foreach (var shape in Enum.GetValues<PriceColumnsTests.Shape>())
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var list = RandomList(new Random(seed), shape, out var model);

                var read = PriceListBlob.Read(PriceListBlob.Write(list), StateOf(list))!;

                Assert.True(read.IsWhole);
                var copy = read.List();
                Assert.Equal((list.PriceListId, list.Version, list.ContentId, list.CompleteFrom), (copy.PriceListId, copy.Version, copy.ContentId, copy.CompleteFrom));
                Assert.Equal(list.Bytes, copy.Bytes);
                Assert.Equal(list.QuantityTerms.OrderBy(t => t.Key), copy.QuantityTerms.OrderBy(t => t.Key));
                foreach (var (variant, rows) in model.Rows)
                {
                    PriceRowsModel.Same(rows, copy.RowsOf(variant));
                }
            }
        }
    }

    [Fact]
    public void Columns_are_filled_by_pieces_of_any_size_in_any_order()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var columns = PriceRowsModel.Random(random, random.Next(2_000), PriceColumnsTests.Shape.Mixed).Columns(keepsEmpty: true);
            var cuts = Enumerable.Range(0, random.Next(20)).Select(_ => random.NextInt64(columns.Shape.Bytes + 1)).Append(0).Append(columns.Shape.Bytes).Order().ToArray();
            var filling = new PriceColumns.Filling(columns.Shape);

            foreach (var (from, to) in cuts.Zip(cuts.Skip(1)).OrderBy(_ => random.Next()))
            {
                var piece = new byte[to - from];
                columns.CopyTo(from, piece);
                filling.Put(from, piece);
            }

            Assert.Equal(columns.Hash, filling.End(columns.Hash)!.Hash);
            Assert.Null(filling.End(columns.Hash + 1));
        }
    }

    [Fact]
    public void A_value_of_which_any_bit_is_another_or_that_is_of_another_list_is_not_read()
    {
        var list = RandomList(new Random(1), PriceColumnsTests.Shape.Mixed, out _);
        var value = PriceListBlob.Write(list).ToArray();
        for (var place = 0; place < value.Length; place++)
        {
            value[place] ^= 1;
            Assert.Null(PriceListBlob.Read(value, StateOf(list)));
            Assert.Null(PriceListBlob.Read(value.AsMemory(0, place), StateOf(list)));
            value[place] ^= 1;
        }

        Assert.NotNull(PriceListBlob.Read(value, StateOf(list)));
        Assert.Null(PriceListBlob.Read(value, StateOf(list) with { Id = 8 }));
        Assert.Null(PriceListBlob.Read(value, StateOf(list) with { PriceVersion = 8 }));
        Assert.Null(PriceListBlob.Read(value, StateOf(list) with { ContentId = 8 }));
    }

    [Fact]
    public void A_book_is_read_as_it_was_written_and_for_its_own_context_alone()
    {
        var noon = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        var step = new AdjustmentStep([new(new HashSet<long> { 4, 5 }, new(-1_200, 0)), new(null, new(500, -1_0000))]);
        var lists = new AssignedPriceList[]
        {
            new()
            {
                AssignmentId = 1, PriceListId = 11, Currency = Currency.Of("EUR"), Level = AssigneeLevel.Unit, Nearness = 0, Priority = 3, AssignedAt = noon,
                Validity = Validity.Of(noon, noon.AddDays(1)), HasQuantityTerms = true,
                Sources = [new(11, [], Validity.Always), new(12, [step, step], Validity.Of(null, noon))],
            },
            new()
            {
                AssignmentId = 2, PriceListId = 12, Currency = Currency.Of("USD"), Level = AssigneeLevel.Everyone, Nearness = 4, AssignedAt = noon.AddTicks(-1),
                Validity = Validity.Always, IsActive = false, Sources = [new(12, [], Validity.Always)],
            },
        };
        foreach (var currency in (Currency?[])[null, Currency.Of("CHF")])
        {
            var terms = new PriceTerms(PricePolicy.Lowest, new(RoundingMode.HalfEven, RoundingLevel.UnitPrice));
            var book = new PriceBook(lists, currency, terms);
            var value = PriceBookBlob.Write("1 2 3 EUR", book);

            var read = PriceBookBlob.Read(value, "1 2 3 EUR")!;

            Assert.Equal((book.Currency, book.Terms), (read.Currency, read.Terms));
            Assert.Equal(book.PriceListIds, read.PriceListIds);
            Assert.Equivalent(book.Lists, read.Lists, strict: true);
            Assert.Equal([4L, 5L], read.Lists[0].Sources[1].Steps[0].Rules[0].CategoryIds!.Order());
            Assert.Null(read.Lists[0].Sources[1].Steps[0].Rules[1].CategoryIds);
            Assert.Null(PriceBookBlob.Read(value, "1 2 4 EUR"));
        }
    }

    private static PriceListState StateOf(CompiledPriceList list) => new(list.PriceListId, list.Version, list.ContentId, HasQuantityTerms: false, Rows: 0);

    /// <summary>Of several layers, as edits leave them.</summary>
    private static CompiledPriceList RandomList(Random random, PriceColumnsTests.Shape shape, out PriceRowsModel model)
    {
        model = PriceRowsModel.Random(random, 200 + random.Next(200), shape);
        var terms = new Dictionary<long, QuantityTerms>
        {
            [3] = new(Quantity.Of(2), null, Quantity.Of(2), "GROUP ü"),
            [9] = new(null, Quantity.Of(7), null, null),
        };
        var list = CompiledPriceList.Of(7, 1, PriceWorld.Hours[0], model.Columns(keepsEmpty: false), terms, contentId: 1);
        for (var version = 2; version < 6; version++)
        {
            var variant = model.Rows.Keys.ElementAt(random.Next(model.Rows.Count));
            model.Rows[variant] = [];
            var edit = new PriceColumns.Builder();
            edit.Know(variant);
            list = list.Edited(version, edit.Build(keepsEmpty: true), terms, contentId: version);
        }

        return list;
    }
}

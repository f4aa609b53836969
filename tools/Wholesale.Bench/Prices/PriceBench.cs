using System.Diagnostics;
using System.Globalization;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Bench.Prices;

/// <summary>
/// Prices at scale, in one process over a generated file: what a look-up costs against flat arrays and against the database, what a million SKUs take in
/// memory, how long a cold buyer waits, and when an edited price is right.
/// </summary>
internal static class PriceBench
{
    private const int Skus = 50;
    private const int ManySkus = 500;

    /// <param name="skus">In the list for everyone, three breaks each.</param>
    /// <param name="companies">With 1,000 prices of their own each.</param>
    /// <param name="rounds">Alternating; the table has medians.</param>
    public static async Task<int> Run(int skus, int companies, int rounds)
    {
        using var folder = new BenchFolder();
        var shop = new GeneratedShop(skus, Breaks: 3, Companies: companies, OverridesPerCompany: 1_000, SharedLists: Math.Min(4_000, companies));
        var clock = Stopwatch.StartNew();
        await shop.Write(folder.ConnectionString);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{skus:n0} SKUs × 3 breaks, {companies:n0} companies × 1,000 prices, {Math.Min(4_000, companies):n0} shared lists: {folder.Bytes / 1e6:n0} MB, written in {clock.Elapsed.TotalSeconds:0} s"));

        var table = new List<string>();
        await Cold(folder, companies, rounds, table);
        await using (var node = await PriceNode.Start(folder.ConnectionString))
        {
            await Memory(node, companies, table);
            await LookUpBench.Run(node, companies, skus, rounds, table);
            await Lookups(node, companies, skus, rounds, table);
            await Edits(node, rounds, table);
        }

        Console.WriteLine("\n| | measured | target |\n|---|---|---|");
        table.ForEach(Console.WriteLine);
        return 0;
    }

    /// <summary>U2: a buyer that nobody has asked for, with no list in memory; the code is compiled by another buyer before.</summary>
    private static async Task Cold(BenchFolder folder, int companies, int rounds, List<string> table)
    {
        var (cold, warm) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            await using var node = await PriceNode.Start(folder.ConnectionString);
            await node.Price(round, ManySkus);
            await node.Reset();
            cold.Add(await node.Price(companies - 1 - round, ManySkus));
            await node.WhenLoaded();
            await node.Price(companies - 1 - round, ManySkus);
            warm.Add(await node.Price(companies - 1 - round, ManySkus));
        }

        table.Add($"| U2 500 SKUs of a buyer, cold, ms | {Figures.Spread(cold, "0.0")} | ≤ 50 |");
        table.Add($"| U2 the same, warm, ms | {Figures.Spread(warm, "0.00")} | ≤ 5 |");
    }

    /// <summary>U1: all lists in memory.</summary>
    private static async Task Memory(PriceNode node, int companies, List<string> table)
    {
        await node.Price(0, ManySkus);
        await node.WhenLoaded();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < companies; i++)
        {
            await node.Price(i, 1);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await node.WhenLoaded();
        node.ForgetCallers();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var lists = node.Lists;
        table.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| U1 {lists.RowCount:n0} prices in memory, MB (bytes a price) | {lists.Bytes / 1e6:0} ({(double)lists.Bytes / lists.RowCount:0.0}) | ≤ 450 |"));
        table.Add(string.Create(CultureInfo.InvariantCulture, $"| U1 growth of the heap by the companies' lists, MB, read in {seconds:0} s | {(after - before) / 1e6:0} | |"));
    }

    /// <summary>
    /// T8: an array of 50 SKUs' prices with their breaks, one of 40 baskets after the other; against flat arrays of the buyer's prices of all SKUs, each SKU's place known
    /// beforehand, and against the database.
    /// </summary>
    private static async Task Lookups(PriceNode node, int companies, int skus, int rounds, List<string> table)
    {
        const int Baskets = 40;
        var resolution = await node.Resolution(companies / 2);
        var flat = FlatPrices.Of(resolution, [.. Enumerable.Range(0, skus).Select(node.VariantAt)]);
        var random = new Random(2);
        var baskets = Enumerable.Range(0, Baskets).Select(_ => Enumerable.Range(0, Skus).Select(_ => random.Next(skus)).ToArray()).ToArray();
        var variants = Array.ConvertAll(baskets, basket => Array.ConvertAll(basket, node.VariantAt));
        foreach (var index in baskets.SelectMany(basket => basket))
        {
            var price = resolution.Resolve(node.VariantAt(index), Quantity.One)!;
            if (price.UnitPrice != flat.UnitPrice(index, Quantity.One) || !price.Breaks.SequenceEqual(flat.Breaks(index)))
            {
                throw new InvalidOperationException($"The flat arrays have another price of {node.VariantAt(index).Sku}.");
            }
        }

        var (quantities, prices) = (Enumerable.Repeat(Quantity.One, Skus).ToArray(), new EffectivePrice?[Skus]);
        var (book, arrays, database) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -2; round < rounds; round++)
        {
            var inBook = Microseconds(Baskets, i => Book(resolution, variants[i], quantities, prices));
            var inArrays = Microseconds(Baskets, i => flat.All(baskets[i], variants[i]));
            var inDatabase = await node.DatabaseMicroseconds(companies / 2, variants[^1], 50);
            if (round >= 0)
            {
                book.Add(inBook);
                arrays.Add(inArrays);
                database.Add(inDatabase);
            }
        }

        table.Add($"| T8 50 SKUs with breaks ÷ flat arrays | {Figures.Spread(book.Zip(arrays, (one, other) => one / other), "0.00")} | ≤ 1.5 |");
        table.Add($"| T8 the EF query ÷ the price book | {Figures.Spread(database.Zip(book, (one, other) => one / other), "0")} | ≥ 100 |");
        table.Add($"| T8 µs: price book; flat arrays; database | {Figures.Median(book):0.0}; {Figures.Median(arrays):0.0}; {Figures.Median(database):0} | |");
    }

    /// <summary>U6: from the commit of one price in the list of a million until a reader has it.</summary>
    private static async Task Edits(PriceNode node, int rounds, List<string> table)
    {
        var times = new List<double>();
        for (var i = -5; i < rounds * 20; i++)
        {
            var time = await node.EditAndRead((i + 5) * 101, 1_000_000 + i);
            if (i >= 0)
            {
                times.Add(time);
            }
        }

        times.Sort();
        table.Add($"| U6 one price edited: until the writing node has it, ms: median, p99 | {times[times.Count / 2]:0.00}, {times[times.Count * 99 / 100]:0.00} | ≤ 5 |");
    }

    private static int Book(PriceResolution resolution, Variant[] variants, Quantity[] quantities, EffectivePrice?[] prices)
    {
        resolution.ResolveAll(variants, quantities, prices, (_, exception) => throw exception);
        var breaks = 0;
        foreach (var price in prices)
        {
            breaks += price!.Breaks.Count;
        }

        return breaks;
    }

    private static double Microseconds(int baskets, Func<int, int> work)
    {
        // CPU time, the garbage collector's included: what else the machine does meanwhile does not count.
        const int Times = 1_000;
        var sum = 0;
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Times * baskets; i++)
        {
            sum += work(i % baskets);
        }

        var used = Environment.CpuUsage.TotalTime - start;
        return sum == 0 ? throw new InvalidOperationException("Nothing was priced.") : used.TotalMicroseconds / (Times * baskets);
    }
}

/// <summary>
/// What the price book is measured against: one buyer's prices of all SKUs in flat arrays, each SKU's place known beforehand. No lists, no look-up, no
/// dates, no rules; the answer is the same: an array of prices, each with an array of its breaks.
/// </summary>
internal sealed class FlatPrices
{
    private readonly int[] starts;
    private readonly long[] quantities;
    private readonly long[] unitPrices;
    private readonly Currency currency;
    private FlatPrice[] prices = [];

    private FlatPrices(int[] starts, long[] quantities, long[] unitPrices, Currency currency) =>
        (this.starts, this.quantities, this.unitPrices, this.currency) = (starts, quantities, unitPrices, currency);

    public static FlatPrices Of(PriceResolution resolution, Variant[] variants)
    {
        var (starts, quantities, unitPrices) = (new List<int>(), new List<long>(), new List<long>());
        foreach (var variant in variants)
        {
            starts.Add(quantities.Count);
            foreach (var step in resolution.Resolve(variant, Quantity.One)!.Breaks)
            {
                quantities.Add(step.MinimumQuantity.Thousandths);
                unitPrices.Add(step.UnitPrice.TenThousandths);
            }
        }

        starts.Add(quantities.Count);
        return new([.. starts], [.. quantities], [.. unitPrices], resolution.Currency!.Value);
    }

    public Money UnitPrice(int index, Quantity quantity)
    {
        var row = starts[index + 1] - 1;
        while (quantities[row] > quantity.Thousandths)
        {
            row--;
        }

        return new(unitPrices[row], currency);
    }

    public PriceBreak[] Breaks(int index)
    {
        var breaks = new PriceBreak[starts[index + 1] - starts[index]];
        for (var i = 0; i < breaks.Length; i++)
        {
            breaks[i] = new(new Quantity(quantities[starts[index] + i]), new Money(unitPrices[starts[index] + i], currency));
        }

        return breaks;
    }

    public int All(int[] indices, Variant[] variants)
    {
        Array.Resize(ref prices, indices.Length);
        for (var i = 0; i < indices.Length; i++)
        {
            var quantity = variants[i].QuantityIncrement;
            prices[i] = new FlatPrice(variants[i], quantity, UnitPrice(indices[i], quantity), Breaks(indices[i]));
        }

        var count = 0;
        foreach (var price in prices)
        {
            count += price.Breaks.Count;
        }

        return count;
    }

    private sealed record FlatPrice(Variant Variant, Quantity Quantity, Money UnitPrice, IReadOnlyList<PriceBreak> Breaks);
}

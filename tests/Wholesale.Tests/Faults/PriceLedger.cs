using System.Diagnostics;

namespace Wholesale.Tests.Faults;

/// <summary>
/// Who has which price lists, and what was written into each and when: from this alone it is told what a price may be, with nothing of the product. Every fifth
/// customer shares the list of the one before it, all others have one of their own; behind it comes that of a group, and behind that one everyone's. A price names
/// its list, its variant and its edition, so that another customer's is seen for what it is. Thread-safe.
/// </summary>
internal sealed class PriceLedger(int customers, int variants, int groups)
{
    private const int MostEditions = 1_000;

    private readonly Edition[]?[] cells = new Edition[]?[(customers + groups + 1) * variants];

    public int Customers => customers;

    public int Variants => variants;

    public int Groups => groups;

    /// <summary>First the customers' own, then the groups', last everyone's.</summary>
    public int Lists => customers + groups + 1;

    /// <summary>Writes whose outcome is not known.</summary>
    public IEnumerable<Edition> Open => cells.Where(cell => cell is not null).SelectMany(cell => cell!).Where(edition => edition.IsOpen);

    /// <summary>Whose own a list is.</summary>
    public IEnumerable<int> OwnersOf(int list) => Enumerable.Range(0, customers).Where(customer => OwnListOf(customer) == list);

    public bool Exists(int list) => list >= customers || OwnListOf(list) == list;

    /// <summary>Whether a list has a price for a variant; that never changes.</summary>
    public bool Has(int list, int variant) =>
        list == Lists - 1 || (list < customers ? Exists(list) && (list + variant) % 3 == 0 : (list + variant) % 2 == 0);

    /// <summary>The first of a customer's lists that has a price.</summary>
    public int ListOf(int customer, int variant)
    {
        var (own, group) = (OwnListOf(customer), customers + (customer % groups));
        return Has(own, variant) ? own : Has(group, variant) ? group : Lists - 1;
    }

    public int CellOf(int list, int variant) => (list * variants) + variant;

    /// <summary>In 1/10,000.</summary>
    public static long PriceOf(int cell, int edition) => ((long)cell * MostEditions) + edition + 1;

    /// <summary>Which cell and edition a price names.</summary>
    public static (long Cell, int Edition) Read(long price) => ((price - 1) / MostEditions, (int)((price - 1) % MostEditions));

    /// <summary>The next price of a cell, to be taken before it is written. One at a time writes a cell.</summary>
    public Edition Begin(int list, int variant, int node)
    {
        var cell = CellOf(list, variant);
        var before = Volatile.Read(ref cells[cell]) ?? [];
        var next = new Edition(cell, before.Length + 1, node);
        Assert.True(next.Number < MostEditions, "A cell has no room for another edition.");
        Volatile.Write(ref cells[cell], [.. before, next]);
        return next;
    }

    /// <summary>The price that was written last.</summary>
    public long Newest(int list, int variant)
    {
        var cell = CellOf(list, variant);
        return PriceOf(cell, (Volatile.Read(ref cells[cell]) ?? []).Where(edition => !edition.IsWithdrawn).Select(edition => edition.Number).LastOrDefault());
    }

    /// <summary>Whether an edition was current at some instant from so long before a read began to its end. What its own node wrote a reader sees at once.</summary>
    public bool WasCurrent(int cell, int number, int node, long begin, long end, TimeSpan staleness)
    {
        var editions = Volatile.Read(ref cells[cell]) ?? [];
        if (number > editions.Length || (number > 0 && (editions[number - 1].IsWithdrawn || editions[number - 1].Begun > end)))
        {
            return false;
        }

        var allowed = (long)(staleness.TotalSeconds * Stopwatch.Frequency);
        return editions.Skip(number).All(later => later.Done > begin - (later.Node == node ? 0 : allowed));
    }

    private static int OwnListOf(int customer) => customer % 5 == 4 ? customer - 1 : customer;
}

/// <summary>A price that was written, or tried to.</summary>
/// <param name="cell">Of which list and variant.</param>
/// <param name="number">From 1; what was there at first is 0.</param>
/// <param name="node">Who wrote it.</param>
internal sealed class Edition(int cell, int number, int node)
{
    private long done = long.MaxValue;
    private volatile bool isWithdrawn;

    public int Cell => cell;

    public int Number => number;

    public int Node => node;

    /// <summary>The price.</summary>
    public long Price => PriceLedger.PriceOf(cell, number);

    public long Begun { get; } = Stopwatch.GetTimestamp();

    /// <summary>When it was known to be written.</summary>
    public long Done => Volatile.Read(ref done);

    public bool IsOpen => Done == long.MaxValue && !IsWithdrawn;

    /// <summary>Whether it is known that it was never written.</summary>
    public bool IsWithdrawn => isWithdrawn;

    public void End() => Volatile.Write(ref done, Stopwatch.GetTimestamp());

    public void Withdraw() => isWithdrawn = true;
}

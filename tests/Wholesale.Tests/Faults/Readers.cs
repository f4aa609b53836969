using System.Diagnostics;

namespace Wholesale.Tests.Faults;

/// <summary>
/// Readers of all customers on some nodes, half of them over HTTP, who judge all that they see, and now and then write the next prices of some variants on whichever
/// node. They read one after the other, as fast as they are answered.
/// </summary>
internal sealed class Readers : IAsyncDisposable
{
    private const int AtOnceOverHttp = 20;
    private const int AtOnceInProcess = 200;

    private readonly PricedShop shop;
    private readonly IReadOnlyList<PricedNode> nodes;
    private readonly int? readsToEdit;
    private readonly CancellationTokenSource done = new();
    private readonly List<Task> running;
    private readonly int editors;
    private Findings findings = new();
    private int edits;

    /// <summary>Begins.</summary>
    /// <param name="shop">Where.</param>
    /// <param name="nodes">On which of its nodes.</param>
    /// <param name="seed">Of what they choose.</param>
    /// <param name="readsToEdit">One of how many reads is followed by a write; null: none.</param>
    public Readers(PricedShop shop, IReadOnlyList<PricedNode> nodes, int seed, int? readsToEdit = 20)
    {
        (this.shop, this.nodes, this.readsToEdit) = (shop, nodes, readsToEdit);
        var count = nodes.Count * 2;
        editors = count + 1;
        running = [.. Enumerable.Range(0, count).Select(i => Task.Run(() => ReadUntilDone(i, nodes[i / 2], isOverHttp: i % 2 == 0, new Random(seed + i))))];
    }

    /// <summary>Whether none of them writes the prices of a variant: each cell has one writer at a time.</summary>
    public bool Leave(int variant) => variant % editors == editors - 1;

    /// <summary>How many writes there were.</summary>
    public int Edits => Volatile.Read(ref edits);

    /// <summary>What they have found since the last call.</summary>
    public Findings Take() => Interlocked.Exchange(ref findings, new());

    /// <summary>What they have found since the last call of <see cref="Take"/>, so far.</summary>
    public Findings Found => Volatile.Read(ref findings);

    /// <summary>Has them stop, and waits until they have.</summary>
    public async Task Stop()
    {
        await done.CancelAsync();
        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        done.Dispose();
    }

    private async Task ReadUntilDone(int editor, PricedNode node, bool isOverHttp, Random random)
    {
        var witness = new Witness(shop.Ledger, node.Number);
        while (!done.IsCancellationRequested)
        {
            try
            {
                await ReadOnce(node, isOverHttp, witness, random);
                if (readsToEdit is { } reads && random.Next(reads) == 0)
                {
                    await Edit(editor, random);
                }
            }
            catch (Exception exception)
            {
                Found.Fail(exception);
            }
        }
    }

    private async Task ReadOnce(PricedNode node, bool isOverHttp, Witness witness, Random random)
    {
        var customer = random.Next(shop.Ledger.Customers);
        var first = random.Next(shop.Ledger.Variants);
        var asked = Enumerable.Range(first, isOverHttp ? AtOnceOverHttp : AtOnceInProcess).Select(v => v % shop.Ledger.Variants).ToList();
        var begin = Stopwatch.GetTimestamp();
        var prices = isOverHttp ? await shop.Ask(node.Client, customer, asked) : await shop.Read(node, customer, asked);
        var end = Stopwatch.GetTimestamp();
        var judged = asked.Zip(prices).Select(read => (witness.Judge(customer, read.First, read.Second, begin, end), read.First, read.Second)).ToList();
        Found.Add(isOverHttp, Stopwatch.GetElapsedTime(begin, end), customer, node.Number, judged);
    }

    /// <summary>Writes up to three prices of one list. Each editor has variants of its own.</summary>
    private async Task Edit(int editor, Random random)
    {
        var ledger = shop.Ledger;
        var list = random.Next(ledger.Lists);
        var node = nodes[random.Next(nodes.Count)];
        var first = random.Next(ledger.Variants);
        var of = Enumerable.Range(first, ledger.Variants).Select(v => v % ledger.Variants).Where(v => v % editors == editor && ledger.Has(list, v));
        if (of.Take(random.Next(1, 4)).ToList() is { Count: > 0 } some)
        {
            await shop.Edit(node.Client, node.Number, list, some);
            Interlocked.Increment(ref edits);
        }
    }
}

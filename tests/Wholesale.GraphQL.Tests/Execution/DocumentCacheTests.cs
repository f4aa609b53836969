using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Validation;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

public sealed class DocumentCacheTests
{
    private const int Capacity = 10_000;
    private readonly DocumentCache cache = new(Capacity);

    [Fact]
    public void One_owner_fills_at_most_a_tenth()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Add(i, "greedy");
        }

        Assert.Equal(10, cache.Count);
        Assert.Equal(Capacity / 10, cache.Bytes);
        Assert.True(IsKept(999));
        Assert.False(IsKept(0));
    }

    [Fact]
    public void All_owners_together_fill_no_more_than_the_capacity_and_the_largest_gives_way()
    {
        for (var owner = 0; owner < 12; owner++)
        {
            for (var i = 0; i < 9; i++)
            {
                Add((owner * 100) + i, owner);
            }
        }

        Assert.InRange(cache.Bytes, Capacity - 100, Capacity);
        for (var owner = 0; owner < 12; owner++)
        {
            Assert.InRange(Enumerable.Range(0, 9).Count(i => IsKept((owner * 100) + i)), 8, 9);
        }
    }

    [Fact]
    public void What_was_used_survives_what_was_not()
    {
        for (var i = 0; i < 10; i++)
        {
            Add(i, "owner");
        }

        Assert.True(IsKept(3));
        Assert.True(IsKept(7));
        for (var i = 10; i < 18; i++)
        {
            Add(i, "owner");
        }

        Assert.Equal([3, 7], Enumerable.Range(0, 10).Where(IsKept));
    }

    [Fact]
    public void A_second_chance_is_not_a_third()
    {
        for (var i = 0; i < 10; i++)
        {
            Add(i, "owner");
        }

        Assert.True(IsKept(3));
        for (var i = 10; i < 40; i++)
        {
            Add(i, "owner");
        }

        Assert.False(IsKept(3));
    }

    [Fact]
    public void One_owner_s_documents_drive_out_no_other_s()
    {
        for (var i = 0; i < 5; i++)
        {
            Add(i, "quiet");
        }

        for (var i = 100; i < 1_000; i++)
        {
            Add(i, "greedy");
        }

        Assert.All(Enumerable.Range(0, 5), i => Assert.True(IsKept(i)));
    }

    [Fact]
    public void A_document_larger_than_a_share_is_not_kept()
    {
        Add(1, "owner", size: (Capacity / 10) + 1);
        Add(2, "owner", size: Capacity / 10);

        Assert.False(IsKept(1));
        Assert.True(IsKept(2));
    }

    [Fact]
    public void The_same_document_is_kept_once()
    {
        Add(1, "a");
        Add(1, "b");

        Assert.Equal(1, cache.Count);
        Assert.Equal(100, cache.Bytes);
    }

    [Fact]
    public void Parallel_additions_keep_the_books()
    {
        Parallel.For(0, 8, owner =>
        {
            for (var i = 0; i < 500; i++)
            {
                Add((owner * 250) + i, owner);
                cache.Find(HashOf((owner * 250) + (i / 2)));
            }
        });

        Assert.InRange(cache.Bytes, 0, Capacity);
        Assert.Equal(cache.Bytes, cache.Count * 100);
    }

    [Fact]
    public async Task A_plan_is_charged_to_its_document_and_one_that_outgrows_the_share_is_not_kept()
    {
        var executor = Executor(
            "type Query { item: Item } type Item { id: Int same: Item }",
            map => map.Field("Query.item", () => new Item(1)),
            new ExecutorOptions { DocumentCacheBytes = 20_000 });
        const string Small = "{ item { id } }";
        var large = "{ item { ...F } } fragment F on Item { " + string.Concat(Enumerable.Range(0, 10).Select(i => $"f{i}: same {{ ...G }} ")) + "} fragment G on Item { "
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"g{i}: id ")) + "}";

        await executor.Ask(Small);
        Assert.Equal(Small.Length + (2 * DocumentCache.BytesOfSelection), executor.Cache.Bytes);

        await executor.Ask(large);
        Assert.Equal(Small.Length + (2 * DocumentCache.BytesOfSelection) + large.Length, executor.Cache.Bytes);
        Assert.NotSame(Prepare(executor, large), Prepare(executor, large));
        Assert.Same(Prepare(executor, Small), Prepare(executor, Small));
    }

    [Fact]
    public async Task A_document_that_is_not_valid_is_not_kept()
    {
        var executor = Executor("type Query { a: Int }", map => map.Field("Query.a", () => 1));

        await executor.Ask("{ b }");
        await executor.Ask("{");

        Assert.Equal(0, executor.Cache.Count);
    }

    private static Plan? Prepare(GraphQLExecutor executor, string query) => executor.Prepare(Encoding.UTF8.GetBytes(query), null, Client.Unknown).Plan;

    private void Add(int number, object owner, int size = 100)
    {
        var body = Encoding.UTF8.GetBytes("{a}".PadRight(size));
        cache.Add(HashOf(number), Document(body), owner);
    }

    private static CachedDocument Document(byte[] body)
    {
        var document = Parser.Parse(new Source(body));
        return new CachedDocument(document, DocumentMetrics.Of(document));
    }

    private bool IsKept(int number) => cache.Find(HashOf(number)) is not null;

    private static DocumentHash HashOf(int number) => new((ulong)number, 1, 2, 3);

    private sealed record Item(int Id)
    {
        public Item Same => this;
    }
}

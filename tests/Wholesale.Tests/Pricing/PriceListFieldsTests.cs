using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class PriceListFieldsTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Pages_of_entries_go_by_sku_quantity_and_beginning_without_gap_or_repeat()
    {
        await shop.AddVariants(Quantity.One, "a", "B", "c");
        var list = await Priced("LIST", shop.Now, "a", "B", "c");

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await Entries(2, after, list))[0];
            seen.AddRange(page.Edges.Select(e => $"{e.Node.Variant.Sku} {e.Node.MinimumQuantity} {e.Node.ValidFrom:HH}"));
            after = page.PageInfo.HasNextPage ? page.PageInfo.EndCursor : null;
        }
        while (after is not null);

        Assert.Equal(["B 1 ", "B 1 14", "B 10 ", "a 1 ", "a 1 14", "a 10 ", "c 1 ", "c 1 14", "c 10 "], seen);
    }

    [Fact]
    public async Task Entries_of_many_lists_are_one_statement()
    {
        await shop.AddVariants(Quantity.One, "a", "b");
        var one = await Priced("ONE", shop.Now, "a");
        var two = await Priced("TWO", shop.Now, "a", "b");
        var before = shop.Statements.Total;

        var pages = await Entries(4, null, one, two);

        Assert.Equal(before + 1, shop.Statements.Total);
        Assert.Equal([3, 4], pages.Select(p => p.Edges.Count));
        Assert.Equal([false, true], pages.Select(p => p.PageInfo.HasNextPage));
    }

    [Fact]
    public async Task Entries_that_are_over_are_not_shown()
    {
        await shop.AddVariants(Quantity.One, "a");
        var list = await Priced("LIST", shop.Now, "a");
        shop.Time.Advance(TimeSpan.FromHours(2));

        var page = (await Entries(20, null, list))[0];

        Assert.Equal(["1 14", "10 "], page.Edges.Select(e => $"{e.Node.MinimumQuantity} {e.Node.ValidFrom:HH}"));
    }

    [Fact]
    public async Task Lists_page_by_external_id()
    {
        foreach (var externalId in new[] { "c", "A", "b" })
        {
            await shop.AddPriceList(externalId);
        }

        var first = await Lists(2, null);
        var second = await Lists(2, first.PageInfo.EndCursor);

        Assert.Equal(["A", "b"], first.Edges.Select(e => e.Node.ExternalId));
        Assert.True(first.PageInfo.HasNextPage);
        Assert.Equal(["c"], second.Edges.Select(e => e.Node.ExternalId));
        Assert.False(second.PageInfo.HasNextPage);
    }

    [Fact]
    public async Task A_list_is_asked_for_by_exactly_one_key()
    {
        var list = await shop.AddPriceList("LIST");
        var id = new NodeId(nameof(PriceList), list.Id);

        Assert.Equal("LIST", (await One(id, null))?.ExternalId);
        Assert.Equal(list.Id, (await One(null, "LIST"))?.Id);
        Assert.Null(await One(null, "list"));
        Assert.Null(await One(new NodeId("Variant", list.Id), null));
        Assert.Equal("INVALID_VALUE", (await Assert.ThrowsAsync<GraphQLException>(() => One(id, "LIST"))).Code);
        Assert.Equal("INVALID_VALUE", (await Assert.ThrowsAsync<GraphQLException>(() => One(null, null))).Code);
    }

    /// <summary>Each SKU at a price until two hours from now, at another one from then on, and at a third from ten pieces on.</summary>
    private async Task<PriceList> Priced(string externalId, DateTime now, params string[] skus)
    {
        var list = await shop.AddPriceList(externalId);
        var payload = await shop.Write((PriceListWrites lists) => lists.UpsertPrices(
            new(
                new NodeId(nameof(PriceList), list.Id),
                [
                    .. skus.SelectMany(sku => new PriceInput[]
                    {
                        new(sku, UnitPrice: new Amount(5), ValidTo: now.AddHours(2)),
                        new(sku, UnitPrice: new Amount(6), ValidFrom: now.AddHours(2)),
                        new(sku, Quantity.Of(10), new Amount(4)),
                    }),
                ]),
            default));
        Assert.Empty(payload.UserErrors);
        return payload.PriceList!;
    }

    private Task<IReadOnlyList<Connection<ListedPrice>>> Entries(int first, string? after, params PriceList[] lists) => shop.In(services =>
        PriceListFields.Entries(
            Batch<PriceList>.Of(lists), first, after, services.GetRequiredService<WholesaleDb>(), services.GetRequiredService<Clock>(), default));

    private Task<Connection<PriceList>> Lists(int first, string? after) =>
        shop.In(services => PriceListFields.PriceLists(first, after, services.GetRequiredService<WholesaleDb>(), default));

    private Task<PriceList?> One(NodeId? id, string? externalId) =>
        shop.In(services => PriceListFields.OnePriceList(id, externalId, services.GetRequiredService<WholesaleDb>(), default));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class PriceWritesTests : IAsyncLifetime
{
    private const long Import = 77;

    private readonly ShopHost shop = new();
    private PriceList list = null!;

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        await shop.AddVariants(Quantity.One, "A", "B", "C");
        list = await shop.AddPriceList("LIST");
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Former_prices_stay_on_record_with_the_versions_they_were_in()
    {
        await Upsert(Row("A", 5), Row("B", 5));
        await Upsert(Row("A", 6));

        var rows = await Rows();

        Assert.Equal([("A", 5, 1, 2L), ("B", 5, 1, null), ("A", 6, 2, null)], rows);
        Assert.Equal(2, (await List()).PriceVersion);
    }

    [Fact]
    public async Task A_write_tells_of_one_event_and_one_that_changes_nothing_of_none()
    {
        await Upsert(Row("A", 5), Row("B", 5));
        await Upsert(Row("A", 5), Row("B", 5));

        var events = await shop.Read(db => db.Events.Where(e => e.Type == PricingEvents.PricesChanged).ToListAsync());

        var told = Assert.Single(events);
        Assert.Equal((list.Id, 1), (told.SubjectId, told.Version));
        Assert.Equal(1, (await List()).PriceVersion);
    }

    [Fact]
    public async Task Bad_rows_are_reported_one_by_one_and_good_ones_taken()
    {
        var noon = shop.Now;
        var payload = await Upsert(
            BulkMode.Partial,
            Row("A", 5),
            Row("NONE", 5),
            Row("B", -1),
            new PriceInput("B", Quantity.Of(0), Euros(1)),
            new PriceInput("B", UnitPrice: Euros(1), Currency: Currency.Of("USD")),
            new PriceInput("B", UnitPrice: Euros(1), ValidFrom: noon, ValidTo: noon),
            Row("A", 6),
            new PriceInput("A", UnitPrice: Euros(1), ValidFrom: noon),
            Row("C", 5));

        Assert.Equal(
            [
                "NOT_FOUND prices/1/sku There is no variant with the SKU \"NONE\".",
                "INVALID_VALUE prices/2/unitPrice A price is 0 or more, not -1.",
                "INVALID_VALUE prices/3/minimumQuantity The minimum quantity must be more than 0.",
                "CURRENCY_MISMATCH prices/4/currency The list's prices are in EUR, not in USD.",
                "INVALID_VALUE prices/5/validTo The end, 2026-03-01T12:00:00Z, must lie after the beginning, 2026-03-01T12:00:00Z.",
                "DUPLICATE_ROW prices/6/sku An earlier row of this call has the same SKU \"A\", minimum quantity and validFrom.",
                "OVERLAPPING_VALIDITY prices/7/validFrom Another price from 1 on would hold at the same time: end it before this one begins.",
            ],
            payload.UserErrors.Select(e => $"{e.Code} {string.Join('/', e.Path!)} {e.Message}"));
        Assert.Equal(new BulkCounts(9, 2, 0, 7), payload.Counts);
        Assert.Equal([("A", 5, 1, null), ("C", 5, 1, null)], await Rows());
    }

    [Fact]
    public async Task All_or_nothing_is_nothing_when_one_row_is_bad()
    {
        await Upsert(Row("A", 5));

        var payload = await Upsert(BulkMode.AllOrNothing, Row("A", 6), Row("B", 6), Row("NONE", 6));

        Assert.Equal(["prices/2/sku"], payload.UserErrors.Select(e => string.Join('/', e.Path!)));
        Assert.Equal(new BulkCounts(3, 0, 0, 3), payload.Counts);
        Assert.Equal([("A", 5, 1, null)], await Rows());
        Assert.Equal(1, (await List()).PriceVersion);
    }

    [Fact]
    public async Task Five_thousand_rows_are_a_handful_of_statements()
    {
        string[] skus = [.. Enumerable.Range(0, 5_000).Select(i => $"V{i}")];
        await shop.AddVariants(Quantity.One, skus);

        foreach (var euros in new[] { 5, 6 })
        {
            var before = shop.Statements.Total;
            await Upsert([.. skus.Select(sku => Row(sku, euros))]);

            // The list, variants, rows there are, their end, rows that begin, the list's version, the last event's number, the event.
            Assert.InRange(shop.Statements.Total - before, 1, 8);
        }
    }

    [Fact]
    public async Task More_rows_than_allowed_are_refused_as_a_whole()
    {
        var payload = await Upsert(BulkMode.Partial, [.. Enumerable.Repeat(Row("A", 5), 5_001)]);

        Assert.Equal("TOO_MANY_ROWS", Assert.Single(payload.UserErrors).Code);
        Assert.Equal(new BulkCounts(5_001, 0, 0, 5_001), payload.Counts);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task An_unknown_list_is_reported()
    {
        var payload = await shop.Write((PriceListWrites lists) => lists.UpsertPrices(new(NodeId.None, [Row("A", 5)]), default));

        Assert.Equal(("NOT_FOUND", "priceListId"), (payload.UserErrors[0].Code, payload.UserErrors[0].Path![0]));
        Assert.Null(payload.PriceList);
    }

    [Fact]
    public async Task An_older_revision_is_skipped_also_after_the_price_has_ended()
    {
        await Upsert(new PriceInput("A", UnitPrice: Euros(5), SourceRevision: 10));
        await Upsert(new PriceInput("A", UnitPrice: null, SourceRevision: 12));

        var payload = await Upsert(BulkMode.Partial, new PriceInput("A", UnitPrice: Euros(5), SourceRevision: 11));

        Assert.Equal(new BulkCounts(1, 0, 1, 0), payload.Counts);
        Assert.DoesNotContain(await Rows(), row => row.ToVersion is null && row.Euros is not null);
    }

    [Fact]
    public async Task What_an_import_writes_is_not_seen_before_it_is_published()
    {
        await Upsert(Row("A", 5), Row("B", 5));
        await Stage(Import, Row("A", 6), Row("B", 0, ends: true), Row("C", 6));
        Assert.Equal([("A", 5), ("B", 5)], await Seen());

        Assert.True(await Unrecorded(Publish));

        Assert.Equal([("A", 6), ("C", 6)], await Seen());
        Assert.Equal(2, (await List()).PriceVersion);

        async ValueTask<bool> Publish(IServiceProvider services) =>
            (await services.GetRequiredService<Writes>().Run(
                Actor.System, () => services.GetRequiredService<StagedPrices>().Publish(Import, [list.Id], default))).Count == 1;
    }

    [Fact]
    public async Task A_mutation_is_refused_while_an_import_writes_and_undoes_it_once_it_is_dead()
    {
        await Upsert(Row("A", 5), Row("B", 5));
        await Stage(Import, Row("A", 6), Row("C", 6));

        var refused = await Upsert(BulkMode.Partial, Row("B", 7));
        Assert.Equal("PRICE_LIST_BUSY", Assert.Single(refused.UserErrors).Code);

        shop.Time.Advance(StagedPrices.WriterLease);
        await Upsert(Row("B", 7));

        Assert.Equal([("A", 5), ("B", 7)], await Seen());
        Assert.Equal([("A", 5, 1, null), ("B", 5, 1, 3L), ("B", 7, 3, null)], await Rows());
        Assert.Null((await List()).WriterId);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Readers_of_a_version_find_prices_by_list_and_variant_and_what_is_to_be_undone_by_version()
    {
        string[] plans =
        [
            await QueryPlan("PriceListId = 1 AND VariantId IN (SELECT value FROM json_each('[1,2]')) AND FromVersion <= 1 AND (ToVersion IS NULL OR ToVersion > 1)"),
            await QueryPlan("PriceListId = 1 AND VariantId IN (SELECT value FROM json_each('[1,2]')) AND ToVersion IS NULL"),
            await QueryPlan("PriceListId = 1 AND FromVersion > 1"),
            await QueryPlan("PriceListId = 1 AND ToVersion > 1"),
        ];

        Assert.Equal(
            [
                "(PriceListId=? AND VariantId=? AND FromVersion<?)",
                "(PriceListId=? AND VariantId=?)",
                "(PriceListId=? AND FromVersion>?)",
                "(PriceListId=? AND ToVersion>?)",
            ],
            plans);

        async Task<string> QueryPlan(string where) => await shop.Read(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the test's own text
            command.CommandText = $"EXPLAIN QUERY PLAN SELECT * FROM PriceListEntries WHERE {where}";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
            var step = reader.GetString(3);
            return step[step.IndexOf('(', StringComparison.Ordinal)..];
        });
    }

    [Fact]
    public async Task What_is_too_much_for_a_mutation_is_undone_behind_it()
    {
        string[] skus = [.. Enumerable.Range(0, PriceWrites.MaximumRows + 1).Select(i => $"V{i}")];
        await shop.AddVariants(Quantity.One, skus);
        await Upsert(Row("A", 5));
        await Stage(Import, [Row("A", 6), .. skus.Select(sku => Row(sku, 6))]);
        shop.Time.Advance(StagedPrices.WriterLease);

        var refused = await Upsert(BulkMode.Partial, Row("A", 7));
        Assert.Equal("PRICE_LIST_BUSY", Assert.Single(refused.UserErrors).Code);

        await Eventually.Holds(async () => (await List()).WriterId is null);
        Assert.Equal([("A", 5, 1, null)], await Rows());
        await Upsert(Row("A", 7));
        Assert.Equal([("A", 7)], await Seen());
    }

    [Fact]
    public async Task An_import_whose_prices_are_being_undone_cannot_publish_the_rest()
    {
        await Stage(Import, Row("A", 6), Row("B", 6));
        await shop.Read(db => db.PriceLists.ExecuteUpdateAsync(l => l.SetProperty(p => p.WriterId, 0).SetProperty(p => p.WriterUntil, (DateTime?)null)));

        var (staged, published) = (await StageInto(Import, Row("C", 6)), await Unrecorded(Publish));

        Assert.Null(staged);
        Assert.Empty(published);
        Assert.Empty(await Seen());
        Assert.True(await Hold(Import + 1));
        Assert.Empty(await Rows());

        async ValueTask<IReadOnlyList<long>> Publish(IServiceProvider services) => await services.GetRequiredService<Writes>().Run(
            Actor.System, () => services.GetRequiredService<StagedPrices>().Publish(Import, [list.Id], default));
    }

    [Fact]
    public async Task Another_import_gets_a_list_only_when_the_first_is_dead_and_starts_afresh()
    {
        await Stage(Import, Row("A", 6));
        Assert.False(await Hold(Import + 1));

        shop.Time.Advance(StagedPrices.WriterLease);

        Assert.True(await Hold(Import + 1));
        Assert.False(await Hold(Import));
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task A_row_that_an_import_writes_twice_leaves_only_the_later_one()
    {
        await Upsert(Row("A", 5));
        await Stage(Import, Row("A", 6));
        await Stage(Import, Row("A", 7));

        Assert.Equal([("A", 5, 1, 2L), ("A", 7, 2, null)], await Rows());
    }

    [Fact]
    public async Task Discarding_an_import_leaves_no_trace()
    {
        await Upsert(Row("A", 5), Row("B", 5));
        await Stage(Import, Row("A", 6), Row("B", 0, ends: true), Row("C", 6));

        await shop.In(async services =>
        {
            await services.GetRequiredService<StagedPrices>().Discard(Import, default);
            return true;
        });

        Assert.Equal([("A", 5, 1, null), ("B", 5, 1, null)], await Rows());
        Assert.Null((await List()).WriterId);
    }

    private static Amount Euros(int euros) => new(euros * 1_0000);

    private static PriceInput Row(string sku, int euros, bool ends = false) => new(sku, UnitPrice: ends ? null : Euros(euros));

    private async Task Upsert(params PriceInput[] rows) => Assert.Empty((await Upsert(BulkMode.Partial, rows)).UserErrors);

    private Task<UpsertPricesPayload> Upsert(BulkMode mode, params PriceInput[] rows) =>
        shop.Write((PriceListWrites lists) => lists.UpsertPrices(new(new NodeId(nameof(PriceList), list.Id), rows, mode), default));

    private Task<bool> Hold(long writerId) => shop.In(async services =>
        (await services.GetRequiredService<StagedPrices>().Take([list.Id], writerId, default)).Count == 1);

    private async Task Stage(long writerId, params PriceInput[] rows)
    {
        Assert.True(await Hold(writerId));
        Assert.Equal(0, (await StageInto(writerId, rows))?.Result.Counts.Failed);
    }

    private async Task<StagedRows?> StageInto(long writerId, params PriceInput[] rows)
    {
        var current = await List();
        return Assert.Single(await shop.In(services => services.GetRequiredService<StagedPrices>().Stage([(current, rows)], writerId, default)));
    }

    private Task<T> Unrecorded<T>(Func<IServiceProvider, ValueTask<T>> work) =>
        shop.In(services => services.GetRequiredService<Writes>().RunUnrecorded(() => work(services)));

    private Task<PriceList> List() => shop.Read(db => db.PriceLists.SingleAsync(l => l.Id == list.Id));

    private async Task<List<(string Sku, int? Euros, int FromVersion, long? ToVersion)>> Rows()
    {
        var rows = await shop.Read(db => db.PriceListEntries
            .Join(db.Variants, e => e.VariantId, v => v.Id, (e, v) => new { v.Sku, Entry = e })
            .OrderBy(r => r.Entry.Id)
            .ToListAsync());
        return rows.ConvertAll(r => (r.Sku, (int?)(r.Entry.UnitPrice / 1_0000), (int)r.Entry.FromVersion, r.Entry.ToVersion));
    }

    /// <summary>The list's prices as its page of entries shows them.</summary>
    private async Task<IEnumerable<(string, int)>> Seen()
    {
        var current = await List();
        var pages = await shop.In(services => PriceListFields.Entries(
            Batch<PriceList>.Of([current]), null, null, services.GetRequiredService<WholesaleDb>(), services.GetRequiredService<Clock>(), default));
        return pages[0].Edges.Select(e => (e.Node.Variant.Sku, (int)(e.Node.UnitPrice.TenThousandths / 1_0000)));
    }
}

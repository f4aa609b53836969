using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Pricing;
using Wholesale.Tests.Pricing;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Sets of 3,000 keys, more than a statement of SQL Server may have parameters, are one statement and find the right rows, whatever the keys' characters.</summary>
public sealed class SameSetsTests : IDisposable
{
    private const int Size = 3_000;

    /// <summary>Statements that rows in bulk take at most: where they are copied first, SQL Server makes a table for them by another.</summary>
    private static readonly int OneWrite = SqlServerForTests.IsUsed ? 2 : 1;

    private readonly IReadOnlyList<string> keys = [.. OddText.Keys(2 * Size, seed: 8), "'; DROP TABLE \"Gadgets\" --", "a\\", "\\u0041", "\"],[\"", "a]}", "is null", "a%"];
    private readonly TestDatabase database = new();
    private readonly TestDb db;

    public SameSetsTests() => db = database.Open();

    public void Dispose()
    {
        db.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task Three_thousand_numbers_find_their_rows()
    {
        await Insert();
        var wanted = Enumerable.Range(0, Size).Select(i => 2L * i).Append(-1).Append(long.MaxValue).ToList();

        var (found, statements) = await Count(() => db.Gadgets.Where(g => wanted.Contains(g.Id)).Select(g => g.Id).ToListAsync());

        Assert.Equal(1, statements);
        Assert.Equal(wanted.Take(Size), found.Order());
    }

    [Fact]
    public async Task Three_thousand_texts_find_their_rows_and_no_others()
    {
        await Insert();
        var wanted = keys.Where((_, i) => i % 2 == 1).ToHashSet(StringComparer.Ordinal);
        var asked = wanted.Concat(wanted.Select(key => key + "\u0301" + key.Length).Where(key => !keys.Contains(key))).ToList();

        var (found, statements) = await Count(() => db.Gadgets.Where(g => asked.Contains(g.Sku)).Select(g => g.Sku).ToListAsync());

        Assert.Equal(1, statements);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Three_thousand_rows_are_changed_by_number_and_by_text()
    {
        await Insert();
        var changed = keys.Index().Where(key => key.Index % 2 == 1).ToList();

        var (byId, statementsById) = await Count(() => BulkRows.Update(
            db, [.. changed.Select(key => new Gadget { Id = key.Index, Sku = "ignored", Name = $"{key.Item}'s \"new\" \\ name" })], g => g.Name).AsTask());
        var (bySku, statementsBySku) = await Count(() => BulkRows.Update(
            db, [.. changed.Select(key => new Gadget { Id = 0, Sku = key.Item, Weight = key.Index })], g => g.Weight, g => g.Sku).AsTask());

        Assert.Equal((changed.Count, changed.Count), (byId, bySku));
        Assert.InRange(statementsById, 1, OneWrite);
        Assert.InRange(statementsBySku, 1, OneWrite);
        Assert.All(
            await db.Gadgets.AsNoTracking().ToListAsync(),
            gadget => Assert.Equal(
                gadget.Id % 2 == 1 ? ($"{keys[(int)gadget.Id]}'s \"new\" \\ name", gadget.Id) : ("old", 0.5), ((string, double))(gadget.Name!, gadget.Weight)));
    }

    [Fact]
    public async Task Three_thousand_rows_are_deleted_by_number_and_by_text()
    {
        await Insert();
        await BulkRows.Insert<Membership>(db, [.. keys.Select(key => new Membership(1, key))]);
        var gone = keys.Index().Where(key => key.Index % 2 == 0).ToList();

        var (byText, statementsByText) = await Count(() => BulkRows.Delete<Membership>(db, [.. gone.Select(key => new Membership(1, key.Item))]).AsTask());
        var (byId, statementsById) = await Count(() => BulkRows.Delete<Gadget>(db, [.. gone.Select(key => new Gadget { Id = key.Index, Sku = "" })]).AsTask());

        Assert.Equal((gone.Count, gone.Count), (byText, byId));
        Assert.InRange(statementsByText, 1, OneWrite);
        Assert.InRange(statementsById, 1, OneWrite);
        Assert.Equal(keys.Where((_, i) => i % 2 == 1).Order(StringComparer.Ordinal), (await db.Memberships.Select(m => m.Club).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(keys.Count - gone.Count, await db.Gadgets.CountAsync(g => g.Id % 2 == 1));
    }

    [Fact]
    public async Task Three_thousand_variants_are_priced_by_one_statement()
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var variants = await shop.AddVariants(Quantity.One, [.. keys.Take(Size)]);
        var list = await shop.AddPriceList("LIST");
        await shop.Upsert(list, [.. variants.Select((variant, i) => new PriceInput(variant.Sku, UnitPrice: new Amount(i)))]);
        IReadOnlyList<PriceRow> rows = [];

        var statements = await shop.CountStatements(async () =>
            rows = await shop.Read(async db => await PriceReads.OfVariants(db, [list.Id], variants.Select(v => v.Id).Append(-1), shop.Now).ToListAsync()));

        Assert.Equal(1, statements);
        Assert.Equal(variants.Select((variant, i) => (variant.Id, (long)i)).Order(), rows.Select(row => (row.VariantId, row.UnitPrice)).Order());
    }

    private ValueTask Insert() => BulkRows.Insert(db, [.. keys.Select((key, i) => new Gadget { Id = i, Sku = key, Name = "old", Weight = 0.5 })]);

    private async Task<(T Result, long Statements)> Count<T>(Func<Task<T>> work)
    {
        var before = database.Statements.Total;
        return (await work(), database.Statements.Total - before);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>What tests of prices do with a shop over and over.</summary>
internal static class PriceReader
{
    public static NodeId IdOf(PriceList list) => new(nameof(PriceList), list.Id);

    /// <summary>A list in euros, given to someone, with one price for each SKU.</summary>
    public static async Task<PriceList> AddPriced(this ShopHost shop, string externalId, Assignee assignee, int euros, params IReadOnlyList<string> skus)
    {
        var list = await shop.AddPriceList(externalId);
        await shop.AddAssignment(list, assignee);
        foreach (var chunk in skus.Chunk(5_000))
        {
            await shop.Upsert(list, [.. chunk.Select(sku => new PriceInput(sku, UnitPrice: new Amount(euros * 1_0000)))]);
        }

        return list;
    }

    public static async Task Upsert(this ShopHost shop, PriceList list, params PriceInput[] prices)
    {
        var payload = await shop.Write((PriceListWrites lists) => lists.UpsertPrices(new(IdOf(list), prices), default));
        Assert.Empty(payload.UserErrors);
    }

    /// <summary>Prices as a request gets them: in a scope of its own, for all variants at once.</summary>
    public static Task<IReadOnlyList<EffectivePrice?>> Prices(
        this ShopHost shop, IEnumerable<Variant> variants, Quantity? quantity = null, DateTime? asOf = null, Caller? caller = null, string? currency = null) =>
        shop.In(services => Prices(services, variants, quantity, asOf, caller, currency));

    /// <summary>The same inside a transaction.</summary>
    public static Task<IReadOnlyList<EffectivePrice?>> PricesInTransaction(
        this ShopHost shop, IEnumerable<Variant> variants, Quantity? quantity = null, DateTime? asOf = null, Caller? caller = null, string? currency = null) =>
        shop.InTransaction(services => Prices(services, variants, quantity, asOf, caller, currency));

    /// <summary>A cart as a request gets it, by a caller that sees every variant.</summary>
    public static Task<PricedCart> Cart(
        this ShopHost shop, IReadOnlyList<PriceCartLineInput> lines, DateTime? asOf, string? currency, Caller caller) =>
        shop.In(services => Cart(services, lines, asOf, currency, caller));

    /// <summary>The same inside a transaction.</summary>
    public static Task<PricedCart> CartInTransaction(
        this ShopHost shop, IReadOnlyList<PriceCartLineInput> lines, DateTime? asOf, string? currency, Caller caller) =>
        shop.InTransaction(services => Cart(services, lines, asOf, currency, caller));

    /// <summary>The price of one variant in whole euros; null if it has none.</summary>
    public static async Task<long?> Euros(this ShopHost shop, Variant variant, DateTime? asOf = null) =>
        (await shop.Prices([variant], asOf: asOf))[0]?.UnitPrice.TenThousandths / 1_0000;

    /// <summary>How many statements something takes.</summary>
    public static async Task<int> CountStatements(this ShopHost shop, Func<Task> action)
    {
        var before = shop.Statements.Total;
        await action();
        return (int)(shop.Statements.Total - before);
    }

    /// <summary>How the database goes about a statement.</summary>
    public static Task<List<string>> Plan(this ShopHost shop, string sql) => shop.Read(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in sql.Split([' ', ',', '(', ')', '\n', '\r']).Where(word => word.StartsWith('@')).Distinct(StringComparer.Ordinal))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, "[]");
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    });

    private static Task<T> InTransaction<T>(this ShopHost shop, Func<IServiceProvider, ValueTask<T>> work) =>
        shop.In(services => services.GetRequiredService<Writes>().RunUnrecorded(async () =>
        {
            Assert.NotNull(services.GetRequiredService<WholesaleDb>().Database.CurrentTransaction);
            return await work(services);
        }));

    private static ValueTask<PricedCart> Cart(
        IServiceProvider services, IReadOnlyList<PriceCartLineInput> lines, DateTime? asOf, string? currency, Caller caller) =>
        services.GetRequiredService<CartPrices>().Price(
            lines,
            asOf,
            currency is null ? null : Currency.Of(currency),
            caller,
            new Sight(Everything: true, PriceWorld.Hours[2], 0, null, "en"),
            CancellationToken.None);

    private static ValueTask<IReadOnlyList<EffectivePrice?>> Prices(
        IServiceProvider services, IEnumerable<Variant> variants, Quantity? quantity, DateTime? asOf, Caller? caller, string? currency) =>
        services.GetRequiredService<Prices>().Of(
            Batch<Variant>.Of([.. variants], (i, error) => throw new Xunit.Sdk.XunitException(error.Message)),
            quantity ?? Quantity.One,
            asOf,
            currency is null ? null : Currency.Of(currency),
            caller ?? TestCaller.Of(),
            CancellationToken.None);
}

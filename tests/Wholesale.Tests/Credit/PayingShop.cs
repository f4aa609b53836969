using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Credit;

/// <summary>The cart shop, whose companies owe what a test says. It is 1 March 2026 until the test moves the clock.</summary>
public sealed class PayingShop : CartShop
{
    public static readonly PaymentDays Net10 = new(DueBasis.Invoice, 10, null);

    /// <summary>2 % within 10 days, else net 30.</summary>
    public static readonly PaymentDays TwoTenNet30 = new(DueBasis.Invoice, 30, new(new Amount(2_0000), 10));

    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>Opens an item as the room does that writes the document, and returns its id.</summary>
    public async Task<string> Owe(
        string number, decimal amount, PaymentDays? days = null, string company = "acme", string? order = null, OpenItemKind kind = OpenItemKind.OnAccount, DateOnly? day = null, string currency = "USD")
    {
        var item = await Change(async (db, items, ids) =>
        {
            var companyId = await db.Companies.Where(c => c.ExternalId == company).Select(c => c.Id).SingleAsync();
            return await items.Open(
                new(ids.Next(), number, ids.Next(), order ?? $"ORD-{number}", companyId, kind, new((long)(amount * 10_000), Currency.Of(currency)), days ?? Net10, day ?? Today), default);
        });
        return new NodeId(nameof(OpenItem), item.Id).ToString();
    }

    /// <summary>Changes open items as other rooms do.</summary>
    public async Task<T> Change<T>(Func<WholesaleDb, OpenItems, Ids, ValueTask<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        return await provider.GetRequiredService<Writes>().Run(
            Actor.System, () => work(provider.GetRequiredService<WholesaleDb>(), provider.GetRequiredService<OpenItems>(), provider.GetRequiredService<Ids>()));
    }

    /// <summary>Records a payment as staff.</summary>
    public Task<JsonElement> Pay(object input, string fields = "payment { unallocated { amount } allocations { edges { node { openItem { number status } amount { amount } discount { amount } } } } }") =>
        Staff("recordPayment", "RecordPaymentInput", input, fields);

    /// <summary>Sends a mutation as staff, and returns its payload.</summary>
    public async Task<JsonElement> Staff(string mutation, string inputType, object input, string fields) =>
        (await Admin($"mutation($input: {inputType}!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ code message path }} }} }}", new { input })).GetProperty(mutation);

    /// <summary>What a payment says of itself, by the seller's key.</summary>
    public async Task<JsonElement> Payment(string externalId, string fields) =>
        (await Admin($"query($id: String!) {{ payment(externalId: $id) {{ {fields} }} }}", new { id = externalId })).GetProperty("payment");

    /// <summary>What an open item says of itself.</summary>
    public async Task<string> Item(string id, string fields = "status amountOpen { amount }") =>
        (await Admin($"query($id: ID!) {{ node(id: $id) {{ ... on OpenItem {{ {fields} }} }} }}", new { id })).GetProperty("node").GetRawText();

    /// <summary>What a company's credit says of itself.</summary>
    public async Task<JsonElement> Credit(string fields, string company = "acme") =>
        (await Admin($"query($id: String!) {{ company(externalId: $id) {{ creditProfile {{ {fields} }} }} }}", new { id = company })).GetProperty("company").GetProperty("creditProfile");

    /// <summary>What is open on account of a company.</summary>
    public async Task<decimal> Receivable(string company = "acme") => AmountOf((await Credit("receivable { amount }", company)).GetProperty("receivable"));

    /// <summary>What the hourly look does.</summary>
    public Task<int> LookForOverdue() => Services.GetServices<IHostedService>().OfType<OverdueHoldClock>().Single().Tick(default);

    public static decimal AmountOf(JsonElement money) => decimal.Parse(money.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
}

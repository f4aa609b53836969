namespace Wholesale.Tests.Orders.Proof;

/// <summary>Many buy at once what there is not enough of.</summary>
[Collection(ProofCollection.Name)]
public sealed class OversellTests(ProofCollection.Shops shops)
{
    private const int Seed = 16;
    private const int Most = 12;

    private static readonly (string Sku, int Units)[] Goods = [("TOOL-060-S", 400), ("TOOL-061-S", 300), ("TOOL-062-S", 200), ("TOOL-063-S", 100)];

    [Fact]
    public async Task However_many_buy_at_once_no_more_is_sold_than_there_is_and_all_of_it()
    {
        const int Clients = 64;
        var attempts = ProofCollection.Budget(100_000, 1);
        var shop = await shops.Get();
        var (made, sold, rounds) = (0, 0, 0);
        while (made < attempts)
        {
            var before = new Dictionary<string, int>();
            foreach (var (sku, units) in Goods)
            {
                before.Add(sku, rounds == 0 ? 0 : (int)await shop.Reserved(sku));
                await shop.Stock((sku, before[sku] + units));
            }

            var tills = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => BuyAll(shop, client, rounds)));

            made += tills.Sum(till => till.Attempts);
            sold += tills.Sum(till => till.Orders);
            foreach (var (sku, units) in Goods)
            {
                var (bought, smallestRefused) = (tills.Sum(till => till.Bought[sku]), tills.Min(till => till.Refused[sku]));
                Assert.Equal(before[sku] + bought, await shop.Reserved(sku));
                Assert.InRange(units - bought, 0, smallestRefused - 1);
            }

            rounds++;
            await shop.AssertWhole();
        }

        ProofCollection.Tell($"V6 stock, seed {Seed}: {Clients} clients, {made:N0} attempts of orders of 1 to {2 * Most} units, {rounds} × 1,000 units of {Goods.Length} variants: {sold:N0} orders, 0 units oversold, 0 left.");
    }

    [Fact]
    public async Task However_many_buy_on_account_at_once_nobody_owes_more_than_the_limit()
    {
        const int Clients = 32;
        var attempts = ProofCollection.Budget(10_000, 1);
        var shop = await shops.Get();
        var (made, orders, rounds) = (0, 0, 0);
        while (made < attempts)
        {
            var before = await shop.ReservedOfCredit();
            await shop.LimitCredit(before + 25_000);

            var accounts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => BuyOnAccount(shop, client, rounds)));

            var after = await shop.ReservedOfCredit();
            made += accounts.Sum(account => account.Attempts);
            orders += accounts.Sum(account => account.Totals.Count);
            Assert.Equal(before + accounts.Sum(account => account.Totals.Sum()), after);
            Assert.InRange(before + 25_000 - after, 0, accounts.Min(account => account.SmallestRefused) - 0.0001m);
            rounds++;
            await shop.AssertWhole();
        }

        await shop.LimitCredit(90_000_000);
        ProofCollection.Tell($"V6 credit, seed {Seed}: {Clients} clients, {made:N0} attempts, {rounds} × 25,000 USD: {orders:N0} orders, never over the limit.");
    }

    /// <summary>Orders some of one thing or of two, less where that was too much, until not one of any is to be had.</summary>
    private static async Task<Till> BuyAll(BuyingShop shop, int client, int round)
    {
        var (random, buyer) = (new Random((Seed * 1_000_003) + (round * 1_000) + client), shop.Buyers[client % shop.Buyers.Count]);
        var till = new Till();
        string? cart = null;
        while (Goods.Where(good => till.Refused[good.Sku] > 1).Select(good => good.Sku).ToArray() is { Length: > 0 } left)
        {
            random.Shuffle(left);
            var lines = left.Take(random.Next(4) == 0 ? 2 : 1).Select(sku => (Sku: sku, Quantity: random.Next(1, Math.Min(till.Refused[sku], Most + 1)))).ToList();
            cart ??= (await shop.OpenCart(buyer, $"sale {round} {client} {till.Orders}", "BANK_TRANSFER")).Payload.GetProperty("cart").GetProperty("id").GetString()!;
            _ = (await shop.FillCart(buyer, cart, lines)).Payload;
            var outcome = (await shop.PlaceOrder(buyer, cart)).Outcome;
            if (till.Note(lines, [.. outcome.GetProperty("userErrors").EnumerateArray().Select(error => error.GetProperty("code").GetString()!)]))
            {
                cart = null;
            }
        }

        await shop.DeleteCart(buyer, cart); // a user has a hundred open ones at most
        return till;
    }

    private static async Task<Account> BuyOnAccount(BuyingShop shop, int client, int round)
    {
        var (random, buyer) = (new Random((Seed * 2_000_003) + (round * 1_000) + client), shop.Buyers[client % shop.Buyers.Count]);
        var account = new Account();
        string? cart = null;
        for (var most = 20; most > 1;)
        {
            var quantity = random.Next(1, most);
            cart ??= (await shop.OpenCart(buyer, $"account {round} {client} {account.Totals.Count}", "ON_ACCOUNT")).Payload.GetProperty("cart").GetProperty("id").GetString()!;
            var total = decimal.Parse(
                (await shop.FillCart(buyer, cart, [("TOOL-070-L", quantity)])).Payload.GetProperty("cart").GetProperty("total").GetProperty("amount").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture);
            account.Attempts++;
            var errors = (await shop.PlaceOrder(buyer, cart)).Outcome.GetProperty("userErrors");
            if (errors.GetArrayLength() == 0)
            {
                account.Totals.Add(total);
                cart = null;
            }
            else
            {
                Assert.Equal("CREDIT_LIMIT_EXCEEDED", errors[0].GetProperty("code").GetString());
                (most, account.SmallestRefused) = (quantity, Math.Min(total, account.SmallestRefused));
            }
        }

        await shop.DeleteCart(buyer, cart);
        return account;
    }

    /// <summary>What a client has bought and what it was refused.</summary>
    private sealed class Till
    {
        public int Attempts { get; private set; }

        public int Orders { get; private set; }

        public Dictionary<string, int> Bought { get; } = Goods.ToDictionary(good => good.Sku, _ => 0);

        /// <summary>The least of each that was refused when it was asked for alone.</summary>
        public Dictionary<string, int> Refused { get; } = Goods.ToDictionary(good => good.Sku, _ => int.MaxValue);

        /// <summary>Whether it was an order.</summary>
        public bool Note(IReadOnlyList<(string Sku, int Quantity)> lines, IReadOnlyList<string> errors)
        {
            Attempts++;
            if (errors.Count > 0)
            {
                Assert.All(errors, code => Assert.Equal("INSUFFICIENT_STOCK", code));
                if (lines is [var (sku, quantity)])
                {
                    Refused[sku] = quantity;
                }

                return false;
            }

            Orders++;
            foreach (var line in lines)
            {
                Bought[line.Sku] += line.Quantity;
            }

            return true;
        }
    }

    private sealed class Account
    {
        public int Attempts { get; set; }

        public List<decimal> Totals { get; } = [];

        public decimal SmallestRefused { get; set; } = decimal.MaxValue;
    }
}

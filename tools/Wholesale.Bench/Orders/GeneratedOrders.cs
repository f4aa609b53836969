using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Credit;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tax;

namespace Wholesale.Bench.Orders;

/// <summary>
/// Orders of a generated shop's first company, over one year, of one to nine lines each: the same for the same seed. Half of them are of 2,000 variants that are bought again and again. One in 200 is still
/// to be confirmed.
/// </summary>
/// <param name="Shop">The shop.</param>
/// <param name="Count">How many orders.</param>
internal sealed record GeneratedOrders(GeneratedShop Shop, int Count)
{
    private const int ChunkOrders = 1_000;
    private const int Favorites = 2_000;
    private const long FirstId = 1L << 40;

    /// <summary>When the year begins.</summary>
    public static readonly DateTime Start = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Currency Euro = Currency.Of("EUR");
    private static readonly PostalAddress Address = new("Company 0", null, ["1 Dock Road"], "Denver", "CO", "80014", "US", null);

    private readonly Random random = new(1);

    /// <summary>An order's number.</summary>
    public static string Number(int index) => string.Create(CultureInfo.InvariantCulture, $"ORD-{index:000000}");

    /// <summary>Writes them into the shop's file, which nobody may have open.</summary>
    public async Task Write(string connectionString)
    {
        var options = new DbContextOptionsBuilder<SqliteWholesaleDb>();
        options.UseWholesaleSqlite(connectionString).UseModel(DatabaseHosting.ModelOf(DatabaseProvider.Sqlite));
        await using var db = new SqliteWholesaleDb(options.Options);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;");
        var (id, company) = (FirstId, Shop.CompanyId(0));
        foreach (var chunk in Enumerable.Range(0, Count).Chunk(ChunkOrders))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var (orders, lines) = (new List<Order>(), new List<OrderLine>());
            foreach (var index in chunk)
            {
                var orderId = id++;
                var own = Lines(orderId, company, () => id++);
                var net = own.Sum(line => line.Total.TenThousandths);
                lines.AddRange(own);
                orders.Add(OrderOf(index, orderId, company, own.Count, net));
            }

            await BulkRows.Insert(db, orders);
            await BulkRows.Insert(db, lines);
            await OrderedProduct.Note(db, lines, default);
            await transaction.CommitAsync();
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL;");
    }

    private List<OrderLine> Lines(long orderId, long company, Func<long> next)
    {
        var variants = new HashSet<int>();
        for (var count = random.Next(1, 10); variants.Count < count;)
        {
            variants.Add(random.Next(2) == 0 ? random.Next(Favorites) : random.Next(Shop.Skus));
        }

        return
        [
            .. variants.Select(variant =>
            {
                var (quantity, price) = (random.Next(1, 100), random.Next(100, 10_000) * 100L);
                return new OrderLine
                {
                    Id = next(),
                    OrderId = orderId,
                    CompanyId = company,
                    VariantId = GeneratedShop.VariantId(variant),
                    Sku = GeneratedShop.Sku(variant),
                    Name = string.Create(CultureInfo.InvariantCulture, $"Product {variant}"),
                    Quantity = Quantity.Of(quantity),
                    UnitOfMeasure = "pcs",
                    UnitPrice = new(price, 2),
                    Total = new(price * quantity, 2),
                    TaxRatePercent = new(0),
                    Promises = [],
                };
            }),
        ];
    }

    private Order OrderOf(int index, long id, long company, int lines, long net)
    {
        var order = new Order
        {
            Id = id,
            Number = Number(index),
            CompanyId = company,
            UserId = company + 2,
            UnitId = company + 1,
            Source = OrderSource.Storefront,
            PlacedAt = Start.AddSeconds(index * 365L * 24 * 3600 / Count),
            Currency = Euro,
            PurchaseOrderNumber = string.Create(CultureInfo.InvariantCulture, $"PO-{index}"),
            CostCenter = $"center-{random.Next(50)}",
            ShipTo = Address,
            BillTo = Address,
            PaymentMethod = PaymentMethod.BankTransfer,
            PaymentStatus = OrderPaymentStatus.PendingReceipt,
            LineCount = lines,
            NetAmount = new(net, 2),
            Taxes = [],
            TotalAmount = new(net, 2),
            Version = 1,
        };
        if (index % 200 != 0)
        {
            order.Confirm([], new Dictionary<long, DateOnly>(), Start);
        }

        return order;
    }
}

using Wholesale.Carts;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Pricing;
using Wholesale.Shipping;
using Wholesale.Tax;
using Wholesale.Tests.Pricing;

namespace Wholesale.Tests.Orders;

/// <summary>A random order with what its oracle needs to know: what was wished for, in the order of its lines, and where it goes.</summary>
internal sealed record MoneyCase(
    IReadOnlyList<(long VariantId, long Thousandths)> Wishes, string Country, string? Region, Checkout Checkout, Order Order, IReadOnlyList<OrderLine> Lines);

/// <summary>
/// One market with its currency and rounding, 40 variants of four tax classes with prices from any quantity on, tax rates, a company that may be exempt, freight templates and insurance: only in memory.
/// Its orders are made by the product's own rules, one after the other: price, line, cart, shipping, tax, order. The same world for the same seed.
/// </summary>
internal sealed class MoneyWorld
{
    private const int MostVariants = 40;

    private static readonly Currency[] Currencies = [.. new[] { "JPY", "EUR", "KWD" }.Select(Currency.Of)];
    private static readonly string[] Classes = ["standard", "food", "books", "untaxed"];
    private static readonly string?[] Regions = [null, "A", "B"];
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static readonly CompanyUser User = new() { Id = 16, CompanyId = 13, ExternalId = "U", Name = "U", Email = "u@c", EmailKey = "U@C", UnitId = 11 };
    private static readonly Dictionary<long, string> Names = Enumerable.Range(1, MostVariants).ToDictionary(i => (long)i, i => $"Product {i}");

    private static readonly Dictionary<long, IReadOnlyList<Wholesale.Inventory.StockPromise>> Promises =
        Enumerable.Range(1, MostVariants).ToDictionary(i => (long)i, _ => (IReadOnlyList<Wholesale.Inventory.StockPromise>)[]);

    private readonly Random random;
    private readonly int priceBits;
    private readonly int quantityBits;
    private readonly Variant[] variants;
    private readonly PriceResolution resolution;

    public MoneyWorld(int seed)
    {
        random = new Random(seed);
        Currency = Currencies[seed % 3];
        Rounding = new((RoundingMode)(seed / 3 % 4), (RoundingLevel)(seed / 12 % 2));
        priceBits = random.Next(4, 40);
        quantityBits = random.Next(4, Math.Min(39, 62 - priceBits));
        variants = [.. Enumerable.Range(1, MostVariants).Select(i => new Variant { Id = i, ProductId = i, Sku = $"V{i}", UnitOfMeasure = "pcs", QuantityIncrement = new Quantity(1), ShippingWeight = RandomMeasure(), ShippingVolume = RandomMeasure() })];
        Prices = variants.ToDictionary(v => v.Id, _ => RandomBreaks());
        ClassOf = variants.ToDictionary(v => v.ProductId, _ => Classes[random.Next(4)]);
        Rates = RandomRates();
        Exemptions = random.Next(5) > 0 ? [] : [new() { CompanyId = 13, Position = 0, Country = "DE", Region = Regions[random.Next(3)], CertificateNumber = "1" }];
        HasTaxId = random.Next(2) == 0;
        Templates = [.. Enumerable.Range(1, random.Next(4)).Select(RandomTemplate)];
        Terms = new(null, Classes[random.Next(4)], random.Next(3) == 0 ? null : new(
            new(random.Next(3) * random.Next(50_000)), random.Next(2) == 0 ? null : new Amount(RandomPrice()), random.Next(4) == 0 ? Currencies[0] : Currency, random.Next(2) == 0));
        resolution = Resolution();
    }

    public Currency Currency { get; }

    public PriceRounding Rounding { get; }

    /// <summary>By variant: from which thousandths on a unit costs so many ten thousandths, lowest first.</summary>
    public Dictionary<long, SortedDictionary<long, long>> Prices { get; }

    /// <summary>By product, whose ids are those of the variants.</summary>
    public Dictionary<long, string> ClassOf { get; }

    public IReadOnlyList<TaxRate> Rates { get; }

    public IReadOnlyList<TaxExemption> Exemptions { get; }

    public bool HasTaxId { get; }

    public IReadOnlyList<FreightTemplate> Templates { get; }

    public BuyersShippingTerms Terms { get; }

    /// <summary>What there is, in any order.</summary>
    public IEnumerable<Variant> Variants => variants;

    /// <summary>Orders something.</summary>
    public MoneyCase Next()
    {
        random.Shuffle(variants);
        var wishes = variants[..(random.Next(8) == 0 ? random.Next(1, MostVariants + 1) : random.Next(1, 9))].Select(v => (Variant: v, Quantity: RandomQuantity())).ToList();
        var (country, region) = (random.Next(10) == 0 ? "FR" : "DE", Regions[random.Next(3)]);
        var checkout = CheckoutOf(wishes, new() { Id = 1, CompanyId = 13, ExternalId = "dock", Name = "Dock", JoinedLines = "1 Street", City = "Town", Region = region, Country = country });
        var order = OrderPlacing.OrderOf(checkout, 1, "ORD-000001");
        var lines = checkout.Content.Lines.Select((line, i) => OrderPlacing.LineOf(order, line.Id, line, OrderPlacing.RateOf(checkout, i), checkout.Names, Promises)).ToList();
        return new([.. wishes.Select(w => (w.Variant.Id, w.Quantity.Thousandths))], country, region, checkout, order, lines);
    }

    public override string ToString() => $"{Currency} {Rounding.Mode} {Rounding.Level}, prices below 2^{priceBits}, quantities below 2^{quantityBits}";

    private Checkout CheckoutOf(List<(Variant Variant, Quantity Quantity)> wishes, Address shipTo)
    {
        var at = RoomDatabase.Noon;
        var cart = new Cart { Id = 2, CompanyId = 13, UserId = 16, UnitId = 11, Name = "cart", Currency = Currency, CreatedAt = at };
        var groups = resolution.GroupsOf(wishes);
        var content = new CartContent(cart, [.. wishes.Select((wish, i) => LineOf(wish.Variant, wish.Quantity, i + 1, groups))], []);
        cart.IsInsured = random.Next(3) switch { 0 => null, 1 => true, _ => false };
        var possible = CartShipping.Of(cart, content, new(Templates, Terms), shipTo, Rounding.Mode, Today).Options!.Where(option => option.Price is { TenThousandths: < 100_000_000_000_000_000 }).ToList();
        cart.FreightTemplateId = possible.Count == 0 ? null : possible[random.Next(possible.Count)].Template.Id;
        var shipping = CartShipping.Of(cart, content, new(Templates, Terms), shipTo, Rounding.Mode, Today);
        return new()
        {
            Cart = cart,
            Content = content,
            User = User,
            Buyer = TestCaller.Of(),
            Names = Names,
            ShipTo = shipTo,
            BillTo = shipTo,
            Payment = new([], null, [PaymentMethod.BankTransfer]),
            ReferenceFields = [],
            BelowMinimums = [],
            Shipping = shipping,
            Tax = TaxDecision.Of(CartTaxes.Question(cart, content, shipping, ClassOf, shipTo, Today, Rounding.Mode), Rates, HasTaxId, Exemptions),
            At = at,
        };
    }

    private PricedCartLine LineOf(Variant variant, Quantity quantity, long id, BreakGroups groups)
    {
        var errors = new List<UserError>();
        var price = LinePrices.Of(resolution, variant, quantity, groups, errors);
        return new(new() { Id = id, CartId = 2, VariantId = variant.Id, Sku = variant.Sku, Quantity = quantity, AddedAt = RoomDatabase.Noon }, variant, price, price?.UnitPrice, errors);
    }

    private PriceResolution Resolution()
    {
        var list = new AssignedPriceList
        {
            AssignmentId = 1,
            PriceListId = 1,
            Currency = Currency,
            Level = AssigneeLevel.Everyone,
            Nearness = 6,
            AssignedAt = RoomDatabase.Noon,
            Validity = Validity.Always,
            Sources = [new PriceSource(1, [], Validity.Always)],
        };
        var columns = new PriceColumns.Builder();
        foreach (var (variant, breaks) in Prices.OrderBy(p => p.Key))
        {
            foreach (var (minimum, price) in breaks)
            {
                columns.Add(new PriceRow(variant, 1, new Quantity(minimum), price, null, null));
            }
        }

        return new(
            new PriceBook([list], Currency, new PriceTerms(PricePolicy.MostSpecific, Rounding)),
            [CompiledPriceList.Of(1, 1, RoomDatabase.Noon, columns.Build(), new Dictionary<long, QuantityTerms>())],
            RoomDatabase.Noon);
    }

    private SortedDictionary<long, long> RandomBreaks()
    {
        var breaks = new SortedDictionary<long, long> { [1] = RandomPrice() };
        for (var i = random.Next(4); i > 0; i--)
        {
            breaks[RandomQuantity().Thousandths] = RandomPrice();
        }

        return breaks;
    }

    /// <summary>Now and then nothing, often a number of half minor units, so that many totals lie in the middle.</summary>
    private long RandomPrice()
    {
        var price = random.NextInt64(1L << priceBits);
        var half = (long)Math.Pow(10, 4 - Currency.MinorUnitDigits) / 2;
        return random.Next(10) switch { 0 => 0, < 5 => Math.Max(half, price / half * half), _ => price };
    }

    private Quantity RandomQuantity()
    {
        var thousandths = random.NextInt64(1, 1L << quantityBits);
        return new(random.Next(2) == 0 ? thousandths : (thousandths + 999) / 1000 * 1000);
    }

    /// <summary>Kilograms or litres of a unit; now and then they are not known.</summary>
    private Quantity? RandomMeasure() => random.Next(40) == 0 ? null : new Quantity(random.NextInt64(1L << random.Next(1, 24)));

    private FreightTemplate RandomTemplate(int id) => new()
    {
        Id = 100 + id,
        ExternalId = $"t{id}",
        Name = $"Template {id}",
        Kind = ShippingMethodKind.Parcel,
        Currency = Currency,
        Basis = (FreightBasis)random.Next(3),
        Zones = [.. new FreightPlace?[] { new("DE", "A"), new("DE"), null }.Where(_ => random.Next(4) > 0).Select((place, i) => RandomZone(place, i))],
        MaximumWeight = random.Next(4) == 0 ? new Quantity(1L << random.Next(20, 38)) : null,
    };

    private FreightZone RandomZone(FreightPlace? place, int number)
    {
        var steps = new List<FreightStep>();
        var end = 0L;
        for (var i = random.Next(4); i > 0; i--)
        {
            end += random.NextInt64(1, 1L << random.Next(4, 34));
            steps.Add(new(new Quantity(end), new(RandomPrice() % (1L << 30)), new(RandomPrice() % (1L << 16))));
        }

        steps.Add(new(null, new(RandomPrice() % (1L << 30)), new(RandomPrice() % (1L << 16))));
        return new($"Zone {number}", place is null ? [] : [place], steps, random.Next(4) == 0 ? new Amount(RandomPrice()) : null, null);
    }

    private List<TaxRate> RandomRates()
    {
        var rates = new List<TaxRate>();
        foreach (var (region, taxClass) in from region in Regions[..2] from taxClass in Classes[..3] select (region, taxClass))
        {
            if (random.Next(4) > 0)
            {
                rates.Add(new()
                {
                    Id = rates.Count,
                    ExternalId = $"r{rates.Count}",
                    Name = $"Tax {random.Next(2)}",
                    Country = "DE",
                    Region = region,
                    TaxClass = taxClass,
                    IsReverseCharged = random.Next(5) == 0,
                    Rate = new(random.Next(8) switch { 0 => 190_000, 1 => 70_000, 2 => 55_000, 3 => 72_500, 4 => 0, 5 => 1_000_000, 6 => 500_000, _ => random.Next(1_000_001) }),
                });
            }
        }

        return rates;
    }
}

using System.Globalization;
using System.Numerics;
using Wholesale.Platform;
using Wholesale.Shipping;

namespace Wholesale.Tests.Shipping;

/// <summary>How freight is worked out: by examples, and random templates against numbers of any length.</summary>
public sealed class FreightTests
{
    private static readonly Currency Euro = Currency.Of("EUR");
    private static readonly ShippingDestination Berlin = new("DE", "BE", "10115");

    /// <summary>4.90 up to 5 kg, and from there 0.505 for each begun kilogram, up to 30 kg.</summary>
    private static readonly FreightStep[] Graduated = [new(Of("5"), Euros("4.90"), default), new(Of("30"), Euros("4.90"), Euros("0.505"))];

    [Theory]
    [InlineData("0", "4.90")]
    [InlineData("0.001", "4.90")]
    [InlineData("5", "4.90")]
    [InlineData("5.001", "5.41")] // 4.90 + 0.505, rounded once
    [InlineData("6", "5.41")]
    [InlineData("7", "5.91")] // 4.90 + 1.01
    [InlineData("30", "17.53")] // 4.90 + 12.625, rounded once
    [InlineData("30.001", "TooMuch")]
    public void The_step_of_the_weight_decides_and_begun_units_above_the_one_before_count(string kilograms, string expected) =>
        Assert.Equal(expected, Price(Template(FreightBasis.Weight, Graduated), new ShippedGoods(Quantity.One, Of(kilograms), null)));

    [Fact]
    public void What_is_counted_is_added_up_before_it_is_begun()
    {
        var halves = Enumerable.Repeat(new ShippedGoods(Quantity.One, Of("0.5"), Of("0.5")), 3).ToArray();
        FreightStep[] perUnit = [new(null, default, Euros("1"))];

        Assert.Equal(("2.00", "2.00", "3.00"), (Price(Template(FreightBasis.Weight, perUnit), halves), Price(Template(FreightBasis.Volume, perUnit), halves), Price(Template(FreightBasis.Quantity, perUnit), halves)));
    }

    [Fact]
    public void What_is_not_known_is_never_taken_for_nothing()
    {
        var (known, unknown) = (new ShippedGoods(Quantity.One, Of("1"), Of("1")), new ShippedGoods(Quantity.One, null, null));
        FreightStep[] flat = [new(null, Euros("5"), default)];

        Assert.Equal("UnknownWeight", Price(Template(FreightBasis.Weight, flat), known, unknown));
        Assert.Equal("UnknownVolume", Price(Template(FreightBasis.Volume, flat), known, unknown));
        Assert.Equal("5.00", Price(Template(FreightBasis.Quantity, flat), known, unknown));
        Assert.Equal("UnknownWeight", Price(Template(FreightBasis.Quantity, flat) with { MaximumWeight = Of("30") }, known, unknown));
        Assert.Equal("TooHeavy", Price(Template(FreightBasis.Quantity, flat) with { MaximumWeight = Of("0.999") }, known));
        Assert.Equal("5.00", Price(Template(FreightBasis.Quantity, flat) with { MaximumWeight = Of("1") }, known));
    }

    [Fact]
    public void Dear_goods_are_sent_free_from_the_zones_amount_on()
    {
        var template = Template(FreightBasis.Weight, Graduated, freeFrom: "100");
        string Of(long cents, string kilograms) => Shown(Freight.Of(template, template.ZoneOf(Berlin), [new(Quantity.One, FreightTests.Of(kilograms), null)], new(cents * 100, Euro), RoundingMode.HalfAwayFromZero));

        Assert.Equal(("4.90", "0.00", "TooMuch"), (Of(99_99, "1"), Of(100_00, "1"), Of(100_00, "31")));
    }

    [Theory]
    [InlineData("DE", "BE", "10115", "Mitte")]
    [InlineData("DE", "BE", "101 16", "Mitte")]
    [InlineData("DE", "BE", "12043", "Berlin")]
    [InlineData("DE", "BY", "10115", "Mitte")]
    [InlineData("DE", "BY", "80331", "Germany")]
    [InlineData("DE", "BE", null, "Berlin")]
    [InlineData("GB", null, "sw1a 1aa", "Westminster")]
    [InlineData("GB", null, "N1 9GU", "Elsewhere")]
    [InlineData("FR", "BE", "10115", "Elsewhere")]
    public void The_narrowest_place_decides_on_the_zone(string country, string? region, string? postalCode, string zone)
    {
        FreightZone Zone(string name, params FreightPlace[] places) => new(name, places, Graduated, null, null);
        var template = Template(FreightBasis.Weight, Graduated) with
        {
            Zones = [Zone("Elsewhere"), Zone("Germany", new FreightPlace("DE")), Zone("Berlin", new FreightPlace("DE", "BE")), Zone("Mitte", new FreightPlace("DE", null, "101")), Zone("Westminster", new FreightPlace("GB", null, "SW1"))],
        };

        Assert.Equal(zone, template.ZoneOf(new(country, region, postalCode))!.Name);
    }

    [Fact]
    public void A_place_in_no_zone_is_not_served() =>
        Assert.Equal("NotServed", Shown(Freight.Of(Template(FreightBasis.Weight, Graduated), null, [new(Quantity.One, Of("1"), null)], new(0, Euro), RoundingMode.Down)));

    /// <summary>The greatest quantities, weights and prices there are: refused, and never wrong.</summary>
    [Fact]
    public void The_most_there_can_be_is_too_much_and_not_a_wrong_number()
    {
        var most = Enumerable.Repeat(new ShippedGoods(new(Quantity.Maximum), new Quantity(Quantity.Maximum), new Quantity(Quantity.Maximum)), 5_000).ToArray();

        Assert.Equal("TooMuch", Price(Template(FreightBasis.Weight, [new(null, new(Amount.Maximum), new(Amount.Maximum))]), most));
        Assert.Equal("TooMuch", Price(Template(FreightBasis.Quantity, [new(null, new(Amount.Maximum), new(1))]), most));
        Assert.Equal("7.00", Price(Template(FreightBasis.Weight, [new(null, Euros("7"), default)]), most));
    }

    [Fact]
    public void No_freight_of_fifty_thousand_templates_drifts()
    {
        var random = new Random(20260301);
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < 50_000; i++)
        {
            var currency = Currency.Of(new[] { "EUR", "JPY", "KWD" }[random.Next(3)]);
            var template = Template((FreightBasis)random.Next(3), RandomSteps(random), random.Next(3) == 0 ? random.NextInt64(1L << 30) : null) with { Currency = currency, MaximumWeight = random.Next(3) == 0 ? new Quantity(random.NextInt64(1, 1L << 33)) : null };
            var goods = Enumerable.Range(0, random.Next(1, 9)).Select(_ => new ShippedGoods(new(random.NextInt64(1, 1L << random.Next(1, 39))), RandomMeasure(random), RandomMeasure(random))).ToList();
            var (subtotal, mode) = (new Money(random.NextInt64(1L << 31), currency), (RoundingMode)random.Next(4));

            var told = Freight.Of(template, template.ZoneOf(Berlin), goods, subtotal, mode);

            var expected = Expected(template, goods, subtotal, mode);
            Assert.Equal(expected, told.Obstacle?.ToString() ?? told.Price!.Value.TenThousandths.ToString(CultureInfo.InvariantCulture));
            Assert.True(told.Price is null || told.Price.Value.Currency == currency);
            var kind = told.Obstacle?.ToString() ?? (told.Price!.Value.TenThousandths == 0 ? "free" : "priced");
            outcomes[kind] = outcomes.GetValueOrDefault(kind) + 1;
        }

        Assert.Equal(["TooHeavy", "TooMuch", "UnknownVolume", "UnknownWeight", "free", "priced"], outcomes.Keys.Order(StringComparer.Ordinal));
        Assert.All(outcomes.Values, count => Assert.True(count > 100, string.Join(", ", outcomes)));
    }

    /// <summary>By the words of docs/shipping.md, in whole numbers of any length.</summary>
    private static string Expected(FreightTemplate template, List<ShippedGoods> goods, Money subtotal, RoundingMode mode)
    {
        if (template.MaximumWeight is { } maximum)
        {
            if (goods.Exists(g => g.UnitWeight is null))
            {
                return "UnknownWeight";
            }

            if (goods.Aggregate(BigInteger.Zero, (sum, g) => sum + ((BigInteger)g.Quantity.Thousandths * g.UnitWeight!.Value.Thousandths)) > (BigInteger)maximum.Thousandths * 1000)
            {
                return "TooHeavy";
            }
        }

        BigInteger measure = 0;
        foreach (var some in goods)
        {
            var one = template.Basis switch { FreightBasis.Weight => some.UnitWeight, FreightBasis.Volume => some.UnitVolume, _ => Quantity.One };
            if (one is null)
            {
                return $"Unknown{template.Basis}";
            }

            measure += (BigInteger)some.Quantity.Thousandths * one.Value.Thousandths;
        }

        var zone = template.Zones[0];
        BigInteger begin = 0;
        foreach (var step in zone.Steps)
        {
            if (step.UpTo is { } end && measure > (BigInteger)end.Thousandths * 1000)
            {
                begin = (BigInteger)end.Thousandths * 1000;
                continue;
            }

            var begun = BigInteger.DivRem(measure - begin, 1_000_000, out var rest) + (rest > 0 ? 1 : 0);
            var minorUnit = BigInteger.Pow(10, 4 - template.Currency.MinorUnitDigits);
            var price = Rounded(step.Price.TenThousandths + (begun * step.PerUnit.TenThousandths), minorUnit, mode) * minorUnit;
            return price > Amount.Maximum ? "TooMuch"
                : zone.FreeFrom is { } free && subtotal.TenThousandths >= free.TenThousandths ? "0"
                : price.ToString(CultureInfo.InvariantCulture);
        }

        return "TooMuch";
    }

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator, RoundingMode mode)
    {
        var below = BigInteger.DivRem(numerator, denominator, out var rest);
        var toMiddle = (2 * rest).CompareTo(denominator);
        return below + (mode switch
        {
            RoundingMode.Up => rest > 0,
            RoundingMode.Down => false,
            RoundingMode.HalfEven => toMiddle > 0 || (toMiddle == 0 && !below.IsEven),
            _ => toMiddle >= 0,
        } ? 1 : 0);
    }

    private static FreightStep[] RandomSteps(Random random)
    {
        var steps = new List<FreightStep>();
        for (var (i, end) = (random.Next(5), 0L); i >= 0; i--)
        {
            end += random.NextInt64(1, 1L << random.Next(2, 35));
            steps.Add(new(i == 0 && random.Next(2) == 0 ? null : new Quantity(end), new(random.NextInt64(1L << random.Next(1, 50))), new(random.NextInt64(1L << random.Next(1, 50)))));
        }

        return [.. steps];
    }

    private static Quantity? RandomMeasure(Random random) => random.Next(20) == 0 ? null : new Quantity(random.NextInt64(1L << random.Next(1, 30)));

    private static string Price(FreightTemplate template, params ShippedGoods[] goods) => Shown(Freight.Of(template, template.ZoneOf(Berlin), goods, new(0, Euro), RoundingMode.HalfAwayFromZero));

    private static string Shown((Money? Price, ShippingObstacle? Obstacle) told) => told.Obstacle?.ToString() ?? told.Price!.Value.Amount.ToString();

    private static FreightTemplate Template(FreightBasis basis, FreightStep[] steps, string freeFrom) => Template(basis, steps, Euros(freeFrom).TenThousandths);

    private static FreightTemplate Template(FreightBasis basis, FreightStep[] steps, long? freeFrom = null) => new()
    {
        Id = 1,
        ExternalId = "t",
        Name = "T",
        Kind = ShippingMethodKind.Parcel,
        Currency = Euro,
        Basis = basis,
        Zones = [new("Germany", [new("DE")], steps, freeFrom is { } free ? new Amount(free) : null, null)],
    };

    private static Quantity Of(string text) => Quantity.TryParse(text, out var quantity) ? quantity : throw new FormatException(text);

    private static Amount Euros(string text) => Amount.TryParse(text, out var amount) ? amount : throw new FormatException(text);
}

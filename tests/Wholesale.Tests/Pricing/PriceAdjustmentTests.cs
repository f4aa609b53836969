using System.Numerics;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class PriceAdjustmentTests
{
    [Fact]
    public void Whatever_is_adjusted_is_exact_until_it_is_rounded_once()
    {
        var random = new Random(1);
        var (prices, none) = (0, 0);
        for (var i = 0; i < 200_000; i++)
        {
            var price = i % 3 == 0 ? random.NextInt64(Amount.Maximum + 1) : random.NextInt64(1_000_000);
            PriceAdjustment[] steps = [.. Enumerable.Range(0, random.Next(PriceAdjustment.MaximumLevels)).Select(_ => Random(random))];

            var expected = Exactly(price, steps);

            Assert.Equal(expected, PriceAdjustment.Apply(price, steps));
            (prices, none) = expected is null ? (prices, none + 1) : (prices + 1, none);
        }

        Assert.True(prices > 10_000 && none > 10_000, $"{prices} prices, {none} times none");
    }

    [Theory]
    [InlineData(10_0000, -1_200, 0, 8_8000L)]
    [InlineData(1_0000, 0, 500, 1_0500L)]
    [InlineData(10_0000, -1_000, 5_000, 9_5000L)]
    [InlineData(1, -5_000, 0, 1L)] // half of the least goes away from zero
    [InlineData(1, -5_001, 0, 0L)]
    [InlineData(10_0000, -10_000, 0, 0L)]
    [InlineData(10_0000, -10_000, 1, 1L)]
    [InlineData(10_0000, -10_000, -1, null)]
    [InlineData(1, -9_999, -1, null)] // below 0, if only by a part of a ten thousandth
    [InlineData(0, 90_000, 0, 0L)]
    [InlineData(99_999_999_999_999_999, 90_000, 0, 999_999_999_999_999_990L)]
    [InlineData(100_000_000_000_000_000, 90_000, 0, null)]
    [InlineData(Amount.Maximum, 0, 0, Amount.Maximum)]
    [InlineData(Amount.Maximum, 0, 1, null)]
    public void One_step_is_a_per_cent_and_then_an_amount(long price, int basisPoints, long amount, long? expected) =>
        Assert.Equal(expected, PriceAdjustment.Apply(price, [new(basisPoints, amount)]));

    [Fact]
    public void Three_steps_are_rounded_once()
    {
        PriceAdjustment third = new(-6_667, 0);

        // 0.0009 · 0.3333³ = 0.0000333: rounded after each step it would be 0.0003, 0.0001, 0.
        Assert.Equal(0, PriceAdjustment.Apply(9, [third, third, third]));
        Assert.Equal(5, PriceAdjustment.Apply(4, [new(-5_000, 0), new(0, 3)]));

        // 0.00005 and 0.00045 are 0.0005 and not 0.0006, as they would be if both were rounded.
        Assert.Equal(5, PriceAdjustment.Apply(1, [new(-5_000, 0), new(80_000, 0)]));
    }

    [Fact]
    public void What_is_below_0_on_the_way_may_come_back() => Assert.Equal(1_0000, PriceAdjustment.Apply(1_0000, [new(0, -2_0000), new(0, 2_0000)]));

    [Fact]
    public void Nothing_overflows_at_the_limits()
    {
        PriceAdjustment most = new(PriceAdjustment.MaximumBasisPoints, Amount.Maximum);
        PriceAdjustment least = new(PriceAdjustment.MaximumBasisPoints, -Amount.Maximum);
        foreach (var steps in new PriceAdjustment[][] { [most, most, most], [least, least, least], [most, most, least], [least, most, most] })
        {
            Assert.Equal(Exactly(Amount.Maximum, steps), PriceAdjustment.Apply(Amount.Maximum, steps));
        }
    }

    [Fact]
    public void The_first_rule_that_is_for_a_category_decides()
    {
        var step = new AdjustmentStep(
        [
            new(new HashSet<long> { 2, 3 }, new(1, 0)),
            new(new HashSet<long> { 3, 4 }, new(2, 0)),
        ]);

        Assert.Equal([null, 1, 1, 2, null], new long?[] { 1, 2, 3, 4, null }.Select(id => step.For(id)?.BasisPoints));
        Assert.Equal(3, new AdjustmentStep([.. step.Rules, new(null, new(3, 0))]).For(null)?.BasisPoints);
    }

    private static PriceAdjustment Random(Random random) => new(
        random.Next(4) == 0 ? 0 : random.Next(PriceAdjustment.MinimumBasisPoints, PriceAdjustment.MaximumBasisPoints + 1),
        random.Next(6) switch
        {
            0 => random.NextInt64(-Amount.Maximum, Amount.Maximum + 1),
            1 or 2 => random.NextInt64(-100_000, 100_000),
            _ => 0,
        });

    /// <summary>With fractions of whole numbers as long as need be.</summary>
    private static long? Exactly(long price, PriceAdjustment[] steps)
    {
        var (numerator, denominator) = ((BigInteger)price, BigInteger.One);
        foreach (var step in steps)
        {
            numerator = (numerator * (10_000 + step.BasisPoints)) + (step.Amount * denominator * 10_000);
            denominator *= 10_000;
        }

        var rounded = BigInteger.DivRem((2 * numerator) + denominator, 2 * denominator, out _);
        return numerator.Sign < 0 || rounded > Amount.Maximum ? null : (long)rounded;
    }
}

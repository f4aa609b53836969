using Wholesale.Platform;
using Wholesale.Repricing;

namespace Wholesale.Tests.Repricing;

public sealed class SimulatedChangeTests
{
    private const long Most = Amount.Maximum;

    [Theory]
    [InlineData(10_0000L, 12_5000L, 2_500L)]
    [InlineData(10_0000L, 0L, -10_000L)]
    [InlineData(3_0000L, 4_0000L, 3_333L)]
    [InlineData(3_0000L, 5_0000L, 6_667L)]
    [InlineData(3_0000L, 1_0000L, -6_667L)]
    [InlineData(20_000L, 20_001L, 1L)]
    [InlineData(20_001L, 20_002L, 0L)]
    [InlineData(20_000L, 19_999L, -1L)]
    [InlineData(0L, 1L, null)]
    [InlineData(null, 1L, null)]
    [InlineData(1L, null, null)]
    [InlineData(1L, Most, null)]
    [InlineData(Most, 1L, -10_000L)]
    public void A_change_is_told_in_hundredths_of_a_per_cent(long? before, long? after, long? expected) =>
        Assert.Equal(expected, Change("A", before, after).BasisPoints);

    [Fact]
    public void Lost_prices_go_first_then_the_greatest_change_in_proportion_and_gained_ones_last()
    {
        SimulatedChange[] order =
        [
            Change("A", 1, null),
            Change("B", 5, null),
            Change("Z", 0, 1),
            Change("A", 1, Most),
            Change("A", 1, Most - 1),
            Change("A", 2, 4),
            Change("B", 3, 6),
            Change("C", 10, 0),
            Change("A", Most, 2),
            Change("A", Most, 3),
            Change("A", 3, 4),
            Change("A", 3_0000, 3_9999),
            Change("A", null, 1),
        ];
        var shuffled = order.ToArray();
        new Random(1).Shuffle(shuffled);

        Assert.Equal(order, shuffled.Order());
    }

    private static SimulatedChange Change(string sku, long? before, long? after) =>
        new(1, sku, Quantity.One, Euros(before), Euros(after));

    private static Money? Euros(long? amount) => amount is { } given ? new Money(given, Currency.Of("EUR")) : null;
}

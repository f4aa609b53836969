using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class ValidityTests
{
    private static readonly IReadOnlyList<DateTime> Hours = PriceWorld.Hours;

    private static IEnumerable<Validity> All =>
        from begin in Hours.Select(h => (DateTime?)h).Append(null)
        from end in Hours.Select(h => (DateTime?)h).Append(null)
        select Validity.Of(begin, end);

    [Fact]
    public void It_holds_from_its_beginning_until_just_before_its_end()
    {
        var validity = Validity.Of(Hours[1], Hours[3]);

        Assert.Equal(
            [false, true, true, true, false],
            new[] { Hours[1].AddTicks(-1), Hours[1], Hours[2], Hours[3].AddTicks(-1), Hours[3] }.Select(validity.Holds));
        Assert.True(Validity.Always.Holds(DateTime.MinValue));
    }

    [Fact]
    public void Bounds_that_were_left_out_stay_so()
    {
        Assert.Equal((null, null), Bounds(Validity.Always));
        Assert.Equal(Validity.Always, Validity.Of(null, null));
        Assert.Equal((Hours[1], null), Bounds(Validity.Of(Hours[1], null)));
        Assert.Equal((null, Hours[1]), Bounds(Validity.Of(null, Hours[1])));

        static (DateTime?, DateTime?) Bounds(Validity validity) => (validity.ValidFrom, validity.ValidTo);
    }

    [Fact]
    public void Two_together_hold_while_both_do()
    {
        foreach (var one in All)
        {
            foreach (var other in All)
            {
                var both = one.And(other);

                Assert.All(Hours, hour => Assert.Equal(one.Holds(hour) && other.Holds(hour), both.Holds(hour)));
                Assert.Equal(both, other.And(one));
            }
        }
    }

    [Fact]
    public void It_is_empty_if_it_holds_at_no_instant() => Assert.All(All, validity =>
        Assert.Equal(!Hours.Prepend(Hours[0].AddTicks(-1)).Any(validity.Holds), validity.IsEmpty));
}

using System.Text;
using Wholesale.Platform;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Platform;

public sealed class Utf8OrderTests
{
    [Fact]
    public void Strings_go_in_the_order_of_their_bytes_in_UTF_8()
    {
        var texts = OddText.Names(500, seed: 3).Append("").ToList();

        foreach (var one in texts)
        {
            foreach (var other in texts)
            {
                var expected = Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));
                Assert.True(Math.Sign(expected) == Math.Sign(Utf8Order.Compare(one, other)), $"\"{one}\" against \"{other}\"");
            }
        }
    }

    [Theory]
    [InlineData("\uFFFD", "\U00010000")]
    [InlineData("\uD7FF", "\uE000")]
    [InlineData("\uE000", "\U0010FFFF")]
    [InlineData("\U0001F600", "\U0001F601")]
    [InlineData("\U00010400", "\U00020000")]
    [InlineData("A", "a")]
    [InlineData("a", "a\u0301")]
    [InlineData("", "a")]
    [InlineData(null, "a")]
    public void The_smaller_code_point_goes_first(string? first, string second)
    {
        Assert.True(Utf8Order.Instance.Compare(first, second) < 0);
        Assert.True(Utf8Order.Instance.Compare(second, first) > 0);
        Assert.Equal(0, Utf8Order.Instance.Compare(second, new string(second)));
    }
}

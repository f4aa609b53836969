using System.Buffers.Text;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class NodeIdTests
{
    [Theory]
    [InlineData("Variant", 0)]
    [InlineData("Variant", 127)]
    [InlineData("Variant", 128)]
    [InlineData("PriceListAssignment", long.MaxValue)]
    public void An_id_reads_back_as_what_it_was(string type, long key)
    {
        var id = new NodeId(type, key);

        Assert.Equal(id, NodeId.Parse(id.ToString()));
        Assert.Matches("^[0-9A-Za-z_-]+$", id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("nonsense")]
    [InlineData("not base64!")]
    [InlineData("AAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Nonsense_is_the_id_that_finds_nothing(string text) => Assert.Equal(NodeId.None, NodeId.Parse(text));

    [Fact]
    public void Another_spelling_of_the_same_key_is_nonsense()
    {
        var padded = Base64Url.EncodeToString([.. "Variant"u8, 0, 0x85, 0x80, 0x00]);
        var plain = new NodeId("Variant", 5).ToString();

        Assert.Equal(NodeId.None, NodeId.Parse(padded));
        Assert.Equal(NodeId.None, NodeId.Parse(plain + "="));
        Assert.Equal(NodeId.None, NodeId.Parse(plain + " "));
    }

    [Fact]
    public void A_key_beyond_63_bits_is_nonsense() =>
        Assert.Equal(NodeId.None, NodeId.Parse(Base64Url.EncodeToString([.. "A"u8, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1])));

    [Fact]
    public void The_key_is_given_only_for_the_right_type()
    {
        var id = new NodeId("Variant", 5);

        Assert.Equal(5, id.KeyOf("Variant"));
        Assert.Equal(-1, id.KeyOf("Product"));
        Assert.Equal(-1, NodeId.None.KeyOf("Product"));
    }
}

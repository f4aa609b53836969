using System.Buffers.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class CursorTests
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, 123, DateTimeKind.Utc);

    [Fact]
    public void A_cursor_reads_back_its_sort_keys()
    {
        var cursor = Cursor.Parse(Cursor.Of("products/NAME", "MÜLLER 🪑", -5L, Noon), "products/NAME");

        Assert.Equal("MÜLLER 🪑", cursor.Text(0));
        Assert.Equal(-5, cursor.Number(1));
        Assert.Equal(Noon, cursor.Instant(2));
        Assert.Equal(DateTimeKind.Utc, cursor.Instant(2).Kind);
    }

    [Fact]
    public void A_cursor_of_another_order_is_refused() => AssertInvalid(() => Cursor.Parse(Cursor.Of("products/NAME", "A", 1L), "products/NEWEST"));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void A_broken_cursor_is_refused(string text) => AssertInvalid(() => Cursor.Parse(text, "products/NAME"));

    [Fact]
    public void A_cursor_cut_short_anywhere_is_refused()
    {
        var bytes = Base64Url.DecodeFromChars(Cursor.Of("o", "AB", 1L));

        Assert.All(Enumerable.Range(0, bytes.Length), length => AssertInvalid(() =>
        {
            var cut = Cursor.Parse(Base64Url.EncodeToString(bytes.AsSpan(0, length)), "o");
            cut.Text(0);
            cut.Number(1);
        }));
    }

    [Fact]
    public void A_key_of_another_kind_is_refused()
    {
        var cursor = Cursor.Parse(Cursor.Of("o", "A", long.MaxValue), "o");

        AssertInvalid(() => cursor.Number(0));
        AssertInvalid(() => cursor.Text(1));
        AssertInvalid(() => cursor.Instant(1));
        AssertInvalid(() => cursor.Number(2));
    }

    private static void AssertInvalid(Action read) => Assert.Equal("INVALID_CURSOR", Assert.Throws<GraphQLException>(read).Code);
}

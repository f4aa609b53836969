using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01t12:00:00z", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T12:00:00+02:00", "2026-03-01T10:00:00Z")]
    [InlineData("2026-03-01T00:30:00-23:59", "2026-03-02T00:29:00Z")]
    [InlineData("2026-03-01T12:00:00-00:00", "2026-03-01T12:00:00Z")]
    [InlineData("2024-02-29T23:59:59.5Z", "2024-02-29T23:59:59.5Z")]
    [InlineData("2026-03-01T12:00:00.120Z", "2026-03-01T12:00:00.12Z")]
    [InlineData("2026-03-01T12:00:00.123456789Z", "2026-03-01T12:00:00.1234567Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void An_instant_is_converted_to_UTC(string text, string inUtc)
    {
        Assert.True(Instant.TryParse(text, out var instant));

        Assert.Equal(DateTimeKind.Utc, instant.Kind);
        Assert.Equal(inUtc, Instant.ToString(instant));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00")] // whose noon?
    [InlineData("2026-03-01")]
    [InlineData("2026-03-01 12:00:00Z")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-13-01T12:00:00Z")]
    [InlineData("2026-03-01T24:00:00Z")]
    [InlineData("2026-03-01T12:60:00Z")]
    [InlineData("2026-12-31T23:59:60Z")]
    [InlineData("2026-03-01T12:00:00.Z")]
    [InlineData("2026-03-01T12:00:00+2:00")]
    [InlineData("2026-03-01T12:00:00+0200")]
    [InlineData("2026-03-01T12:00:00+24:00")]
    [InlineData("2026-03-01T12:00:00ZZ")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.False(Instant.TryParse(text, out _));
}

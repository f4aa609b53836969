namespace Wholesale.Tests;

/// <summary>The shop with a clock that the test moves.</summary>
public sealed class ClockedShop : Shop
{
    public FakeTime Clock { get; } = new();

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    protected override TimeProvider? Time => Clock;
}

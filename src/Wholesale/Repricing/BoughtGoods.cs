using Wholesale.Platform;

namespace Wholesale.Repricing;

/// <summary>A line of what was bought.</summary>
/// <param name="UnitId">The company's unit that bought it.</param>
/// <param name="VariantId">What.</param>
/// <param name="Currency">Of its price.</param>
/// <param name="Quantity">How much of it, less what was cancelled; more than 0.</param>
public readonly record struct BoughtLine(long UnitId, long VariantId, Currency Currency, Quantity Quantity);

/// <summary>What was bought, in a room that this one does not see: orders. Simulations ask it what other prices would have done to it. One a scope.</summary>
public abstract class BoughtGoods
{
    /// <summary>The lines of some variants, a few thousand at a time, in no order.</summary>
    /// <param name="variantIds">The variants, each once.</param>
    /// <param name="from">Only what was bought at this instant or later.</param>
    /// <param name="until">Only what was bought before.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    public abstract IAsyncEnumerable<IReadOnlyList<BoughtLine>> Of(IReadOnlyList<long> variantIds, DateTime from, DateTime until, CancellationToken cancellation);
}

using Microsoft.EntityFrameworkCore;

namespace Wholesale.Pricing;

/// <summary>
/// An instant to come at which a price or an assignment of a list may begin or end. Whoever writes such a row adds its instants in the same transaction;
/// rows may be gone again when the instant comes.
/// </summary>
public sealed class PriceListTurn
{
    /// <summary>The instant.</summary>
    public required DateTime At { get; init; }

    /// <summary>The list.</summary>
    public required long PriceListId { get; init; }

    /// <summary>Those of the instants that are to come, each once. What lies behind us is told by the event of whoever writes.</summary>
    internal static IEnumerable<PriceListTurn> Of(long listId, IEnumerable<DateTime?> instants, DateTime now) =>
        instants.OfType<DateTime>().Where(at => at > now).Distinct().Select(at => new PriceListTurn { At = at, PriceListId = listId });

    internal static void Map(ModelBuilder model) => model.Entity<PriceListTurn>(turn =>
    {
        turn.HasKey(t => new { t.At, t.PriceListId });
        turn.Property(t => t.PriceListId).ValueGeneratedNever();
    });
}

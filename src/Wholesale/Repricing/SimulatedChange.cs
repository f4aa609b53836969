using Wholesale.Platform;

namespace Wholesale.Repricing;

/// <summary>
/// That a unit of a variant costs something else than before. Ordered by how bad that is: lost prices first, then the greatest change in proportion to the
/// price before, up or down, then gained prices; equal ones by SKU and what else tells them apart.
/// </summary>
/// <param name="VariantId">The variant.</param>
/// <param name="Sku">Its SKU.</param>
/// <param name="Quantity">How much is bought.</param>
/// <param name="Before">What a unit cost; null: there was no price.</param>
/// <param name="After">What a unit costs then; null: there is no price any more.</param>
internal readonly record struct SimulatedChange(long VariantId, string Sku, Quantity Quantity, Money? Before, Money? After) : IComparable<SimulatedChange>
{
    /// <summary>Whether there is no price any more.</summary>
    public bool IsLost => After is null;

    /// <summary>Whether there was no price before.</summary>
    public bool IsGained => Before is null;

    /// <summary>By how much it is dearer, in hundredths of a per cent; null where there is no such number, or it has more than 14 digits before the point.</summary>
    public long? BasisPoints => Before is { } before && After is { } after
        ? Repricing.BasisPoints.Of((Int128)after.TenThousandths - before.TenThousandths, before.TenThousandths)
        : null;

    /// <inheritdoc/>
    public int CompareTo(SimulatedChange other)
    {
        var order = Rank.CompareTo(other.Rank);
        order = order != 0 || Rank != 1 ? order : CompareProportions(other);
        order = order != 0 ? order : Utf8Order.Compare(Sku, other.Sku);
        order = order != 0 ? order : Quantity.CompareTo(other.Quantity);
        order = order != 0 ? order : string.CompareOrdinal(Currency.Code, other.Currency.Code);
        order = order != 0 ? order : Nullable.Compare(Before?.TenThousandths, other.Before?.TenThousandths);
        return order != 0 ? order : Nullable.Compare(After?.TenThousandths, other.After?.TenThousandths);
    }

    private Currency Currency => (Before ?? After)!.Value.Currency;

    private int Rank => IsLost ? 0 : IsGained ? 2 : 1;

    /// <summary>Compares differences in proportion to the prices before, the greater first, exactly; what cost nothing before goes first.</summary>
    private int CompareProportions(SimulatedChange other) =>
        ((Int128)other.Difference * Before!.Value.TenThousandths).CompareTo((Int128)Difference * other.Before!.Value.TenThousandths);

    private long Difference => Math.Abs(After!.Value.TenThousandths - Before!.Value.TenThousandths);
}

namespace Wholesale.Pricing;

/// <summary>The rows of one variant in one list, by minimum quantity and beginning. A view: it copies nothing.</summary>
/// <param name="columns">Where they stand.</param>
/// <param name="start">The first row.</param>
/// <param name="end">Behind the last row.</param>
public readonly struct PriceRows(PriceColumns columns, int start, int end)
{
    /// <summary>How many.</summary>
    public int Count => end - start;

    /// <summary>From this quantity on, in thousandths.</summary>
    public long MinimumQuantity(int index) => columns.QuantityAt(start + index);

    /// <summary>In 1/10,000 of the list's currency.</summary>
    public long UnitPrice(int index) => columns.UnitPriceAt(start + index);

    /// <summary>When the row holds.</summary>
    public Validity Validity(int index) => columns.ValidityAt(start + index);

    /// <summary>Whether the row holds at an instant.</summary>
    public bool Holds(int index, DateTime instant) => columns.HoldsAt(start + index, instant);

    /// <summary>Whether any row of the list holds only for a time.</summary>
    public bool AreTimed => Count > 0 && columns.IsTimed;
}

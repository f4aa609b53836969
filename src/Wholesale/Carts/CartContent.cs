using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Carts;

/// <summary>A cart's line with what it costs now.</summary>
/// <param name="Line">As it is stored.</param>
/// <param name="Variant">Null where it is not seen any more.</param>
/// <param name="Price">Null if there is none.</param>
/// <param name="AddedUnitPrice">What a unit cost when the line was added, or last changed; null: there was no price.</param>
/// <param name="Issues">Why it could not be ordered so; paths begin at the line.</param>
public sealed record PricedCartLine(CartLine Line, Variant? Variant, EffectivePrice? Price, Money? AddedUnitPrice, IReadOnlyList<UserError> Issues)
{
    /// <summary>The line's id.</summary>
    public long Id => Line.Id;

    /// <summary>The variant's SKU.</summary>
    public string Sku => Line.Sku;

    /// <summary>How much of it.</summary>
    public Quantity Quantity => Line.Quantity;

    /// <summary>Words to the seller; null: none.</summary>
    public string? Note => Line.Note;

    /// <summary>When it was added.</summary>
    public DateTime AddedAt => Line.AddedAt;

    /// <summary>What became of the price since; null: nothing.</summary>
    public CartPriceChange? PriceChange => AddedUnitPrice == Price?.UnitPrice ? null : new(this);
}

/// <summary>A unit price that is another than when the line was added, or last changed.</summary>
/// <param name="Line">The line.</param>
public sealed record CartPriceChange(PricedCartLine Line)
{
    /// <summary>What a unit cost; null: there was no price.</summary>
    public Money? Before => Line.AddedUnitPrice;

    /// <summary>What a unit costs now; null: there is no price.</summary>
    public Money? After => Line.Price?.UnitPrice;

    /// <summary>By how much the line's total is more than at the price before; null where either price is.</summary>
    public Money? Difference => Before is { } before && Line.Price is { } price && before.TryTimes(Line.Quantity, price.Rounding) is { } former
        ? price.Total with { TenThousandths = price.Total.TenThousandths - former.TenThousandths }
        : null;
}

/// <summary>All lines of a cart with their prices at one instant, by one set of lists. Immutable.</summary>
public sealed class CartContent
{
    internal CartContent(Cart cart, IReadOnlyList<PricedCartLine> lines, IReadOnlyList<UserError> issues)
    {
        Cart = cart;
        Lines = lines;
        Issues =
        [
            .. issues,
            .. lines.SelectMany((line, i) => line.Issues.Select(issue => issue.Under("lines", RowErrors.Position(i)))),
        ];
    }

    /// <summary>The cart.</summary>
    public Cart Cart { get; }

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<PricedCartLine> Lines { get; }

    /// <summary>Why it could not be ordered as it is; paths begin at the cart.</summary>
    public IReadOnlyList<UserError> Issues { get; }

    /// <summary>The lines whose price is another than when they were added, or last changed.</summary>
    public IReadOnlyList<CartPriceChange> PriceChanges => [.. Lines.Select(line => line.PriceChange).OfType<CartPriceChange>()];

    /// <summary>The sum of the lines' totals; null where a line has no price, or the sum is beyond what money can hold.</summary>
    public Money? Subtotal
    {
        get
        {
            if (Lines.Any(line => line.Price is null))
            {
                return null;
            }

            var sum = Lines.Aggregate(Int128.Zero, (sum, line) => sum + line.Price!.Total.TenThousandths);
            return sum <= Amount.Maximum ? new Money((long)sum, Cart.Currency) : null;
        }
    }
}

namespace Wholesale.Platform;

/// <summary>How much of something: pieces, metres, kilograms. From 0 to 999,999,999.999, to a thousandth.</summary>
/// <param name="Thousandths">The quantity, times 1,000.</param>
public readonly record struct Quantity(long Thousandths) : IComparable<Quantity>
{
    /// <summary>How many decimals a quantity has.</summary>
    public const int Scale = 3;

    /// <summary>The greatest <see cref="Thousandths"/>.</summary>
    public const long Maximum = 999_999_999_999;

    /// <summary>One piece.</summary>
    public static Quantity One => new(1000);

    /// <summary>So many whole pieces.</summary>
    public static Quantity Of(int pieces) => new(pieces * 1000L);

    /// <summary>Reads a number as JSON writes one, as in <c>0.125</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        var fits = FixedPoint.TryParse(text, Scale, Maximum, out var units) && units >= 0;
        quantity = fits ? new Quantity(units) : default;
        return fits;
    }

    /// <summary>Whether this is a whole number of increments; every quantity is one of the increment 0.</summary>
    public bool IsMultipleOf(Quantity increment) => increment.Thousandths == 0 || Thousandths % increment.Thousandths == 0;

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Thousandths.CompareTo(other.Thousandths);

    /// <summary>Less than.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Thousandths < right.Thousandths;

    /// <summary>Greater than.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Thousandths > right.Thousandths;

    /// <summary>At most.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Thousandths <= right.Thousandths;

    /// <summary>At least.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Thousandths >= right.Thousandths;

    /// <summary>The number as the API shows it: <c>1</c>, <c>0.5</c>.</summary>
    public override string ToString() => FixedPoint.ToString(Thousandths, Scale, 0);
}

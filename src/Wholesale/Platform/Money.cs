namespace Wholesale.Platform;

/// <summary>
/// An exact decimal number with at most four decimals and 14 digits before the point. Equal numbers are equal, whatever their
/// <see cref="MinimumDigits"/>.
/// </summary>
/// <param name="TenThousandths">The number, times 10,000.</param>
/// <param name="MinimumDigits">How many decimals are shown at least, 0–4; further ones only as needed.</param>
public readonly record struct Amount(long TenThousandths, byte MinimumDigits = 0) : IComparable<Amount>
{
    /// <summary>How many decimals an amount has.</summary>
    public const int Scale = 4;

    /// <summary>The greatest <see cref="TenThousandths"/>, of either sign: 14 digits before the point and four behind it.</summary>
    public const long Maximum = 999_999_999_999_999_999;

    /// <summary>Reads a number as JSON writes one, as in <c>12.5</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount)
    {
        var fits = FixedPoint.TryParse(text, Scale, Maximum, out var units);
        amount = new Amount(units);
        return fits;
    }

    /// <inheritdoc/>
    public bool Equals(Amount other) => TenThousandths == other.TenThousandths;

    /// <inheritdoc/>
    public override int GetHashCode() => TenThousandths.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Amount other) => TenThousandths.CompareTo(other.TenThousandths);

    /// <summary>Less than.</summary>
    public static bool operator <(Amount left, Amount right) => left.TenThousandths < right.TenThousandths;

    /// <summary>Greater than.</summary>
    public static bool operator >(Amount left, Amount right) => left.TenThousandths > right.TenThousandths;

    /// <summary>At most.</summary>
    public static bool operator <=(Amount left, Amount right) => left.TenThousandths <= right.TenThousandths;

    /// <summary>At least.</summary>
    public static bool operator >=(Amount left, Amount right) => left.TenThousandths >= right.TenThousandths;

    /// <summary>The number as the API shows it: <c>8.50</c>, <c>-0.0001</c>.</summary>
    public override string ToString() => FixedPoint.ToString(TenThousandths, Scale, MinimumDigits);
}

/// <summary>An amount of money in one currency, to a ten thousandth of its unit.</summary>
/// <param name="TenThousandths">The amount, times 10,000.</param>
/// <param name="Currency">What it is an amount of.</param>
public readonly record struct Money(long TenThousandths, Currency Currency)
{
    /// <summary>The amount, shown with at least the currency's minor unit.</summary>
    public Amount Amount => new(TenThousandths, (byte)Currency.MinorUnitDigits);

    /// <summary>What so much costs at this unit price: computed exactly, then rounded once, to the currency's minor unit.</summary>
    /// <param name="quantity">How much.</param>
    /// <param name="mode">Which way what lies between two minor units goes.</param>
    /// <exception cref="MoneyOverflowException">The total has more digits than an amount.</exception>
    public Money Times(Quantity quantity, RoundingMode mode = RoundingMode.HalfAwayFromZero) => TryTimes(quantity, mode) ?? throw TooMuch(quantity);

    /// <summary>Refuses what is too much by any mode of rounding, without computing it.</summary>
    /// <exception cref="MoneyOverflowException">The total has more digits than an amount.</exception>
    public void CheckTimes(Quantity quantity)
    {
        // Nearly always: 2⁴⁰ · 2²² is far from the limit.
        if (TenThousandths is >= 0 and < 1L << 40 && quantity.Thousandths < 1L << 22)
        {
            return;
        }

        if (Int128.Abs((Int128)TenThousandths * quantity.Thousandths) > (Int128)(Amount.Maximum / 2) * FixedPoint.PowerOfTen(Quantity.Scale)
            && TryTimes(quantity, RoundingMode.Up) is null)
        {
            throw TooMuch(quantity);
        }
    }

    /// <summary>As <see cref="Times"/>; null where the total has more digits than an amount.</summary>
    public Money? TryTimes(Quantity quantity, RoundingMode mode)
    {
        var total = InMinorUnits((Int128)TenThousandths * quantity.Thousandths, FixedPoint.PowerOfTen(Quantity.Scale), mode);
        return Int128.Abs(total) <= Amount.Maximum ? this with { TenThousandths = (long)total } : null;
    }

    /// <summary>So many per cent of it: computed exactly, then rounded once, to the currency's minor unit.</summary>
    /// <param name="rate">In per cent.</param>
    /// <param name="mode">Which way what lies between two minor units goes.</param>
    /// <exception cref="MoneyOverflowException">It has more digits than an amount.</exception>
    public Money Percent(Amount rate, RoundingMode mode)
    {
        var part = InMinorUnits((Int128)TenThousandths * rate.TenThousandths, 100 * FixedPoint.PowerOfTen(Amount.Scale), mode);
        return Int128.Abs(part) <= Amount.Maximum
            ? this with { TenThousandths = (long)part }
            : throw new MoneyOverflowException($"{rate} % of {this} has more than 14 digits before the point.");
    }

    private MoneyOverflowException TooMuch(Quantity quantity) => new($"{this} times {quantity} has more than 14 digits before the point.");

    /// <summary>The amount in whole minor units of the currency.</summary>
    /// <param name="mode">Which way what lies between two minor units goes.</param>
    /// <exception cref="MoneyOverflowException">Rounded up it has more digits than an amount.</exception>
    public Money Rounded(RoundingMode mode) => InMinorUnits(TenThousandths, 1, mode) is var rounded && Int128.Abs(rounded) <= Amount.Maximum
        ? this with { TenThousandths = (long)rounded }
        : throw new MoneyOverflowException($"{this}, rounded, has more than 14 digits before the point.");

    /// <summary>Rounds <c>amount ÷ divisor</c> ten thousandths to minor units.</summary>
    /// <returns>In ten thousandths.</returns>
    private Int128 InMinorUnits(Int128 amount, long divisor, RoundingMode mode)
    {
        var minorUnit = FixedPoint.PowerOfTen(Amount.Scale - Currency.MinorUnitDigits);
        var size = Int128.Abs(amount);
        var unit = minorUnit * divisor;
        Int128 whole;
        long rest;
        if (size <= long.MaxValue)
        {
            // Nearly all amounts, and many times as quick.
            (var small, rest) = long.DivRem((long)size, unit);
            whole = small;
        }
        else
        {
            (whole, var wide) = Int128.DivRem(size, unit);
            rest = (long)wide;
        }

        var goesUp = mode switch
        {
            RoundingMode.Up => rest > 0,
            RoundingMode.Down => false,
            RoundingMode.HalfEven => rest > unit - rest || (rest == unit - rest && Int128.IsOddInteger(whole)),
            _ => rest >= unit - rest,
        };
        var rounded = (whole + (goesUp ? 1 : 0)) * minorUnit;
        return amount < 0 ? -rounded : rounded;
    }

    /// <summary>For messages and the debugger: <c>8.50 EUR</c>.</summary>
    public override string ToString() => $"{Amount} {Currency}";
}

/// <summary>Which way an amount between two minor units goes. The numbers are stored.</summary>
public enum RoundingMode
{
    /// <summary>To the nearer one; from the middle away from zero.</summary>
    HalfAwayFromZero = 0,

    /// <summary>To the nearer one; from the middle to the even one.</summary>
    HalfEven = 1,

    /// <summary>Away from zero.</summary>
    Up = 2,

    /// <summary>Towards zero.</summary>
    Down = 3,
}

/// <summary>A computed amount of money has more digits than <see cref="Amount"/> holds.</summary>
public sealed class MoneyOverflowException(string message) : OverflowException(message);

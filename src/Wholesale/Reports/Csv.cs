using System.Buffers;
using System.Text;
using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>
/// Writes comma-separated values (RFC 4180) in UTF-8, row by row. A text that a spreadsheet would take for a formula is preceded by an apostrophe, so that what a buyer wrote cannot act where the seller
/// opens it; numbers and days are written as they are.
/// </summary>
/// <param name="target">Where to.</param>
internal sealed class Csv(IBufferWriter<byte> target)
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    private bool isFirst = true;

    /// <summary>The row of names.</summary>
    public void Names(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Value(name);
        }

        End();
    }

    /// <summary>A text that somebody wrote; null: none.</summary>
    public Csv Text(string? text) => Value(text is { Length: > 0 } && Formula.Contains(text[0]) ? "'" + text : text);

    /// <summary>An amount, as the contract's <c>Decimal</c>.</summary>
    public Csv Amount(Money? money) => Value(money?.Amount.ToString());

    /// <summary>A decimal number.</summary>
    public Csv Amount(Amount amount) => Value(amount.ToString());

    /// <summary>How much.</summary>
    public Csv Quantity(Quantity? quantity) => Value(quantity?.ToString());

    /// <summary>How many.</summary>
    public Csv Count(int count) => Value(count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A day; null: none.</summary>
    public Csv Day(DateOnly? day) => Value(day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>An instant, in UTC; null: none.</summary>
    public Csv Instant(DateTime? instant) => Value(instant?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A value of an enumeration, as the contract has it.</summary>
    public Csv Name<T>(T value) where T : struct, Enum => Value(EnumNames<T>.Of(value));

    /// <summary>Ends the row.</summary>
    public void End()
    {
        target.Write("\r\n"u8);
        isFirst = true;
    }

    private Csv Value(string? value)
    {
        if (!isFirst)
        {
            target.Write(","u8);
        }

        isFirst = false;
        if (value is not null)
        {
            Encoding.UTF8.GetBytes(value.AsSpan().ContainsAny(Quoted) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value, target);
        }

        return this;
    }
}

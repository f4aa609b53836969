using System.Globalization;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform;

/// <summary>How the contract's scalars (schema/base.graphql) travel. Imports read by the same rules: see <see cref="Json"/>.</summary>
public static class Scalars
{
    /// <summary>Registers all of them.</summary>
    public static void Map(ResolverMap map)
    {
        map.Scalar<NodeId, IdScalar>("ID");
        map.Scalar<Amount, DecimalScalar>("Decimal");
        map.Scalar<Quantity, QuantityScalar>("Quantity");
        map.Scalar<long, LongScalar>("Long");
        map.Scalar<Currency, CurrencyCodeScalar>("CurrencyCode");
        map.Scalar<DateTime, DateTimeScalar>("DateTime");
        map.Scalar<DateOnly, DateScalar>("Date");
        map.Scalar<string, LocaleScalar>("Locale");
        map.Scalar<string, UrlScalar>("URL");
    }

    internal static bool IsNumber(in ScalarInput input) => input.Kind is ScalarInputKind.Int or ScalarInputKind.Float;

    internal static bool IsString(in ScalarInput input) => input.Kind == ScalarInputKind.String;
}

/// <summary>The specification's <c>ID</c> (section 3.5.5): a string, or a whole number, which never is the id of anything.</summary>
public readonly struct IdScalar : IScalar<NodeId>
{
    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out NodeId value)
    {
        value = NodeId.Parse(input.Text);
        return Scalars.IsString(input) || input.Kind == ScalarInputKind.Int ? null : $"must be an id, a string, not {input}";
    }

    /// <inheritdoc/>
    public static void Write(NodeId value, Utf8Writer writer)
    {
        var target = writer.Reserve(NodeId.MaximumLength + 2);
        target[0] = (byte)'"';
        var length = value.Format(target[1..]);
        target[length + 1] = (byte)'"';
        writer.Advance(length + 2);
    }
}

/// <summary><c>Decimal</c>: a string, exact; numbers are taken, too.</summary>
public readonly struct DecimalScalar : IScalar<Amount>
{
    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out Amount value)
    {
        value = default;
        return (Scalars.IsString(input) || Scalars.IsNumber(input)) && Amount.TryParse(input.Text, out value)
            ? null
            : $"must be a decimal number with at most 4 decimals and 14 digits before the point, as in \"12.5\", not {input}";
    }

    /// <inheritdoc/>
    public static void Write(Amount value, Utf8Writer writer)
    {
        var target = writer.Reserve(FixedPoint.MaximumLength + 2);
        target[0] = (byte)'"';
        var length = FixedPoint.Format(value.TenThousandths, Amount.Scale, value.MinimumDigits, target[1..]);
        target[length + 1] = (byte)'"';
        writer.Advance(length + 2);
    }
}

/// <summary><c>Quantity</c>: a number.</summary>
public readonly struct QuantityScalar : IScalar<Quantity>
{
    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out Quantity value)
    {
        value = default;
        return Scalars.IsNumber(input) && Quantity.TryParse(input.Text, out value)
            ? null
            : $"must be a number from 0 to 999999999.999 with at most 3 decimals, not {input}";
    }

    /// <inheritdoc/>
    public static void Write(Quantity value, Utf8Writer writer) =>
        writer.Advance(FixedPoint.Format(value.Thousandths, Quantity.Scale, 0, writer.Reserve(FixedPoint.MaximumLength)));
}

/// <summary><c>Long</c>: a whole number of up to 18 digits; a string of digits is taken, too.</summary>
public readonly struct LongScalar : IScalar<long>
{
    private const long Maximum = 999_999_999_999_999_999;

    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out long value)
    {
        value = 0;
        return (input.Kind == ScalarInputKind.Int || Scalars.IsString(input))
            && long.TryParse(input.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && !input.Text.StartsWith('+')
            && value is >= -Maximum and <= Maximum
            ? null
            : $"must be a whole number of at most 18 digits, not {input}";
    }

    /// <inheritdoc/>
    public static void Write(long value, Utf8Writer writer) => writer.Number(value);
}

/// <summary><c>CurrencyCode</c>: a string of three capital letters.</summary>
public readonly struct CurrencyCodeScalar : IScalar<Currency>
{
    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out Currency value)
    {
        value = default;
        return Scalars.IsString(input) && Currency.TryParse(input.Text, out value)
            ? null
            : $"must be a currency code of ISO 4217, as in \"EUR\", not {input}";
    }

    /// <inheritdoc/>
    public static void Write(Currency value, Utf8Writer writer) => writer.Ascii(value.Code);
}

/// <summary><c>DateTime</c>: a string, RFC 3339; always answered in UTC.</summary>
public readonly struct DateTimeScalar : IScalar<DateTime>
{
    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out DateTime value)
    {
        value = default;
        return Scalars.IsString(input) && Instant.TryParse(input.Text, out value)
            ? null
            : $"must be an instant with its offset, as in \"2026-03-01T12:00:00Z\", not {input}";
    }

    /// <inheritdoc/>
    public static void Write(DateTime value, Utf8Writer writer)
    {
        var target = writer.Reserve(Instant.MaximumLength + 2);
        target[0] = (byte)'"';
        var length = Instant.Format(value, target[1..]);
        target[length + 1] = (byte)'"';
        writer.Advance(length + 2);
    }
}

/// <summary><c>Date</c>: a string, RFC 3339's full-date.</summary>
public readonly struct DateScalar : IScalar<DateOnly>
{
    private const string Form = "yyyy-MM-dd";

    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out DateOnly value)
    {
        value = default;
        return Scalars.IsString(input) && DateOnly.TryParseExact(input.Text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
            ? null
            : $"must be a day of the calendar, as in \"2026-03-01\", not {input}";
    }

    /// <inheritdoc/>
    public static void Write(DateOnly value, Utf8Writer writer)
    {
        var target = writer.Reserve(Form.Length + 2);
        target[0] = (byte)'"';
        value.TryFormat(target[1..], out var length, Form, CultureInfo.InvariantCulture);
        target[length + 1] = (byte)'"';
        writer.Advance(length + 2);
    }
}

/// <summary><c>Locale</c>: a string, a BCP 47 tag in its usual spelling.</summary>
public readonly struct LocaleScalar : IScalar<string>
{
    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out string value)
    {
        value = "";
        return Scalars.IsString(input) && LanguageTag.TryParse(input.Text, out value)
            ? null
            : $"must be a language tag of BCP 47, as in \"en\" or \"zh-Hant\", not {input}";
    }

    /// <inheritdoc/>
    public static void Write(string value, Utf8Writer writer) => writer.String(value);
}

/// <summary><c>URL</c>: a string, absolute.</summary>
public readonly struct UrlScalar : IScalar<string>
{
    /// <inheritdoc/>
    public static string? Parse(in ScalarInput input, out string value)
    {
        value = input.Text;
        return Scalars.IsString(input) && WebAddress.IsAbsolute(value) ? null : $"must be an absolute http or https URL, not {input}";
    }

    /// <inheritdoc/>
    public static void Write(string value, Utf8Writer writer) => writer.String(value);
}

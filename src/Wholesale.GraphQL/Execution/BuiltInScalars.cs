using System.Globalization;

namespace Wholesale.GraphQL.Execution;

// Sections 3.5.1 to 3.5.5: the specification's own scalars.

/// <summary>Section 3.5.1 "Int", as a CLR <see cref="int"/>.</summary>
internal readonly struct IntScalar : IScalar<int>
{
    public static string? Parse(in ScalarInput input, out int value)
    {
        var problem = LongIntScalar.Parse(input, out var wide);
        value = (int)wide;
        return problem;
    }

    public static void Write(int value, Utf8Writer writer) => writer.Number(value);
}

/// <summary>Section 3.5.1 "Int", as a CLR <see cref="long"/> whose values must fit 32 bits.</summary>
internal readonly struct LongIntScalar : IScalar<long>
{
    public static string? Parse(in ScalarInput input, out long value)
    {
        value = 0;

        // JSON does not tell 1 from 1.0; a literal 1.0 never gets here, validation refuses it.
        if (input.Kind is not (ScalarInputKind.Int or ScalarInputKind.Float)
            || !double.TryParse(input.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || Math.Floor(number) != number)
        {
            return $"must be a whole number, not {input}";
        }

        if (number is < int.MinValue or > int.MaxValue)
        {
            return $"must be between -2147483648 and 2147483647, not {input}";
        }

        value = (long)number;
        return null;
    }

    public static void Write(long value, Utf8Writer writer) => writer.Number(value);

    public static bool CanWrite(long value) => value is >= int.MinValue and <= int.MaxValue;
}

/// <summary>Section 3.5.2 "Float".</summary>
internal readonly struct FloatScalar : IScalar<double>
{
    public static string? Parse(in ScalarInput input, out double value)
    {
        value = 0;
        return input.Kind is ScalarInputKind.Int or ScalarInputKind.Float
            && double.TryParse(input.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
                ? null
                : $"must be a finite number, not {input}";
    }

    public static void Write(double value, Utf8Writer writer) => writer.Number(value);

    public static bool CanWrite(double value) => double.IsFinite(value);
}

/// <summary>Section 3.5.3 "String".</summary>
internal readonly struct StringScalar : IScalar<string>
{
    public static string? Parse(in ScalarInput input, out string value)
    {
        value = input.Text;
        return input.Kind == ScalarInputKind.String ? null : $"must be a string, not {input}";
    }

    public static void Write(string value, Utf8Writer writer) => writer.String(value);
}

/// <summary>Section 3.5.4 "Boolean".</summary>
internal readonly struct BooleanScalar : IScalar<bool>
{
    public static string? Parse(in ScalarInput input, out bool value)
    {
        value = input.Kind == ScalarInputKind.Boolean && input.Text == "true";
        return input.Kind == ScalarInputKind.Boolean ? null : $"must be true or false, not {input}";
    }

    public static void Write(bool value, Utf8Writer writer) => writer.Boolean(value);
}

/// <summary>Section 3.5.5 "ID": serialized as a string, read from a string or an integer.</summary>
internal readonly struct IdScalar : IScalar<string>
{
    public static string? Parse(in ScalarInput input, out string value)
    {
        value = input.Text;
        return input.Kind is ScalarInputKind.String or ScalarInputKind.Int ? null : $"must be a string or a whole number, not {input}";
    }

    public static void Write(string value, Utf8Writer writer) => writer.String(value);
}

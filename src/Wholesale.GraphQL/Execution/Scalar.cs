namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Section 3.5 "Scalars": how a CLR value travels. A struct with static members only, so that writing a column of values is a loop without calls
/// through an object and without boxing. Register it with <see cref="ResolverMap.Scalar{T,TScalar}"/>.
/// </summary>
/// <typeparam name="T">The CLR type inside; nullability is the engine's matter.</typeparam>
public interface IScalar<T>
{
    /// <summary>Section 3.5 "Input Coercion", of a literal or of a variable's JSON value alike.</summary>
    /// <param name="input">What the client wrote.</param>
    /// <param name="value">The value inside.</param>
    /// <returns>Null if it fits, else why not: the end of a sentence that begins with the place, as in "must be a string, not 3".</returns>
    static abstract string? Parse(in ScalarInput input, out T value);

    /// <summary>Section 3.5 "Result Coercion": writes one JSON value. Never fails: see <see cref="CanWrite"/>.</summary>
    static abstract void Write(T value, Utf8Writer writer);

    /// <summary>Whether a value can be written at all, asked before the first byte of the response.</summary>
    static virtual bool CanWrite(T value) => true;
}

/// <summary>The kinds of value that a client can write where a scalar is expected.</summary>
public enum ScalarInputKind
{
    /// <summary>A number without fraction or exponent.</summary>
    Int,

    /// <summary>A number with fraction or exponent.</summary>
    Float,

    /// <summary>A string.</summary>
    String,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>An enum literal, a list or an object.</summary>
    Other,
}

/// <summary>A literal, or the JSON value of a variable, where a scalar is expected.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A number or Boolean as written; a string's meaning; a printed form of anything else.</param>
public readonly record struct ScalarInput(ScalarInputKind Kind, string Text)
{
    /// <summary>For messages: strings in quotes, the rest as written, cut after 50 characters.</summary>
    public override string ToString()
    {
        var text = Text.Length <= 50 ? Text : string.Concat(Text.AsSpan(0, 50), "…");
        return Kind == ScalarInputKind.String ? $"\"{text}\"" : text;
    }
}

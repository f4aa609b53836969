using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform;

/// <summary>
/// Reads and writes the API's input records as plain JSON, by the rules of GraphQL variables: the same names, enum values and scalars,
/// unknown fields refused, absent told from null. For imports, whose rows are these records.
/// </summary>
public static class Json
{
    /// <summary>The rules; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            Converters =
            {
                new ScalarJsonConverter<NodeId, IdScalar>(),
                new ScalarJsonConverter<Amount, DecimalScalar>(),
                new ScalarJsonConverter<Quantity, QuantityScalar>(),
                new ScalarJsonConverter<Currency, CurrencyCodeScalar>(),
                new ScalarJsonConverter<DateTime, DateTimeScalar>(),
                new ScalarJsonConverter<DateOnly, DateScalar>(),
                new ScalarJsonConverter<long, LongScalar>(),
                new EnumJsonConverter(),
                new OptionalJsonConverter(),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>A scalar's own rules, so that there is one set of them.</summary>
    private sealed class ScalarJsonConverter<T, TScalar> : JsonConverter<T> where TScalar : IScalar<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var input = reader.TokenType switch
            {
                JsonTokenType.String => new ScalarInput(ScalarInputKind.String, reader.GetString()!),
                JsonTokenType.Number => Number(Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan)),
                JsonTokenType.True => new ScalarInput(ScalarInputKind.Boolean, "true"),
                JsonTokenType.False => new ScalarInput(ScalarInputKind.Boolean, "false"),
                JsonTokenType.Null => new ScalarInput(ScalarInputKind.Other, "null"),
                JsonTokenType.StartArray => new ScalarInput(ScalarInputKind.Other, "a list"),
                _ => new ScalarInput(ScalarInputKind.Other, "an object"),
            };
            return TScalar.Parse(input, out var value) is { } problem ? throw new JsonException(problem) : value;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            using var buffer = new Utf8Writer(128);
            TScalar.Write(value, buffer);
            writer.WriteRawValue(buffer.Written.Span, skipInputValidation: true);
        }

        private static ScalarInput Number(string text) =>
            new(text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? ScalarInputKind.Int : ScalarInputKind.Float, text);
    }

    /// <summary>Enum values by their names in the SDL, exactly: the framework's converter also takes other spellings.</summary>
    private sealed class EnumJsonConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        private sealed class Of<T> : JsonConverter<T> where T : struct, Enum
        {
            public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                (reader.TokenType == JsonTokenType.String ? EnumNames<T>.Parse(reader.GetString()!) : null)
                ?? throw new JsonException($"must be one of {string.Join(", ", EnumNames<T>.All)}");

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(EnumNames<T>.Of(value));
        }
    }

    /// <summary>A field that is absent stays without value; one that is null has the value null.</summary>
    private sealed class OptionalJsonConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Of<T> : JsonConverter<Optional<T?>>
        {
            public override bool HandleNull => true;

            public override Optional<T?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                new(JsonSerializer.Deserialize<T>(ref reader, options));

            // A converter cannot leave its field out: these records are read, not written.
            public override void Write(Utf8JsonWriter writer, Optional<T?> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, value.Or(default), options);
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>A message of Protocol Buffers, read without its schema: numbers as they are on the wire, everything longer as bytes.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((field, Varint(ref bytes), default));
                    break;
                case 1:
                    fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span), default));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    fields.Add((field, 0, bytes[..length]));
                    bytes = bytes[length..];
                    break;
                case 5:
                    fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span), default));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Field {field} has the wire type {tag & 7}.");
            }
        }
    }

    public bool Has(int field) => fields.Exists(f => f.Field == field);

    public ulong Number(int field) => fields.LastOrDefault(f => f.Field == field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    public string Text(int field) => Encoding.UTF8.GetString(fields.LastOrDefault(f => f.Field == field).Bytes.Span);

    public string Hex(int field) => Convert.ToHexStringLower(fields.LastOrDefault(f => f.Field == field).Bytes.Span);

    public IEnumerable<ProtoMessage> Messages(int field) => fields.Where(f => f.Field == field).Select(f => new ProtoMessage(f.Bytes));

    public ProtoMessage Message(int field) => Messages(field).LastOrDefault() ?? new ProtoMessage(default);

    /// <summary>OTLP's <c>KeyValue</c>s.</summary>
    public Dictionary<string, object> Attributes(int field) => Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2)));

    /// <summary>OTLP's <c>AnyValue</c>; lists and maps are not told.</summary>
    private static object Value(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? value.Number(2) != 0
        : value.Has(3) ? (long)value.Number(3)
        : value.Has(4) ? value.Double(4)
        : "";

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = bytes.Span[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

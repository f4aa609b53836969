using System.Numerics;
using System.Text;

namespace Wholesale.GraphQL.Language;

/// <summary>
/// Gives equal ASCII texts of one document the same string, mostly. It is a cache of one entry a slot: a collision costs another string and
/// nothing else, so a document made to collide is no slower than one without repeated names, and the table never grows.
/// </summary>
sealed class NameTable(int documentLength)
{
    // Documents repeat a name every few dozen bytes; the bounds keep small documents cheap and large ones from zeroing much memory.
    readonly string?[] slots = new string?[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(documentLength / 16, 16, 512))];

    /// <summary>The text as a string.</summary>
    public string Get(ReadOnlySpan<byte> text)
    {
        var hash = (uint)text.Length;
        foreach (var b in text)
        {
            hash = (hash * 31) + b;
        }

        ref var slot = ref slots[hash & (uint)(slots.Length - 1)];
        if (slot is null || !Ascii.Equals(text, slot))
        {
            slot = Encoding.ASCII.GetString(text);
        }

        return slot;
    }
}

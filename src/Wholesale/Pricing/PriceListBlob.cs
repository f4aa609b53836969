using Wholesale.Platform;
using Wholesale.Platform.Caching;

namespace Wholesale.Pricing;

/// <summary>
/// A version of a price list as one value of Redis: what it is of, its layers, small ones with their bytes and large ones by their hash, and what it says of
/// quantities. Versions of a list that differ by an edit share their large layers, so that an edit of one price carries a few hundred bytes.
/// </summary>
internal static class PriceListBlob
{
    /// <summary>Up to so many bytes a layer stands in the list's own value.</summary>
    public const int LargestInside = 32 * 1024;

    /// <summary>Writes a list.</summary>
    public static ReadOnlyMemory<byte> Write(CompiledPriceList list)
    {
        var blob = new BlobWriter()
            .Write(list.PriceListId).Write(list.Version).Write(list.Content!.Value).Write(list.CompleteFrom.Ticks)
            .WriteAll(list.Layers, (to, layer) => Write(to, layer))
            .WriteAll([.. list.QuantityTerms], (to, terms) => Write(to.Write(terms.Key), terms.Value));
        return blob.End(BlobKind.PriceList);
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Null: the value is not what was written, or is of something else.</returns>
    public static PriceListParts? Read(ReadOnlyMemory<byte> value, PriceListState of)
    {
        if (BlobReader.Open(value, BlobKind.PriceList) is not { } blob
            || (blob.Read<long>(), blob.Read<long>(), blob.Read<PriceListContent>()) != (of.Id, of.PriceVersion, of.Content))
        {
            return null;
        }

        return new PriceListParts(
            of,
            new DateTime(blob.Read<long>(), DateTimeKind.Utc),
            blob.ReadAll(ReadLayer),
            blob.ReadAll(from => KeyValuePair.Create(from.Read<long>(), ReadTerms(from))).ToDictionary());
    }

    private static void Write(BlobWriter blob, PriceColumns layer)
    {
        var shape = layer.Shape;
        var isInside = shape.Bytes <= LargestInside;
        blob.Write(shape).Write(layer.Hash).Write(isInside);
        if (isInside)
        {
            layer.CopyTo(0, blob.Reserve((int)shape.Bytes));
        }
    }

    private static PriceListLayer ReadLayer(BlobReader blob)
    {
        var (shape, hash) = (blob.Read<PriceColumnsShape>(), blob.Read<UInt128>());
        if (!blob.Read<bool>())
        {
            return new(shape, hash, null);
        }

        var filling = new PriceColumns.Filling(shape);
        filling.Put(0, blob.Take((int)shape.Bytes));
        return new(shape, hash, filling.End(hash));
    }

    private static void Write(BlobWriter blob, QuantityTerms terms) => blob
        .Write(terms.Minimum?.Thousandths ?? 0).Write(terms.Maximum?.Thousandths ?? 0).Write(terms.Increment?.Thousandths ?? 0).Write(terms.BreakGroup);

    /// <summary>No list says that a quantity is 0.</summary>
    private static QuantityTerms ReadTerms(BlobReader blob)
    {
        Quantity? ReadQuantity() => blob.Read<long>() is > 0 and var thousandths ? new Quantity(thousandths) : null;
        return new(ReadQuantity(), ReadQuantity(), ReadQuantity(), blob.ReadText());
    }
}

/// <summary>A layer of a list.</summary>
/// <param name="Shape">What its columns are.</param>
/// <param name="Hash">Of their bytes.</param>
/// <param name="Columns">They, where they are here.</param>
internal sealed record PriceListLayer(PriceColumnsShape Shape, UInt128 Hash, PriceColumns? Columns);

/// <summary>A list, of which layers may have to be fetched yet.</summary>
/// <param name="State">What it is of.</param>
/// <param name="CompleteFrom">As of <see cref="CompiledPriceList.CompleteFrom"/>.</param>
/// <param name="Layers">The newest first.</param>
/// <param name="QuantityTerms">By variant.</param>
internal sealed record PriceListParts(
    PriceListState State, DateTime CompleteFrom, IReadOnlyList<PriceListLayer> Layers, IReadOnlyDictionary<long, QuantityTerms> QuantityTerms)
{
    /// <summary>Whether all of it is here.</summary>
    public bool IsWhole => Layers.All(layer => layer.Columns is not null);

    /// <summary>How many bytes its columns are.</summary>
    public long Bytes => Layers.Sum(layer => layer.Shape.Bytes);

    /// <summary>The list; all of it must be here.</summary>
    public CompiledPriceList List() =>
        CompiledPriceList.Of(State, CompleteFrom, [.. Layers.Select(layer => layer.Columns!)], QuantityTerms);
}

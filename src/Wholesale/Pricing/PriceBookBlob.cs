using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Caching;

namespace Wholesale.Pricing;

/// <summary>A price book as one value of Redis, with the context that it is for.</summary>
internal static class PriceBookBlob
{
    /// <summary>Writes a book.</summary>
    public static ReadOnlyMemory<byte> Write(string context, PriceBook book) => new BlobWriter()
        .Write(context)
        .Write(book.Currency?.Code)
        .Write((int)book.Terms.Policy).Write((int)book.Terms.Rounding.Mode).Write((int)book.Terms.Rounding.Level)
        .WriteAll(book.Lists, Write)
        .End(BlobKind.PriceBook);

    /// <summary>Reads a book.</summary>
    /// <returns>Null: the value is not what was written, or is for another context.</returns>
    public static PriceBook? Read(ReadOnlyMemory<byte> value, string context)
    {
        if (BlobReader.Open(value, BlobKind.PriceBook) is not { } blob || blob.ReadText() != context)
        {
            return null;
        }

        var currency = ReadCurrency(blob);
        var terms = new PriceTerms((PricePolicy)blob.Read<int>(), new((RoundingMode)blob.Read<int>(), (RoundingLevel)blob.Read<int>()));
        return new PriceBook(blob.ReadAll(ReadList), currency, terms);
    }

    private static void Write(BlobWriter blob, AssignedPriceList list)
    {
        blob.Write(list.AssignmentId).Write(list.PriceListId).Write(list.Currency.Code)
            .Write((int)list.Level).Write(list.Nearness).Write(list.Priority).Write(list.AssignedAt.Ticks).Write(list.IsActive).Write(list.HasQuantityTerms);
        Write(blob, list.Validity);
        blob.WriteAll(list.Sources, (to, source) =>
        {
            Write(to.Write(source.PriceListId), source.Validity);
            to.WriteAll(source.Steps, (_, step) => to.WriteAll(step.Rules, Write));
        });
    }

    private static AssignedPriceList ReadList(BlobReader blob) => new()
    {
        AssignmentId = blob.Read<long>(),
        PriceListId = blob.Read<long>(),
        Currency = ReadCurrency(blob)!.Value,
        Level = (AssigneeLevel)blob.Read<int>(),
        Nearness = blob.Read<int>(),
        Priority = blob.Read<int>(),
        AssignedAt = ReadInstant(blob),
        IsActive = blob.Read<bool>(),
        HasQuantityTerms = blob.Read<bool>(),
        Validity = ReadValidity(blob),
        Sources = blob.ReadAll(from =>
        {
            var (id, validity) = (from.Read<long>(), ReadValidity(from));
            return new PriceSource(id, from.ReadAll(_ => new AdjustmentStep(from.ReadAll(ReadRule))), validity);
        }),
    };

    private static void Write(BlobWriter blob, AdjustmentRule rule)
    {
        blob.Write(rule.CategoryIds is not null).WriteAll([.. rule.CategoryIds ?? new HashSet<long>()], (to, id) => to.Write(id));
        blob.Write(rule.Adjustment.BasisPoints).Write(rule.Adjustment.Amount);
    }

    private static AdjustmentRule ReadRule(BlobReader blob)
    {
        var (isOfCategories, ids) = (blob.Read<bool>(), blob.ReadAll(from => from.Read<long>()));
        return new(isOfCategories ? ids.ToHashSet() : null, new(blob.Read<int>(), blob.Read<long>()));
    }

    private static void Write(BlobWriter blob, Validity validity) => blob.Write(validity.From.Ticks).Write(validity.To.Ticks);

    private static Validity ReadValidity(BlobReader blob) => new(ReadInstant(blob), ReadInstant(blob));

    private static DateTime ReadInstant(BlobReader blob) => new(blob.Read<long>(), DateTimeKind.Utc);

    private static Currency? ReadCurrency(BlobReader blob) => blob.ReadText() is { } code ? Currency.Of(code) : null;
}

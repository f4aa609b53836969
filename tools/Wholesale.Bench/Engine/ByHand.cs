using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Wholesale.Bench.Engine;

/// <summary>The floor in process: the same answers written as UTF-8 by a method that can do nothing else, into an array that is large enough.</summary>
internal sealed class ByHand(Catalog catalog)
{
    /// <summary>Room for any of the answers.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>Writes a workload's answer, and says how long it is.</summary>
    public int Write(Workload workload, Span<byte> target)
    {
        var json = new Json(target);
        if (workload == Workload.Products)
        {
            Products(ref json);
        }
        else if (workload == Workload.Prices)
        {
            Prices(ref json);
        }
        else if (workload == Workload.ManyVariants)
        {
            Variants(ref json, 250, 20);
        }
        else
        {
            Variants(ref json, 10, 5);
        }

        return json.Length;
    }

    private void Products(ref Json json)
    {
        json.Raw("{\"data\":{\"products\":["u8);
        for (var i = 0; i < 50; i++)
        {
            var product = catalog.Products[i];
            json.Raw(i == 0 ? "{\"id\":"u8 : ",{\"id\":"u8);
            json.String(product.Id);
            json.Raw(",\"sku\":"u8);
            json.String(product.Sku);
            json.Raw(",\"name\":"u8);
            json.String(product.Name);
            json.Raw(",\"brand\":"u8);
            if (product.Brand is { } brand)
            {
                json.String(brand);
            }
            else
            {
                json.Raw("null"u8);
            }

            json.Raw(",\"stock\":"u8);
            json.Number(product.Stock);
            json.Raw("}"u8);
        }

        json.Raw("]}}"u8);
    }

    private void Prices(ref Json json)
    {
        json.Raw("{\"data\":{\"products\":["u8);
        for (var i = 0; i < 100; i++)
        {
            var product = catalog.Products[i];
            var price = catalog.Caller.Products[product.Index];
            json.Raw(i == 0 ? "{\"id\":"u8 : ",{\"id\":"u8);
            json.String(product.Id);
            json.Raw(",\"sku\":"u8);
            json.String(product.Sku);
            json.Raw(",\"name\":"u8);
            json.String(product.Name);
            json.Raw(",\"price\":{\"amount\":"u8);
            json.Amount(price.Amount.TenThousandths);
            json.Raw(",\"currency\":"u8);
            json.String(price.Currency.Code);
            json.Raw(",\"breaks\":["u8);
            for (var j = 0; j < price.Breaks.Length; j++)
            {
                json.Raw(j == 0 ? "{\"minimumQuantity\":"u8 : ",{\"minimumQuantity\":"u8);
                json.Number(price.Breaks[j].MinimumQuantity);
                json.Raw(",\"amount\":"u8);
                json.Amount(price.Breaks[j].Amount.TenThousandths);
                json.Raw("}"u8);
            }

            json.Raw("]}}"u8);
        }

        json.Raw("]}}"u8);
    }

    private void Variants(ref Json json, int products, int variants)
    {
        json.Raw("{\"data\":{\"products\":["u8);
        for (var i = 0; i < products; i++)
        {
            json.Raw(i == 0 ? "{\"variants\":["u8 : ",{\"variants\":["u8);
            for (var j = 0; j < variants; j++)
            {
                var variant = catalog.Products[i].Variants[j];
                var price = catalog.Caller.Variants[variant.Index];
                json.Raw(j == 0 ? "{\"sku\":"u8 : ",{\"sku\":"u8);
                json.String(variant.Sku);
                json.Raw(",\"stock\":"u8);
                json.Number(variant.Stock);
                json.Raw(",\"price\":{\"amount\":"u8);
                json.Amount(price.Amount.TenThousandths);
                json.Raw(",\"currency\":"u8);
                json.String(price.Currency.Code);
                json.Raw(",\"minimumQuantity\":"u8);
                json.Number(price.MinimumQuantity);
                json.Raw("}}"u8);
            }

            json.Raw("]}"u8);
        }

        json.Raw("]}}"u8);
    }

    private ref struct Json(Span<byte> target)
    {
        private static readonly SearchValues<char> MustEscape = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '"', '\\']);
        private readonly Span<byte> target = target;

        public int Length { get; private set; }

        public void Raw(ReadOnlySpan<byte> json)
        {
            json.CopyTo(target[Length..]);
            Length += json.Length;
        }

        public void Number(int value)
        {
            value.TryFormat(target[Length..], out var written, provider: CultureInfo.InvariantCulture);
            Length += written;
        }

        public void String(string value)
        {
            target[Length++] = (byte)'"';
            var rest = value.AsSpan();
            while (rest.IndexOfAny(MustEscape) is var special and >= 0)
            {
                Text(rest[..special]);

                // Quotes are the only such characters in this catalog.
                target[Length++] = (byte)'\\';
                target[Length++] = (byte)rest[special];
                rest = rest[(special + 1)..];
            }

            Text(rest);
            target[Length++] = (byte)'"';
        }

        /// <summary>Ten thousandths, with two to four decimals.</summary>
        public void Amount(long value)
        {
            target[Length++] = (byte)'"';
            (value / 10_000).TryFormat(target[Length..], out var written, provider: CultureInfo.InvariantCulture);
            Length += written;
            target[Length++] = (byte)'.';
            var decimals = (int)(value % 10_000);
            target[Length++] = (byte)('0' + (decimals / 1_000));
            target[Length++] = (byte)('0' + (decimals / 100 % 10));
            if (decimals % 100 != 0)
            {
                target[Length++] = (byte)('0' + (decimals / 10 % 10));
                if (decimals % 10 != 0)
                {
                    target[Length++] = (byte)('0' + (decimals % 10));
                }
            }

            target[Length++] = (byte)'"';
        }

        private void Text(ReadOnlySpan<char> text)
        {
            Utf8.FromUtf16(text, target[Length..], out _, out var written);
            Length += written;
        }
    }
}

using System.Collections.Frozen;

namespace Wholesale.Platform;

/// <summary>
/// A currency of ISO 4217, by its alphabetic code. Metals, baskets and test codes, which have no minor unit, are not among them.
/// The table only grows: amounts that were stored in a currency stay readable after it is withdrawn.
/// </summary>
public readonly record struct Currency
{
    private static readonly FrozenDictionary<string, Entry> Table = Entries().ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal);

    private readonly Entry? entry;

    private Currency(Entry entry) => this.entry = entry;

    /// <summary>Three capital letters, as in <c>EUR</c>; <c>XXX</c>, which is "no currency", for the default value.</summary>
    public string Code => entry?.Code ?? "XXX";

    /// <summary>How many decimals its amounts have in daily use: 2 for the euro, 0 for the yen, 3 for the Kuwaiti dinar, at most 4.</summary>
    public int MinorUnitDigits => entry?.MinorUnitDigits ?? 0;

    /// <summary>Finds a currency by its code, in capital letters.</summary>
    public static bool TryParse(string code, out Currency currency)
    {
        var found = Table.TryGetValue(code, out var entry);
        currency = found ? new Currency(entry!) : default;
        return found;
    }

    /// <summary>The currency with a code that is known to be one.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Currency Of(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException($"\"{code}\" is not a currency code of ISO 4217.");

    /// <inheritdoc/>
    public override string ToString() => Code;

    // ISO 4217 list one with its amendments to the end of 2025, by the number of decimals.
    private static IEnumerable<Entry> Entries() =>
    [
        .. Of(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        .. Of(2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK
            DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR
            LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR
            SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER
            ZAR ZMW ZWG
            """),
        .. Of(3, "BHD IQD JOD KWD LYD OMR TND"),
        .. Of(4, "CLF UYW"),
    ];

    private static IEnumerable<Entry> Of(int minorUnitDigits, string codes) =>
        codes.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(code => new Entry(code, minorUnitDigits));

    private sealed record Entry(string Code, int MinorUnitDigits);
}

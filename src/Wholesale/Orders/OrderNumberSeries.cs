using System.Globalization;
using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>How the orders of a market, or of all markets without a series of their own, are numbered.</summary>
public sealed class OrderNumberSeries
{
    /// <summary>The longest number: prefix and digits.</summary>
    public const int MaximumNumberLength = 40;

    /// <summary>The longest prefix.</summary>
    public const int MaximumPrefixLength = 20;

    /// <summary>The most digits that a number can be filled up to.</summary>
    public const int MaximumDigits = 12;

    /// <summary>The greatest number.</summary>
    public const long MaximumNumber = 999_999_999_999;

    /// <summary>The id of the series that is there without anyone having defined one.</summary>
    internal const long DefaultId = 1;

    /// <summary>The market of the series for all others: no market's id.</summary>
    internal const long AllMarkets = 0;

    private const string Year = "{yyyy}";
    private const string ShortYear = "{yy}";

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Whose orders; <see cref="AllMarkets"/>: all for which there is no other series. Unique.</summary>
    public required long MarketId { get; init; }

    /// <summary>What stands before the number, with <c>{yyyy}</c> or <c>{yy}</c> for the year.</summary>
    public required string Prefix { get; set; }

    /// <summary>The number has at least so many digits.</summary>
    public required int Digits { get; set; }

    /// <summary>Whether numbers begin with 1 again in each year.</summary>
    public bool RestartsYearly { get; set; }

    /// <summary>The year of the last number, where numbers begin anew in each.</summary>
    public int LastYear { get; set; }

    /// <summary>The number that the next order gets, unless it is a new year's first.</summary>
    public required long NextNumber { get; set; }

    /// <summary>Counts up with every change of what it says.</summary>
    public long Version { get; set; }

    /// <summary>Whether the prefix has a year.</summary>
    internal bool HasYear => Prefix.Contains(Year, StringComparison.Ordinal) || Prefix.Contains(ShortYear, StringComparison.Ordinal);

    /// <summary>The prefix up to the year, if it has one.</summary>
    internal string Literal => Prefix.Split('{')[0];

    /// <summary>The series that is there without anyone having defined one.</summary>
    internal static OrderNumberSeries Default => new() { Id = DefaultId, ExternalId = "default", MarketId = AllMarkets, Prefix = "ORD-", Digits = 6, NextNumber = 1, Version = 1 };

    /// <summary>An order's number.</summary>
    internal string Number(long number, int year) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix.Replace(Year, year.ToString("0000", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace(ShortYear, (year % 100).ToString("00", CultureInfo.InvariantCulture), StringComparison.Ordinal)}{number.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0')}");

    /// <summary>Whether one of its next orders may get this number.</summary>
    internal bool MayStillGive(string number)
    {
        // Of two digits it is taken that no series is older than a century.
        var hasFullYear = Prefix.Contains(Year, StringComparison.Ordinal);
        var (year, current) = (0, hasFullYear ? LastYear : LastYear % 100);
        var rest = number.AsSpan();
        for (var i = 0; i < Prefix.Length;)
        {
            var placeholder = Prefix.AsSpan(i).StartsWith(Year) ? Year : Prefix.AsSpan(i).StartsWith(ShortYear) ? ShortYear : "";
            var length = placeholder.Length == 0 ? 1 : placeholder.Length - 2;
            var part = 0;
            if (rest.Length <= length || (placeholder.Length == 0 ? rest[0] != Prefix[i] : !TryRead(rest[..length], out part)))
            {
                return false;
            }

            year = placeholder == (hasFullYear ? Year : ShortYear) ? part : year;
            rest = rest[length..];
            i += Math.Max(1, placeholder.Length);
        }

        if (!TryRead(rest, out long value))
        {
            return false;
        }

        return !RestartsYearly || year == current ? value >= NextNumber : year > current;

        static bool TryRead<T>(ReadOnlySpan<char> digits, out T number) where T : struct, IBinaryInteger<T> => T.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    internal static void Map(ModelBuilder model) => model.Entity<OrderNumberSeries>(series =>
    {
        series.ToTable(nameof(WholesaleDb.OrderNumberSeries));
        series.Property(s => s.Id).ValueGeneratedNever();
        series.Ignore(s => s.HasYear);
        series.Ignore(s => s.Literal);
        series.Property(s => s.ExternalId).HasMaxLength(64);
        series.Property(s => s.Prefix).HasMaxLength(MaximumPrefixLength);
        series.Property(s => s.NextNumber).InUnit("A number.");
        series.HasIndex(s => s.ExternalId).IsUnique();
        series.HasIndex(s => s.MarketId).IsUnique().Serves("series_of_a_market");
    });
}

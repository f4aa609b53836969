using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>Says how orders are numbered. Runs inside the caller's unit of work.</summary>
public sealed class OrderNumberSeriesWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>The most rows of one call.</summary>
    public const int MaximumRows = 100;

    /// <summary>Creates series, or changes those that are there.</summary>
    public async ValueTask<UpsertOrderNumberSeriesPayload> Upsert(UpsertOrderNumberSeriesInput input, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Series.Count, "series", MaximumRows) is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Series.Count), [refusal]);
        }

        await BulkRows.InsertMissing(db, [OrderNumberSeries.Default], cancellation); // so that it can be changed like others
        await HoldAll(cancellation);
        var known = await db.OrderNumberSeries.ToListAsync(cancellation);
        var before = known.ToDictionary(series => series.Id, series => series.Prefix);
        var names = input.Series.Select(row => row.Market.Or(null)).OfType<string>().ToHashSet();
        var markets = await db.Markets.Where(m => names.Contains(m.ExternalId)).ToDictionaryAsync(m => m.ExternalId, m => m.Id, cancellation);
        var rows = BulkRow<OrderNumberSeriesInput, OrderNumberSeries>.Of(input.Series);
        BulkRow<OrderNumberSeriesInput, OrderNumberSeries>.RefuseDuplicates(rows, row => row.ExternalId, "externalId");
        var changes = new Changes<OrderNumberSeries>();
        foreach (var row in rows.Where(row => row.IsGood))
        {
            Decide(row, known, markets, changes);
            await RefuseGivenNumbers(row, before, cancellation);
        }

        changes.Added.RemoveAll(series => !rows.Exists(row => row.IsGood && row.Thing == series));
        changes.Changed.RemoveAll(series => !rows.Exists(row => row.IsGood && row.Thing == series));

        if (!BulkRow<OrderNumberSeriesInput, OrderNumberSeries>.MayProceed(rows, input.Mode) || changes.Added.Count + changes.Changed.Count == 0)
        {
            writes.Undo(); // of holding them
        }
        else
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            foreach (var series in changes.Added.Concat(changes.Changed))
            {
                writes.Record(OrderEvents.OrderNumberSeriesChanged, series.Id, series.Version);
            }
        }

        var result = BulkRow<OrderNumberSeriesInput, OrderNumberSeries>.Result(rows, input.Mode);
        return new(result.Things, result.Counts, result.Errors("series"));
    }

    /// <summary>Nobody gets a number until the transaction ends: what is read next stays true.</summary>
    private Task<int> HoldAll(CancellationToken cancellation) => db.OrderNumberSeries.ExecuteUpdateAsync(s => s.SetProperty(x => x.NextNumber, x => x.NextNumber), cancellation);

    private void Decide(
        BulkRow<OrderNumberSeriesInput, OrderNumberSeries> row, List<OrderNumberSeries> known, Dictionary<string, long> markets, Changes<OrderNumberSeries> changes)
    {
        var (input, errors) = (row.Input, row.Errors);
        errors.Key(input.ExternalId, "externalId");
        var series = known.Find(s => s.ExternalId == input.ExternalId)
            ?? (input.Market.Or(null) is null ? known.Find(s => s is { Id: OrderNumberSeries.DefaultId, Version: 1, NextNumber: 1 }) : null); // the one that nobody defined is anyone's
        var marketId = series?.MarketId ?? OrderNumberSeries.AllMarkets;
        if (input.Market.HasValue)
        {
            var wanted = input.Market.Value is not { } name ? OrderNumberSeries.AllMarkets : markets.TryGetValue(name, out var id) ? id : -1;
            if (wanted < 0)
            {
                errors.Add(OrderErrors.NoSuchMarket(input.Market.Value!));
            }
            else if (series is not null && wanted != marketId)
            {
                errors.Add(OrderErrors.MarketStays());
            }

            marketId = series?.MarketId ?? wanted;
        }

        if (known.Exists(s => s != series && s.MarketId == marketId))
        {
            errors.Add(OrderErrors.MarketHasSeries());
        }

        var isNew = series is null;
        var wish = new OrderNumberSeries
        {
            Id = series?.Id ?? ids.Next(),
            ExternalId = input.ExternalId,
            MarketId = marketId,
            Prefix = input.Prefix ?? series?.Prefix ?? "",
            Digits = input.Digits ?? series?.Digits ?? 6,
            RestartsYearly = input.RestartsYearly ?? series?.RestartsYearly ?? false,
            LastYear = BeginsAnew(input, series) ? clock.UtcNow.Year : series?.LastYear ?? 0,
            NextNumber = input.NextNumber ?? series?.NextNumber ?? 1,
        };
        Check(input, wish, series, known, errors);
        if (errors.Any)
        {
            return;
        }

        var isChanged = isNew || (series!.ExternalId, series.Prefix, series.Digits, series.RestartsYearly, series.NextNumber) != (wish.ExternalId, wish.Prefix, wish.Digits, wish.RestartsYearly, wish.NextNumber);
        wish.Version = (series?.Version ?? 0) + (isChanged ? 1 : 0);
        known.RemoveAll(s => s.Id == wish.Id);
        known.Add(wish);
        row.Thing = wish;
        changes.Note(wish, isNew, isChanged);
    }

    /// <summary>Whether what is to come next is said for this year, so that it is not the year's first.</summary>
    private static bool BeginsAnew(OrderNumberSeriesInput input, OrderNumberSeries? series) =>
        (input.RestartsYearly ?? series?.RestartsYearly ?? false) && (series is not { RestartsYearly: true } || input.NextNumber is not null);

    /// <summary>Another prefix must not begin as numbers that were given already.</summary>
    private async ValueTask RefuseGivenNumbers(
        BulkRow<OrderNumberSeriesInput, OrderNumberSeries> row, Dictionary<long, string> before, CancellationToken cancellation)
    {
        if (row is not { IsGood: true, Thing: { } series } || before.GetValueOrDefault(series.Id) == series.Prefix)
        {
            return;
        }

        var (first, behind) = ($"{series.Literal}0", $"{series.Literal}:"); // all that go on with a digit: a colon comes behind the digits
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
        if (await db.Orders.AnyAsync(o => string.Compare(o.Number, first) >= 0 && string.Compare(o.Number, behind) < 0, cancellation))
#pragma warning restore CA1309
        {
            row.Errors.Add(OrderErrors.PrefixUsed(series.Prefix));
        }
    }

    private static void Check(OrderNumberSeriesInput input, OrderNumberSeries wish, OrderNumberSeries? series, List<OrderNumberSeries> known, RowErrors errors)
    {
        if (series is null && input.Prefix is null)
        {
            errors.Invalid("A new series needs a prefix, which may be empty.", "prefix");
        }

        if (wish.Prefix.Length > OrderNumberSeries.MaximumPrefixLength || wish.Prefix.Any(c => c is <= ' ' or > '~'))
        {
            errors.Invalid($"A prefix has at most {OrderNumberSeries.MaximumPrefixLength} visible ASCII characters.", "prefix");
        }
        else if (known.Exists(s => s.Id != wish.Id && Begins(s) == Begins(wish)))
        {
            errors.Add(OrderErrors.PrefixTaken(wish.Prefix));
        }

        if (wish.Digits is < 1 or > OrderNumberSeries.MaximumDigits)
        {
            errors.Invalid($"Digits are 1–{OrderNumberSeries.MaximumDigits}, not {wish.Digits}.", "digits");
        }

        if (wish.RestartsYearly && !wish.HasYear)
        {
            errors.Invalid("Numbers that begin anew in each year need {yyyy} or {yy} in their prefix.", "restartsYearly");
        }

        if (input.NextNumber is { } next && (next < (series?.NextNumber ?? 1) || next > OrderNumberSeries.MaximumNumber))
        {
            errors.Invalid($"The next number must be from {series?.NextNumber ?? 1} to {OrderNumberSeries.MaximumNumber}, not {next}.", "nextNumber");
        }
    }

    /// <summary>Numbers of two series are alike only if they begin alike up to the first digit.</summary>
    private static string Begins(OrderNumberSeries series) => new([.. series.Literal.TakeWhile(c => !char.IsAsciiDigit(c))]);
}

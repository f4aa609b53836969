using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Imports;

/// <summary>A price with its list.</summary>
internal sealed record PriceImportRow(
    string PriceList,
    string Sku,
    Optional<Quantity> MinimumQuantity = default,
    Amount? UnitPrice = null,
    Currency? Currency = null,
    DateTime? ValidFrom = null,
    DateTime? ValidTo = null,
    long? SourceRevision = null)
{
    // Not public, or they would be fields of the line that may be given and mean nothing.
    internal string Key => $"{PriceList}/{Sku}";

    internal object Identity => (PriceList, Sku, MinimumQuantity.Or(Quantity.One), ValidFrom);

    internal PriceInput Input => new(Sku, MinimumQuantity, UnitPrice, Currency, ValidFrom, ValidTo, SourceRevision);
}

/// <summary>
/// Prices. They are written into versions of their lists that no reader sees until the file is complete; a file that breaks off leaves nothing behind.
/// </summary>
internal sealed class PricesImport(ImportRun run, long writerId)
{
    /// <summary>How long a list is waited for that another import has: longer than a dead one keeps it.</summary>
    private static readonly TimeSpan Patience = PriceWrites.WriterLease + TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, WrittenList> written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserError> refused = new(StringComparer.Ordinal);

    public static ImportKind Kind { get; } = new("prices", Permission.PricesWrite, async run =>
    {
        var writerId = await run.InScope(services => new ValueTask<long>(services.GetRequiredService<Ids>().Next()));
        await new PricesImport(run, writerId).Run();
    });

    private async ValueTask Run()
    {
        var isComplete = false;
        try
        {
            await run.Read<PriceImportRow>("sku", row => row.Key, ImportRun.BatchRows, Write, row => row.Identity);
            await Publish();
            isComplete = true;
        }
        finally
        {
            if (!isComplete)
            {
                await Unseen((prices, _) => prices.Discard(writerId, CancellationToken.None), CancellationToken.None);
            }
        }
    }

    /// <summary>Writes a batch. Rows of a list that another import has wait, without a transaction, until it is free or patience ends.</summary>
    private async ValueTask<IReadOnlyList<ImportedRow>> Write(IReadOnlyList<PriceImportRow> rows)
    {
        var results = new ImportedRow[rows.Count];
        var waiting = rows.Index().GroupBy(r => r.Item.PriceList).Select(g => new ListRows(g.Key, [.. g])).ToList();
        var time = await run.InScope(services => new ValueTask<TimeProvider>(services.GetRequiredService<Clock>().TimeProvider));
        var start = time.GetTimestamp();
        while (true)
        {
            await Unseen((prices, db) => WriteLists(waiting, results, prices, db), run.Cancellation);
            waiting.RemoveAll(list => results[list.Rows[0].Index] is not null);
            if (waiting.Count == 0)
            {
                return results;
            }

            if (time.GetElapsedTime(start) > Patience)
            {
                foreach (var list in waiting)
                {
                    refused[list.ExternalId] = PricingErrors.Busy(list.ExternalId, "priceList");
                }
            }
            else
            {
                await Task.Delay(BetweenLooks, time, run.Cancellation);
            }
        }
    }

    /// <summary>Writes the rows of each list; those of a list that another import has get no results.</summary>
    private async ValueTask WriteLists(List<ListRows> waiting, ImportedRow[] results, PriceWrites prices, WholesaleDb db)
    {
        var externalIds = waiting.ConvertAll(list => list.ExternalId);
        var lists = await db.PriceLists.AsTracking().Where(l => externalIds.Contains(l.ExternalId)).ToDictionaryAsync(l => l.ExternalId, run.Cancellation);
        foreach (var group in waiting)
        {
            var list = lists.GetValueOrDefault(group.ExternalId);
            if (list is null)
            {
                group.Fail(results, new UserError(ErrorCodes.NotFound, $"There is no price list \"{group.ExternalId}\".", ["priceList"]));
            }
            else if (IsRefused(list) is { } error)
            {
                group.Fail(results, error);
            }
            else if (await prices.Hold(list, writerId, run.Cancellation))
            {
                var (result, changes) = await prices.WriteUnpublished(list, [.. group.Rows.Select(r => r.Row.Input)], run.Cancellation);
                var outcomes = ImportedRow.Of(result);
                foreach (var ((index, _), outcome) in group.Rows.Zip(outcomes))
                {
                    results[index] = outcome;
                }

                var state = written.GetValueOrDefault(list.ExternalId) ?? new WrittenList(list.Id);
                written[list.ExternalId] = state with { IsChanged = state.IsChanged || changes.ChangePrices, Applied = state.Applied + result.Counts.Applied };
            }
        }
    }

    /// <summary>Why no more rows of a list are taken. A list that was ours and is another's has lost what we wrote: we were taken for dead.</summary>
    private UserError? IsRefused(PriceList list)
    {
        if (written.TryGetValue(list.ExternalId, out var state) && list.WriterId != writerId)
        {
            TakeBack(list.ExternalId, state);
        }

        return refused.GetValueOrDefault(list.ExternalId);
    }

    private void TakeBack(string externalId, WrittenList state)
    {
        refused[externalId] = new UserError(
            PricingErrors.PriceListBusy, $"The price list \"{externalId}\" was taken over by another writer while this file paused; none of its prices were kept.", ["priceList"]);
        written.Remove(externalId);
        run.Report.TakeBack(state.Applied, externalId, refused[externalId]);
    }

    private async ValueTask Publish()
    {
        var changed = written.Values.Where(list => list.IsChanged).Select(list => list.Id).ToList();
        var kept = await run.InScope(services =>
        {
            var (writes, prices) = (services.GetRequiredService<Writes>(), services.GetRequiredService<PriceWrites>());
            return writes.RunUnrecorded<IReadOnlyList<long>>(
                async () =>
                [
                    .. await writes.Run(run.Actor, () => prices.Publish(writerId, changed, run.Cancellation)),
                    .. await prices.Release(writerId, run.Cancellation),
                ],
                run.Cancellation);
        });
        foreach (var (externalId, state) in written.Where(list => !kept.Contains(list.Value.Id)).ToList())
        {
            TakeBack(externalId, state);
        }
    }

    /// <summary>What is written here is nobody's to see, so it tells of no event; publishing does.</summary>
    private async ValueTask Unseen(Func<PriceWrites, WholesaleDb, ValueTask> work, CancellationToken cancellation) =>
        await run.InScope(services => services.GetRequiredService<Writes>().RunUnrecorded(
            async () =>
            {
                await work(services.GetRequiredService<PriceWrites>(), services.GetRequiredService<WholesaleDb>());
                return true;
            },
            cancellation));

    /// <summary>A list that rows were written into.</summary>
    private sealed record WrittenList(long Id, bool IsChanged = false, int Applied = 0);

    /// <summary>A batch's rows of one list, with their places in the batch; never empty.</summary>
    private sealed record ListRows(string ExternalId, IReadOnlyList<(int Index, PriceImportRow Row)> Rows)
    {
        public void Fail(ImportedRow[] results, UserError error)
        {
            foreach (var (index, _) in Rows)
            {
                results[index] = new ImportedRow(RowOutcome.Failed, [error]);
            }
        }
    }
}

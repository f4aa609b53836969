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
internal sealed class PricesImport(ImportRun run, long writerId, TimeProvider time)
{
    /// <summary>Rows that a batch may grow to while another is being written: it is decided on as a whole, but written in short turns.</summary>
    private const int MaximumBatchRows = 4 * ImportRun.BatchRows;

    /// <summary>How long a list is waited for that another import has: longer than a dead one keeps it.</summary>
    private static readonly TimeSpan Patience = StagedPrices.WriterLease + TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan BetweenRenewals = StagedPrices.WriterLease / 5;

    private readonly Dictionary<string, WrittenList> written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserError> refused = new(StringComparer.Ordinal);
    private long renewed = time.GetTimestamp();

    public static ImportKind Kind { get; } = new("prices", Permission.PricesWrite, async run =>
    {
        var writerId = run.Services.GetRequiredService<Ids>().Next();
        await new PricesImport(run, writerId, run.Services.GetRequiredService<Clock>().TimeProvider).Run();
    });

    private async ValueTask Run()
    {
        var isComplete = false;
        try
        {
            await run.Read<PriceImportRow>("sku", row => row.Key, ImportRun.BatchRows, Write, row => row.Identity, MaximumBatchRows);
            await Publish();
            isComplete = true;
        }
        finally
        {
            if (!isComplete)
            {
                await run.InScope(async services =>
                {
                    await services.GetRequiredService<StagedPrices>().Discard(writerId, CancellationToken.None);
                    return true;
                });
            }
        }
    }

    /// <summary>Writes a batch. Rows of a list that another import has wait, without a transaction, until it is free or patience ends.</summary>
    private async ValueTask<IReadOnlyList<ImportedRow>> Write(IReadOnlyList<PriceImportRow> rows)
    {
        var results = new ImportedRow[rows.Count];
        var waiting = rows.Index().GroupBy(r => r.Item.PriceList).Select(g => new ListRows(g.Key, [.. g])).ToList();
        var start = time.GetTimestamp();
        while (true)
        {
            await run.InScope(async services =>
            {
                await WriteLists(waiting, results, services.GetRequiredService<StagedPrices>(), services.GetRequiredService<WholesaleDb>());
                return true;
            });
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
    private async ValueTask WriteLists(List<ListRows> waiting, ImportedRow[] results, StagedPrices staged, WholesaleDb db)
    {
        if (time.GetElapsedTime(renewed) > BetweenRenewals)
        {
            renewed = time.GetTimestamp();
            await staged.Renew(writerId, run.Cancellation);
        }

        var batch = await Held(await Wanted(waiting, results, db), staged);
        var outcomes = await staged.Stage([.. batch.Select(b => (b.List, b.Group.Inputs))], writerId, run.Cancellation);
        foreach (var ((list, group), outcome) in batch.Zip(outcomes))
        {
            if (outcome is null)
            {
                group.Fail(results, Lost(list.ExternalId));
                continue;
            }

            foreach (var ((index, _), row) in group.Rows.Zip(ImportedRow.Of(outcome.Result)))
            {
                results[index] = row;
            }

            var state = written[list.ExternalId];
            written[list.ExternalId] = new WrittenList(list.Id, state.IsChanged || outcome.ChangePrices, state.Applied + outcome.Result.Counts.Applied);
        }
    }

    /// <summary>The lists that rows may be written into; the rows of others fail.</summary>
    private async ValueTask<List<(PriceList List, ListRows Group)>> Wanted(List<ListRows> waiting, ImportedRow[] results, WholesaleDb db)
    {
        var externalIds = waiting.ConvertAll(list => list.ExternalId);
        var lists = await db.PriceLists.Where(l => externalIds.Contains(l.ExternalId)).ToDictionaryAsync(l => l.ExternalId, run.Cancellation);
        var wanted = new List<(PriceList List, ListRows Group)>();
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
            else
            {
                wanted.Add((list, group));
            }
        }

        return wanted;
    }

    /// <summary>
    /// Those of the lists that this import has or can have now. One that it has is not taken again: it would begin anew, without the rows written so far.
    /// </summary>
    private async ValueTask<List<(PriceList List, ListRows Group)>> Held(List<(PriceList List, ListRows Group)> wanted, StagedPrices staged)
    {
        var newIds = wanted.Select(w => w.List).Where(list => !written.ContainsKey(list.ExternalId)).Select(list => list.Id).ToList();
        var taken = newIds.Count > 0 ? await staged.Take(newIds, writerId, run.Cancellation) : [];
        foreach (var list in taken)
        {
            written.Add(list.ExternalId, new WrittenList(list.Id));
        }

        var takenById = taken.ToDictionary(list => list.Id);
        return [.. wanted
            .Where(w => written.ContainsKey(w.List.ExternalId))
            .Select(w => (takenById.GetValueOrDefault(w.List.Id, w.List), w.Group))];
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
        written.Remove(externalId);
        run.Report.TakeBack(state.Applied, externalId, Lost(externalId));
    }

    private UserError Lost(string externalId) => refused[externalId] = new UserError(
        PricingErrors.PriceListBusy, $"The price list \"{externalId}\" was taken over by another writer while this file paused; none of its prices were kept.", ["priceList"]);

    private async ValueTask Publish()
    {
        var changed = written.Values.Where(list => list.IsChanged).Select(list => list.Id).ToList();
        var kept = await run.InScope(services =>
        {
            var (writes, staged) = (services.GetRequiredService<Writes>(), services.GetRequiredService<StagedPrices>());
            return writes.RunUnrecorded<IReadOnlyList<long>>(
                async () =>
                [
                    .. await writes.Run(run.Actor, () => staged.Publish(writerId, changed, run.Cancellation)),
                    .. await staged.Release(writerId, run.Cancellation),
                ],
                run.Cancellation);
        });
        foreach (var (externalId, state) in written.Where(list => !kept.Contains(list.Value.Id)).ToList())
        {
            TakeBack(externalId, state);
        }
    }

    /// <summary>A list that rows were written into.</summary>
    private sealed record WrittenList(long Id, bool IsChanged = false, int Applied = 0);

    /// <summary>A batch's rows of one list, with their places in the batch; never empty.</summary>
    private sealed record ListRows(string ExternalId, IReadOnlyList<(int Index, PriceImportRow Row)> Rows)
    {
        public IReadOnlyList<PriceInput> Inputs => [.. Rows.Select(r => r.Row.Input)];

        public void Fail(ImportedRow[] results, UserError error)
        {
            foreach (var (index, _) in Rows)
            {
                results[index] = new ImportedRow(RowOutcome.Failed, [error]);
            }
        }
    }
}

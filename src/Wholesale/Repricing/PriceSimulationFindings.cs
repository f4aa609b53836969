
namespace Wholesale.Repricing;

/// <summary>
/// What a simulation finds, added up as it goes on: of lines only the worst are kept, of each chain a few sums. Pure; not thread-safe.
/// </summary>
/// <param name="reached">The chains that are compared.</param>
/// <param name="worst">How many lines and companies are told of.</param>
internal sealed class PriceSimulationFindings(PriceChains reached, int worst)
{
    private readonly SortedSet<WorstLine> lines = new(Comparer<WorstLine>.Create((one, other) => one.Change.CompareTo(other.Change)));
    private readonly Sums[] sums = [.. reached.All.Select(_ => new Sums())];
    private long compared;
    private long increased;
    private long decreased;
    private long gained;
    private long lost;

    /// <summary>Takes down one line.</summary>
    /// <param name="chain">The chain's place.</param>
    /// <param name="change">What changes at the quantity at which it is worst; null: nothing at any.</param>
    public void Add(int chain, SimulatedChange? change)
    {
        compared++;
        if (change is not { } found)
        {
            return;
        }

        var (isUp, isLost, isGained) = (found.After?.TenThousandths > found.Before?.TenThousandths, found.IsLost, found.IsGained);
        lost += isLost ? 1 : 0;
        gained += isGained ? 1 : 0;
        increased += isUp ? 1 : 0;
        decreased += isUp || isLost || isGained ? 0 : 1;
        sums[chain].Add(found);
        Keep(chain, found);
    }

    /// <summary>What was found.</summary>
    public PriceSimulationResult Result()
    {
        var companies = new Sums?[reached.CompanyIds.Count];
        foreach (var (index, chain) in reached.All.Index().Where(chain => sums[chain.Index].Changed > 0))
        {
            foreach (var company in chain.Companies)
            {
                (companies[company] ??= new Sums()).Add(sums[index]);
            }
        }

        return new PriceSimulationResult(
            companies.Length,
            companies.Count(company => company is not null),
            sums.Length,
            compared,
            increased,
            decreased,
            gained,
            lost,
            [.. lines.Select(Told)],
            [
                .. companies.Index().Where(company => company.Item is not null)
                    .OrderByDescending(company => company.Item!.Lost)
                    .ThenByDescending(company => Math.Abs(company.Item!.Average ?? 0))
                    .ThenByDescending(company => company.Item!.Changed)
                    .ThenBy(company => company.Index)
                    .Take(worst)
                    .Select(company => company.Item!.Told(reached.CompanyIds[company.Index])),
            ]);
    }

    /// <summary>Keeps a change if it is among the worst. What was driven out can never come back, so that of those that stay every chain was counted.</summary>
    private void Keep(int chain, SimulatedChange change)
    {
        if (lines.Count == worst && change.CompareTo(lines.Max!.Change) > 0)
        {
            return;
        }

        var line = new WorstLine(change, []);
        if (lines.TryGetValue(line, out var there))
        {
            line = there;
        }
        else
        {
            lines.Add(line);
            if (lines.Count > worst)
            {
                lines.Remove(lines.Max!);
            }
        }

        line.Chains.Add(chain);
    }

    private SimulatedPriceChange Told(WorstLine line)
    {
        var companies = line.Chains.SelectMany(chain => reached.All[chain].Companies).ToHashSet();
        var (_, _, quantity, before, after) = line.Change;
        return new(
            line.Change.VariantId,
            quantity,
            companies.Count,
            reached.CompanyIds[companies.Min()],
            (before ?? after)!.Value.Currency,
            before?.TenThousandths,
            after?.TenThousandths,
            line.Change.BasisPoints);
    }

    /// <summary>A change, and the chains that have it.</summary>
    private sealed record WorstLine(SimulatedChange Change, List<int> Chains);

    /// <summary>What the lines of a chain, or of a company, come to.</summary>
    private sealed class Sums
    {
        private SimulatedChange? worst;
        private Int128 basisPoints;
        private long withBasisPoints;

        public long Changed { get; private set; }

        public long Lost { get; private set; }

        /// <summary>In hundredths of a per cent; null where no line has any.</summary>
        public long? Average => withBasisPoints == 0 ? null : (long)(basisPoints / withBasisPoints);

        public void Add(SimulatedChange change)
        {
            Changed++;
            Lost += change.IsLost ? 1 : 0;
            if (change.BasisPoints is { } points)
            {
                basisPoints += points;
                withBasisPoints++;
            }

            NoteWorst(change);
        }

        public void Add(Sums other)
        {
            Changed += other.Changed;
            Lost += other.Lost;
            basisPoints += other.basisPoints;
            withBasisPoints += other.withBasisPoints;
            NoteWorst(other.worst);
        }

        public SimulatedCompany Told(long companyId) => new(companyId, Changed, Lost, Average, worst?.BasisPoints);

        /// <summary>The greatest change in per cent: lost and gained prices have none.</summary>
        private void NoteWorst(SimulatedChange? change)
        {
            if (change?.BasisPoints is not null && (worst is null || change.Value.CompareTo(worst.Value) < 0))
            {
                worst = change;
            }
        }
    }
}

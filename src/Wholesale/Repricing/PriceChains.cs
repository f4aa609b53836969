using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>
/// The lists that decide on prices at an instant, in their order, in one currency and by one market's terms: whoever has the same chain has the same prices.
/// </summary>
/// <param name="Book">These lists, each once, with the sources that hold at the instant.</param>
/// <param name="Reached">Those of the changed lists that prices of the chain can come from.</param>
internal sealed record PriceChain(PriceBook Book, IReadOnlySet<long> Reached)
{
    /// <summary>Who has it, by their places in <see cref="PriceChains.CompanyIds"/>; each once, ascending.</summary>
    public List<int> Companies { get; } = [];
}

/// <summary>
/// Which chains of lists a change of some lists can reach, and which companies have them. Companies are found from the changed lists on, by indexes, and read
/// page by page; what is kept of one is its id, and of a unit which chains it has. Only companies that see prices count, each with all of its units, in its own currency; chains in the other
/// currencies that a unit may buy in are found beside.
/// </summary>
internal sealed class PriceChains
{
    /// <summary>Companies that are read at once.</summary>
    public const int PageSize = 1_000;

    private readonly Dictionary<string, PriceChain> byLists = [];
    private readonly List<PriceChain> chains = [];
    private readonly Dictionary<long, IReadOnlyDictionary<Currency, PriceChain>> byUnit = [];
    private readonly List<long> companyIds = [];
    private readonly IReadOnlyCollection<long> changed;
    private readonly DateTime at;

    /// <summary>Where prices of a list come from; read once a list.</summary>
    private readonly Dictionary<long, IReadOnlyList<PriceSource>> sources = [];

    private PriceChains(IReadOnlyCollection<long> changed, DateTime at) => (this.changed, this.at) = (changed, at);

    /// <summary>The chains, each in the own currency of who has it.</summary>
    public IReadOnlyList<PriceChain> All { get; private set; } = [];

    /// <summary>The chain by which a unit buys in a currency; null where no changed list can reach it.</summary>
    public PriceChain? Of(long unitId, Currency currency) => byUnit.GetValueOrDefault(unitId)?.GetValueOrDefault(currency);

    /// <summary>The companies that have any of them, by id.</summary>
    public IReadOnlyList<long> CompanyIds => companyIds;

    /// <summary>Reads them. A handful of statements, and as many for each page of companies.</summary>
    /// <param name="db">The database; not in a transaction.</param>
    /// <param name="changed">The lists with other prices.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public static async ValueTask<PriceChains> Read(WholesaleDb db, IReadOnlyCollection<long> changed, DateTime at, CancellationToken cancellation)
    {
        var found = new PriceChains(changed, at);
        var touched = await PriceListDerivations.MadeOf(db, changed, at, cancellation);
        var assignees = await PriceBooks.AssigneesOf(db, touched, at, cancellation);
        foreach (var page in (await Assignees.CompaniesOf(db, assignees, cancellation)).Chunk(PageSize))
        {
            await using var snapshot = await Platform.Database.ReadSnapshot.Begin(db, cancellation);
            await found.Add(db, page, cancellation);
        }

        found.All = [.. found.chains.Where(chain => chain.Companies.Count > 0)];
        return found;
    }

    private async ValueTask Add(WholesaleDb db, long[] page, CancellationToken cancellation)
    {
        var callers = (await Callers.OfAllUnits(db, page, cancellation)).Where(caller => caller.PricesVisible).ToList();
        var assigned = (await PriceBooks.AssignedTo(db, callers.SelectMany(c => c.Assignees).Select(a => a.AssigneeId).ToHashSet(), cancellation))
            .ToLookup(row => row.Assignment.AssigneeId);
        await ReadSources(db, assigned.SelectMany(rows => rows), cancellation);

        // Most companies were given nothing by name, and share what their tier, market and segments have.
        var byAssignees = new Dictionary<string, (PriceChain? Own, IReadOnlyDictionary<Currency, PriceChain> ByCurrency)>();
        foreach (var company in callers.GroupBy(caller => caller.Company!.Id))
        {
            foreach (var caller in company)
            {
                var own = caller.Assignees.Where(a => assigned.Contains(a.AssigneeId)).Select(a => a.AssigneeId).ToList();
                var key = PriceBooks.KeyOf(own, caller.Currency, PriceTerms.Of(caller.Market));
                if (!byAssignees.TryGetValue(key, out var chains))
                {
                    byAssignees.Add(key, chains = ChainsOf(PriceBooks.BookOf(caller, own.SelectMany(id => assigned[id]), CopiedSourcesOf)));
                }

                Note(chains.Own, company.Key);
                if (chains.ByCurrency.Count > 0)
                {
                    byUnit.Add(caller.Unit!.Id, chains.ByCurrency);
                }
            }
        }
    }

    private void Note(PriceChain? chain, long companyId)
    {
        if (chain is null)
        {
            return;
        }

        if (companyIds.Count == 0 || companyIds[^1] != companyId)
        {
            companyIds.Add(companyId);
        }

        if (chain.Companies.Count == 0 || chain.Companies[^1] != companyIds.Count - 1)
        {
            chain.Companies.Add(companyIds.Count - 1);
        }
    }

    /// <summary>The chains of a book at the instant that a changed list can reach, and that in its own currency.</summary>
    private (PriceChain? Own, IReadOnlyDictionary<Currency, PriceChain> ByCurrency) ChainsOf(PriceBook book)
    {
        var found = new Dictionary<Currency, PriceChain>();
        foreach (var currency in book.CurrenciesAt(at))
        {
            if (ChainOf(book, currency) is { } chain)
            {
                found.Add(currency, chain);
            }
        }

        return (book.CurrencyAt(at) is { } own ? found.GetValueOrDefault(own) : null, found);
    }

    /// <summary>The chain of a book in a currency at the instant; null where no changed list can reach it.</summary>
    private PriceChain? ChainOf(PriceBook book, Currency currency)
    {
        var lists = book.Lists
            .Where(list => list.Currency == currency && list.Holds(at))
            .DistinctBy(list => list.PriceListId)
            .Select(list => list with { Sources = [.. list.Sources.Where(source => source.Validity.Holds(at))] })
            .ToList();
        var reached = lists.SelectMany(list => list.Sources).Select(source => source.PriceListId).Where(changed.Contains).ToHashSet();
        if (reached.Count == 0)
        {
            return null;
        }

        var key = PriceBooks.KeyOf(lists.Select(list => list.PriceListId), currency, book.Terms);
        if (!byLists.TryGetValue(key, out var chain))
        {
            byLists.Add(key, chain = new(new PriceBook(lists, currency, book.Terms), reached));
            chains.Add(chain);
        }

        return chain;
    }

    private async ValueTask ReadSources(WholesaleDb db, IEnumerable<AssignedRow> rows, CancellationToken cancellation)
    {
        var unread = rows.DistinctBy(row => row.Assignment.PriceListId).Where(row => !sources.ContainsKey(row.Assignment.PriceListId)).ToList();
        var derivations = await PriceListDerivations.Of(
            db, [.. unread.Where(row => row.IsDerived).Select(row => row.Assignment.PriceListId)], cancellation);
        foreach (var row in unread)
        {
            sources.Add(row.Assignment.PriceListId, derivations.SourcesOf(row.Assignment.PriceListId));
        }
    }

    /// <summary>A book numbers its sources, so that two must not share one.</summary>
    private IReadOnlyList<PriceSource> CopiedSourcesOf(long priceListId) => [.. sources[priceListId].Select(source => source with { })];
}

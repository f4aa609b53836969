using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>The fields of sets of price changes in schema/repricing.graphql.</summary>
public static class PriceChangeSetFields
{
    private const string NewestFirst = "priceChangeSets/NEWEST";

    /// <summary>The services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<PriceChangeSetWrites>();
        services.AddScoped<PriceChangeLineWrites>();
        services.AddScoped<PriceChangeSetScheduling>();
        services.AddScoped<LargePriceChangeSet>();
        services.AddSingleton<LargePriceChangeSets>();
        services.AddHostedService(provider => provider.GetRequiredService<LargePriceChangeSets>());
        services.AddSingleton<PriceClockStep, UnderWayPriceChangeSets>();
        services.AddSingleton<PriceClockStep, DuePriceChangeSets>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<PriceChangeSet>(nameof(PriceChangeSet), s => s.Id, Load);
        map.EventsOf(
            nameof(PriceChangeSet),
            RepricingEvents.PriceChangeSetChanged,
            RepricingEvents.PriceChangeSetApproved,
            RepricingEvents.PriceChangeSetScheduled,
            RepricingEvents.PriceChangeSetCancelled,
            RepricingEvents.PriceChangeSetApplied);

        map.Field("Query.priceChangeSet", One);
        map.Field("Query.priceChangeSets", All);
        map.Field("PriceChangeSet.status", (Batch<PriceChangeSet> sets, Clock clock) => sets.Map(set => set.StatusAt(clock.UtcNow)));
        map.Field("PriceChangeSet.lines", Lines);
        map.Field("PriceChangeLine.presentUnitPrice", PresentUnitPrice);

        map.Field("Mutation.createPriceChangeSet", (CreatePriceChangeSetInput input, PriceChangeSetWrites sets, CancellationToken ct) => sets.Create(input, ct));
        map.Field("Mutation.updatePriceChangeSet", (UpdatePriceChangeSetInput input, PriceChangeSetWrites sets, CancellationToken ct) => sets.Update(input, ct));
        map.Field("Mutation.upsertPriceChanges", (UpsertPriceChangesInput input, PriceChangeLineWrites lines, CancellationToken ct) => lines.Upsert(input, ct));
        map.Field("Mutation.approvePriceChangeSet", (ApprovePriceChangeSetInput input, PriceChangeSetWrites sets, CancellationToken ct) => sets.Approve(input, ct));
        map.Field("Mutation.reopenPriceChangeSet", (ReopenPriceChangeSetInput input, PriceChangeSetWrites sets, CancellationToken ct) => sets.Reopen(input, ct));
        map.Field("Mutation.schedulePriceChangeSet", (
            SchedulePriceChangeSetInput input, PriceChangeSetScheduling scheduling, CancellationToken ct) => scheduling.Schedule(input, ct));
        map.Field("Mutation.cancelPriceChangeSet", (CancelPriceChangeSetInput input, PriceChangeSetScheduling scheduling, CancellationToken ct) => scheduling.Cancel(input, ct));
    }

    internal static async ValueTask<PriceChangeSet?> One(NodeId? id, string? externalId, WholesaleDb db, CancellationToken cancellation)
    {
        if (id is null == externalId is null)
        {
            throw new GraphQLException("Exactly one of `id` and `externalId` is to be given.", ErrorCodes.InvalidValue);
        }

        var key = id?.KeyOf(nameof(PriceChangeSet));
        return await db.PriceChangeSets.SingleOrDefaultAsync(s => externalId == null ? s.Id == key : s.ExternalId == externalId, cancellation);
    }

    internal static async ValueTask<Connection<PriceChangeSet>> All(
        PriceChangeSetStatus? status, int? first, string? after, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var sets = status is { } wanted ? db.PriceChangeSets.Where(PriceChangeSet.IsAt(wanted, clock.UtcNow)) : db.PriceChangeSets;
        if (after is not null)
        {
            var behind = Cursor.Parse(after, NewestFirst).Number(0);
            sets = sets.Where(s => s.Id < behind);
        }

        return page.Connect(await sets.OrderByDescending(s => s.Id).Take(page.Take).ToListAsync(cancellation), s => Cursor.Of(NewestFirst, s.Id));
    }

    /// <summary>Only who reads price lists finds any.</summary>
    internal static async ValueTask<IReadOnlyList<PriceChangeSet?>> Load(IReadOnlyList<long> keys, RequestContext context)
    {
        var mayRead = (await context.Services.GetRequiredService<RequestCaller>().Get(context)).Permissions.Contains(Permission.PricesRead);
        var sets = mayRead
            ? await context.Services.GetRequiredService<WholesaleDb>().PriceChangeSets.Where(s => keys.Contains(s.Id)).ToListAsync(context.Cancellation)
            : [];
        return sets.InOrderOf(keys, s => s.Id);
    }

    private static ValueTask<IReadOnlyList<Connection<ListedPriceChange>>> Lines(
        Batch<PriceChangeSet> sets, int? first, string? after, bool? isKept, WholesaleDb db, CancellationToken cancellation) =>
        PriceChangeSetReads.Pages(db, sets.Map(set => set), Page.Of(first, after), isKept, cancellation);

    /// <summary>What the lists themselves say now, by one statement.</summary>
    private static async ValueTask<IReadOnlyList<Money?>> PresentUnitPrice(
        Batch<ListedPriceChange> lines, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        var now = clock.UtcNow;
        var (listIds, variantIds) = (lines.Map(l => l.PriceList.Id).ToHashSet(), lines.Map(l => l.Variant.Id).ToHashSet());
        var present = new Dictionary<(long, long, Quantity), long>();
        await foreach (var row in PriceReads.OfVariants(db, listIds, variantIds, now).WithCancellation(cancellation))
        {
            if (!(row.ValidFrom > now))
            {
                present[(row.PriceListId, row.VariantId, row.MinimumQuantity)] = row.UnitPrice;
            }
        }

        return lines.Map(line => present.TryGetValue((line.PriceList.Id, line.Variant.Id, line.MinimumQuantity), out var price)
            ? new Money(price, line.PriceList.Currency)
            : (Money?)null);
    }
}

using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>What companies owe for documents here, of schema/credit.graphql. Seen by whom <see cref="CreditFields"/> shows the company's credit.</summary>
public static class OpenItemFields
{
    private const string ByDay = "openItems/DUE_ON";

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<OpenItem>(nameof(OpenItem), item => item.Id, LoadItems);
        map.EventsOf(nameof(OpenItem), CreditEvents.OpenItemOpened, CreditEvents.OpenItemChanged);

        map.Field("Query.overdueItems", OverdueItems);
        map.Field("Company.openItems", CompanyItems);
        map.Field("CreditProfile.overdue", Overdue);
        map.Field("OpenItem.company", Companies);
        map.Field("OpenItem.isOverdue", (Batch<OpenItem> items, Clock clock) => items.Map(item => item.IsOverdueOn(TodayOf(clock))));
        map.Field("OpenItem.earlyPayment", (Batch<OpenItem> items, Clock clock) => items.Map(item => item.EarlyPaymentOn(TodayOf(clock))));
    }

    internal static async ValueTask<Connection<OpenItem>> OverdueItems(int? first, string? after, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        return Connect(page, await Behind(Of(db.OpenItems, OpenItemFilter.Overdue, TodayOf(clock)), page).ToListAsync(cancellation));
    }

    /// <summary>A page of what each company owes, by one statement: the union of one short range of each.</summary>
    internal static async ValueTask<IReadOnlyList<Connection<OpenItem>>> CompanyItems(
        Batch<Company> companies, OpenItemFilter filter, int? first, string? after, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var rows = await companies.Ranges(company => company.Id, company => Behind(Of(db.OpenItems.Where(i => i.CompanyId == company.Id), filter, TodayOf(clock)), page), cancellation);
        var byCompany = rows.ToLookup(item => item.CompanyId);
        return companies.Map(company => Connect(page, [.. byCompany[company.Id].OrderBy(i => i.DueBy).ThenBy(i => i.Id)]));
    }

    internal static async ValueTask<IReadOnlyList<Money>> Overdue(Batch<CreditProfile> profiles, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        var (ids, today) = (profiles.Keys(p => p.CompanyId), TodayOf(clock));
        var sums = await db.OpenItems
            .Where(i => ids.Contains(i.CompanyId) && i.Kind == OpenItemKind.OnAccount && i.Rest > 0 && i.DueBy < today)
            .Join(db.CreditProfiles, i => new { i.CompanyId, i.Currency }, p => new { p.CompanyId, p.Currency }, (i, _) => i)
            .GroupBy(i => i.CompanyId)
            .Select(group => new { CompanyId = group.Key, Rest = group.Sum(i => i.Rest) })
            .ToDictionaryAsync(row => row.CompanyId, row => row.Rest, cancellation);
        return profiles.Map(profile => new Money(sums.GetValueOrDefault(profile.CompanyId), profile.Currency));
    }

    internal static async ValueTask<IReadOnlyList<OpenItem?>> LoadItems(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, isStaff, companyId) = await CreditFields.ScopeOf(context);
        var found = db.OpenItems.Where(i => keys.Contains(i.Id) && (isStaff || i.CompanyId == companyId));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, i => i.Id);
    }

    private static async ValueTask<IReadOnlyList<Company>> Companies(Batch<OpenItem> items, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = items.Keys(i => i.CompanyId);
        return items.Pick(i => i.CompanyId, await db.Companies.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation));
    }

    private static IQueryable<OpenItem> Of(IQueryable<OpenItem> items, OpenItemFilter filter, DateOnly today) => filter switch
    {
        OpenItemFilter.Open => items.Where(i => i.Rest > 0),
        OpenItemFilter.Overdue => items.Where(i => i.Rest > 0 && i.DueBy < today),
        _ => items,
    };

    private static IQueryable<OpenItem> Behind(IQueryable<OpenItem> items, Page page)
    {
        if (page.After is not null)
        {
            var cursor = Cursor.Parse(page.After, ByDay);
            var (day, id) = (DateOnly.FromDateTime(cursor.Instant(0)), cursor.Number(1));
            items = items.Where(i => i.DueBy > day || (i.DueBy == day && i.Id > id));
        }

        return items.OrderBy(i => i.DueBy).ThenBy(i => i.Id).Take(page.Take);
    }

    private static Connection<OpenItem> Connect(Page page, IReadOnlyList<OpenItem> rows) =>
        page.Connect(rows, item => Cursor.Of(ByDay, item.DueBy.ToDateTime(TimeOnly.MinValue), item.Id));

    private static DateOnly TodayOf(Clock clock) => DateOnly.FromDateTime(clock.UtcNow);
}

/// <summary>Which open items.</summary>
public enum OpenItemFilter
{
    /// <summary>Those of which something is to be paid.</summary>
    Open,

    /// <summary>Those of which something was to be paid before today.</summary>
    Overdue,

    /// <summary>All.</summary>
    All,
}

using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Credit;

/// <summary>Payments, of schema/credit.graphql. Seen by whom <see cref="CreditFields"/> shows the company's credit.</summary>
public static class PaymentFields
{
    private const string Newest = "payments/NEWEST";
    private const string InOrder = "paymentAllocations/ID";

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<Payment>(nameof(Payment), payment => payment.Id, LoadPayments);
        map.EventsOf(nameof(Payment), CreditEvents.PaymentRecorded, CreditEvents.PaymentChanged, CreditEvents.PaymentReversed);

        map.Field("Query.payment", OnePayment);
        map.Field("Company.payments", CompanyPayments);
        map.Field("Payment.company", Companies);
        map.Field("Payment.recordedBy", (Batch<Payment> payments) => payments.Map(p => p.RecordedByKeyId == 0 ? null : (NodeId?)new NodeId(nameof(ApiKey), p.RecordedByKeyId)));
        map.Field("Payment.allocations", AllocationsOfPayments);
        map.Field("OpenItem.allocations", AllocationsToItems);
        map.Field("PaymentAllocation.payment", Payments);
        map.Field("PaymentAllocation.openItem", Items);

        map.Field("Mutation.recordPayment", (RecordPaymentInput input, PaymentWrites writes, RequestContext request) =>
            writes.Record(input, (Principal)request.Caller!, request.Cancellation));
        map.Field("Mutation.allocatePayment", (AllocatePaymentInput input, PaymentWrites writes, CancellationToken cancellation) => writes.Allocate(input, cancellation));
        map.Field("Mutation.deallocatePayment", (DeallocatePaymentInput input, PaymentWrites writes, CancellationToken cancellation) => writes.Deallocate(input, cancellation));
        map.Field("Mutation.reversePayment", (ReversePaymentInput input, PaymentWrites writes, CancellationToken cancellation) => writes.Reverse(input, cancellation));
    }

    /// <summary>By its key, exactly: SQL Server finds "A" by "A ", too.</summary>
    internal static async ValueTask<Payment?> OnePayment(string externalId, WholesaleDb db, CancellationToken cancellation)
    {
        var found = await db.Payments.SingleOrDefaultAsync(p => p.ExternalId == externalId, cancellation);
        return found?.ExternalId == externalId ? found : null;
    }

    /// <summary>A page of each company's payments, by one statement: the union of one short range of each.</summary>
    internal static async ValueTask<IReadOnlyList<Connection<Payment>>> CompanyPayments(
        Batch<Company> companies, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var behind = page.After is null ? long.MaxValue : Cursor.Parse(page.After, Newest).Number(0);
        var rows = await companies.Ranges(company => company.Id, company => db.Payments.Where(p => p.CompanyId == company.Id && p.Id < behind).OrderByDescending(p => p.Id).Take(page.Take), cancellation);
        var byCompany = rows.ToLookup(payment => payment.CompanyId);
        return companies.Map(company => page.Connect([.. byCompany[company.Id].OrderByDescending(p => p.Id)], p => Cursor.Of(Newest, p.Id)));
    }

    internal static ValueTask<IReadOnlyList<Connection<PaymentAllocation>>> AllocationsOfPayments(
        Batch<Payment> payments, int? first, string? after, WholesaleDb db, CancellationToken cancellation) =>
        Allocations(payments, payment => db.PaymentAllocations.Where(a => a.PaymentId == payment.Id), payment => payment.Id, a => a.PaymentId, Page.Of(first, after), cancellation);

    internal static ValueTask<IReadOnlyList<Connection<PaymentAllocation>>> AllocationsToItems(
        Batch<OpenItem> items, int? first, string? after, WholesaleDb db, CancellationToken cancellation) =>
        Allocations(items, item => db.PaymentAllocations.Where(a => a.OpenItemId == item.Id), item => item.Id, a => a.OpenItemId, Page.Of(first, after), cancellation);

    internal static async ValueTask<IReadOnlyList<Payment?>> LoadPayments(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, isStaff, companyId) = await CreditFields.ScopeOf(context);
        var found = db.Payments.Where(p => keys.Contains(p.Id) && (isStaff || p.CompanyId == companyId));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, p => p.Id);
    }

    /// <summary>A page of each parent's allocations, by one statement.</summary>
    private static async ValueTask<IReadOnlyList<Connection<PaymentAllocation>>> Allocations<T>(
        Batch<T> parents, Func<T, IQueryable<PaymentAllocation>> allocationsOf, Func<T, long> key, Func<PaymentAllocation, long> parentKey, Page page, CancellationToken cancellation)
    {
        var behind = page.After is null ? 0 : Cursor.Parse(page.After, InOrder).Number(0);
        var rows = await parents.Ranges(key, parent => allocationsOf(parent).Where(a => a.Id > behind).OrderBy(a => a.Id).Take(page.Take), cancellation);
        var byParent = rows.ToLookup(parentKey);
        return parents.Map(parent => page.Connect([.. byParent[key(parent)].OrderBy(a => a.Id)], a => Cursor.Of(InOrder, a.Id)));
    }

    private static async ValueTask<IReadOnlyList<Company>> Companies(Batch<Payment> payments, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = payments.Keys(p => p.CompanyId);
        return payments.Pick(p => p.CompanyId, await db.Companies.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<Payment>> Payments(Batch<PaymentAllocation> allocations, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = allocations.Keys(a => a.PaymentId);
        return allocations.Pick(a => a.PaymentId, await db.Payments.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<OpenItem>> Items(Batch<PaymentAllocation> allocations, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = allocations.Keys(a => a.OpenItemId);
        return allocations.Pick(a => a.OpenItemId, await db.OpenItems.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation));
    }
}

using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Credit;

/// <summary>Short ways to give companies credit.</summary>
internal static class Debtors
{
    public static readonly Currency Euro = Currency.Of("EUR");

    public static Money Euros(decimal euros) => new((long)(euros * 10_000), Euro);

    public static Amount Amount(decimal euros) => Euros(euros).Amount;

    public static Task<BulkResult<PaymentTerm>> Upsert(this RoomDatabase database, params PaymentTermInput[] rows) =>
        database.Write((db, writes) => new PaymentTermWrites(db, writes, database.Ids).Upsert(rows, BulkMode.Partial, default));

    public static Task<BulkResult<CreditProfile>> Upsert(this RoomDatabase database, params CreditProfileInput[] rows) =>
        database.Upsert(BulkMode.Partial, rows);

    public static Task<BulkResult<CreditProfile>> Upsert(this RoomDatabase database, BulkMode mode, params CreditProfileInput[] rows) =>
        database.Write((db, writes) => new CreditWrites(db, writes, database.Clock, new()).Upsert(rows, mode, default));

    public static Task<T> Credit<T>(this RoomDatabase database, Func<CreditWrites, ValueTask<T>> work) =>
        database.Write((db, writes) => work(new CreditWrites(db, writes, database.Clock, new())));

    /// <summary>A company that may owe so much; null: as much as it likes.</summary>
    public static async Task<Company> Debtor(this RoomDatabase database, string externalId, decimal? limit)
    {
        var company = (await database.Upsert(Goods.Company(externalId))).Things[0];
        var result = await database.Upsert(new CreditProfileInput(externalId, Euro, new(limit is { } euros ? Amount(euros) : null)));
        Assert.Empty(result.Errors("creditProfiles"));
        return company;
    }

    public static Task<CreditProfile> ProfileOf(this RoomDatabase database, Company company) =>
        database.Read(async db => await db.CreditProfiles.SingleAsync(p => p.CompanyId == company.Id));

    /// <summary>Reserves as an order does, which tells of it.</summary>
    public static Task<UserError?> Reserve(this RoomDatabase database, long order, Company company, decimal euros) => database.Write(async (db, writes) =>
    {
        writes.Record("ORDERED", order, 1);
        return await new CreditReservations(db).Reserve(order, company.Id, Euros(euros), default);
    });

    public static Task Release(this RoomDatabase database, long order) => database.Write(async (db, writes) =>
    {
        writes.Record("ORDERED", order, 2);
        await new CreditReservations(db).Release(order, default);
        return order;
    });

    /// <summary>Opens an item as the room does that writes the document.</summary>
    public static Task<OpenItem> Owe(
        this RoomDatabase database, Company company, decimal euros, PaymentDays? days = null, OpenItemKind kind = OpenItemKind.OnAccount, long? document = null, string order = "ORD-1", string day = "2026-03-01") =>
        database.Write((db, writes) => new OpenItems(db, writes, database.Ids).Open(
            new(document ?? database.Ids.Next(), "INV", 1, order, company.Id, kind, Euros(euros), days, DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), default));

    public static Task<T> OpenItems<T>(this RoomDatabase database, Func<OpenItems, ValueTask<T>> work) =>
        database.Write((db, writes) => work(new OpenItems(db, writes, database.Ids)));

    public static PaymentWrites Payments(this RoomDatabase database, WholesaleDb db, Wholesale.Platform.Events.Writes writes) =>
        new(db, writes, new PaidItems(db, writes, []), new OverdueHolds(db, writes, database.Clock), database.Clock, database.Ids);

    /// <summary>Records a payment as staff.</summary>
    public static Task<RecordPaymentPayload> Pay(this RoomDatabase database, RecordPaymentInput input) =>
        database.Write((db, writes) => database.Payments(db, writes).Record(input, RoomDatabase.Staff, default));

    /// <summary>So much of a company, for what is due first or for what is said.</summary>
    public static RecordPaymentInput Received(string externalId, decimal euros, string? company = "a", params PaymentAllocationInput[] allocations) =>
        new(externalId, Amount(euros), Euro, new DateOnly(2026, 3, 1), company, Allocations: allocations.Length == 0 ? null : allocations);

    public static Task<OpenItem> ItemOf(this RoomDatabase database, OpenItem item) => database.Read(async db => await db.OpenItems.SingleAsync(i => i.Id == item.Id));
}

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
        database.Write((db, writes) => new CreditWrites(db, writes, database.Clock).Upsert(rows, mode, default));

    public static Task<T> Credit<T>(this RoomDatabase database, Func<CreditWrites, ValueTask<T>> work) =>
        database.Write((db, writes) => work(new CreditWrites(db, writes, database.Clock)));

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
}

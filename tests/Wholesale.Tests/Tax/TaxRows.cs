using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Tests.Tax;

/// <summary>Short ways to write the room's rows.</summary>
internal static class TaxRows
{
    public static TaxRateInput Rate(string externalId, string country, string percent, string? region = null, string taxClass = "standard") => new(
        externalId, $"{externalId} {percent} %", country, region is null ? default : new(region), taxClass, Percent(percent));

    public static Amount Percent(string text) => Amount.TryParse(text, out var amount) ? amount : throw new FormatException(text);

    public static Task<BulkResult<TaxRate>> Upsert(this RoomDatabase database, params TaxRateInput[] rows) => database.Upsert(BulkMode.Partial, rows);

    public static Task<BulkResult<TaxRate>> Upsert(this RoomDatabase database, BulkMode mode, params TaxRateInput[] rows) =>
        database.Write((db, writes) => new TaxRateWrites(db, writes, database.Ids).Upsert(rows, mode, default));

    public static Task<BulkResult<Company>> Upsert(this RoomDatabase database, params CompanyTaxProfileInput[] rows) => database.Upsert(BulkMode.Partial, rows);

    public static Task<BulkResult<Company>> Upsert(this RoomDatabase database, BulkMode mode, params CompanyTaxProfileInput[] rows) =>
        database.Write((db, writes) => new TaxProfileWrites(db, writes).Upsert(rows, mode, default));
}

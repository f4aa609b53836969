using Microsoft.EntityFrameworkCore;

namespace Wholesale.Tax;

/// <summary>Taxes by the seller's own rates and what it knows of the company: one statement, two for a company with exemptions there, none where the place is not known.</summary>
public sealed class TaxTable(WholesaleDb db) : ITaxes
{
    private static readonly Func<WholesaleDb, long, string, string?, DateOnly, IEnumerable<string>, IAsyncEnumerable<KnownRate>> RatesOf = EF.CompileAsyncQuery(
        (WholesaleDb db, long companyId, string country, string? region, DateOnly on, IEnumerable<string> classes) => db.TaxRates
            .Where(r => r.Country == country && classes.Contains(r.TaxClass) && (r.Region == null || r.Region == region)
                && (r.ValidFrom == null || r.ValidFrom <= on) && (r.ValidTo == null || r.ValidTo > on))
            .Select(r => new KnownRate(
                r,
                db.CompanyTaxIds.Any(i => i.CompanyId == companyId && i.Country == country && i.IsVerified),
                db.TaxExemptions.Any(e => e.CompanyId == companyId && e.Country == country))));

    /// <inheritdoc/>
    public async ValueTask<TaxAnswer> Of(TaxQuestion question, CancellationToken cancellation)
    {
        var (companyId, country, region, on, _, _, items) = question;
        if (country is null || items.Count == 0)
        {
            return TaxDecision.Of(question, [], hasTaxId: false, []);
        }

        var classes = items.Select(item => item.TaxClass).ToHashSet();
        var rows = await RatesOf(db, companyId, country, region, on, classes).ToListAsync(cancellation);
        var exemptions = rows.Exists(row => row.HasExemptions)
            ? await db.TaxExemptions.Where(e => e.CompanyId == companyId && e.Country == country).ToListAsync(cancellation)
            : [];
        return TaxDecision.Of(question, rows.ConvertAll(row => row.Rate), rows.Exists(row => row.HasTaxId), exemptions);
    }

    private sealed record KnownRate(TaxRate Rate, bool HasTaxId, bool HasExemptions);
}

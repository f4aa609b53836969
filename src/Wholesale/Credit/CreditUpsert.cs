using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Credit;

/// <summary>What rows of credit profiles refer to: everything that was there before the call, by its keys.</summary>
/// <param name="Companies">Ids by external id.</param>
/// <param name="Profiles">Those of these companies, by company.</param>
/// <param name="Owing">Those of these companies whose currency is to be another, and that owe something on account here.</param>
/// <param name="Terms">Ids of payment terms by external id.</param>
/// <param name="TermsOf">The terms that these companies may choose, by company.</param>
internal sealed record KnownCredit(
    IReadOnlyDictionary<string, long> Companies,
    IReadOnlyDictionary<long, CreditProfile> Profiles,
    HashSet<long> Owing,
    IReadOnlyDictionary<string, long> Terms,
    ILookup<long, CompanyPaymentTerm> TermsOf);

/// <summary>Decides what rows of credit profiles do: pure, row by row. Rows that come to nothing leave nothing behind but their errors.</summary>
internal sealed class CreditUpsert(KnownCredit known, CreditSettings settings)
{
    public Changes<CreditProfile> Profiles { get; } = new();

    /// <summary>Those of them whose currency is another than before: nothing was reserved of them when they were read.</summary>
    public List<CreditProfile> Exchanged { get; } = [];

    public Changes<CompanyPaymentTerm> Terms { get; } = new();

    public List<CompanyPaymentTerm> RemovedTerms { get; } = [];

    public void Decide(BulkRow<CreditProfileInput, CreditProfile> row)
    {
        var (input, errors) = (row.Input, row.Errors);
        if (!known.Companies.TryGetValue(input.Company, out var companyId))
        {
            errors.Add(CompanyErrors.NoSuch("company", input.Company, "company"));
            return;
        }

        var isNew = !known.Profiles.TryGetValue(companyId, out var profile);
        if (input.SourceRevision < profile?.SourceRevision)
        {
            (row.Thing, row.IsSkipped) = (profile, true);
            return;
        }

        profile ??= New(companyId, input, errors);
        var currencyBefore = profile.Currency;
        var isChanged = Change(profile, input, errors);
        var terms = input.PaymentTerms is null ? null : TermIds(input.PaymentTerms, errors);
        if (errors.Any)
        {
            return;
        }

        isChanged |= terms is not null && Choose(companyId, terms);
        profile.Version += isNew || isChanged ? 1 : 0;
        row.Thing = profile;
        Profiles.Note(profile, isNew, isChanged);
        if (!isNew && profile.Currency != currencyBefore)
        {
            Exchanged.Add(profile);
        }
    }

    private CreditProfile New(long companyId, CreditProfileInput input, RowErrors errors)
    {
        if (input.Currency is null)
        {
            errors.Add(CreditErrors.Needed("credit profile", "a currency", "currency"));
        }

        if (!input.Limit.HasValue)
        {
            errors.Add(CreditErrors.Needed("credit profile", "a limit, or null for none", "limit"));
        }

        return new CreditProfile { CompanyId = companyId, Currency = input.Currency ?? default, OverdueHoldAfterDays = settings.OverdueHoldAfterDays };
    }

    private bool Change(CreditProfile profile, CreditProfileInput input, RowErrors errors)
    {
        var before = profile.Written;
        if (input.Currency is { } currency && currency != profile.Currency)
        {
            CheckExchange(profile, input, errors);
        }

        if (input.Limit.Or(null) is { TenThousandths: < 0 } limit)
        {
            errors.Add(CreditErrors.NoLimit(limit, "limit"));
        }

        if (input.OverdueHoldAfterDays.Or(null) is { } days and (< 0 or > CreditProfile.MaximumHoldDays))
        {
            errors.Add(CreditErrors.NoHoldDays(days, "overdueHoldAfterDays"));
        }

        if (input.Rating.Or(null) is { } rating)
        {
            errors.Key(rating, "rating");
        }

        profile.Currency = input.Currency ?? profile.Currency;
        profile.Limit = input.Limit.HasValue ? input.Limit.Or(null)?.TenThousandths : profile.Limit;
        profile.OpenItems = input.OpenItems?.TenThousandths ?? profile.OpenItems;
        profile.IsReceivableElsewhere = !(input.CountsReceivable ?? profile.CountsReceivable);
        profile.OverdueHoldAfterDays = input.OverdueHoldAfterDays.Or(profile.OverdueHoldAfterDays);
        profile.Rating = input.Rating.Or(profile.Rating);
        profile.SourceRevision = input.SourceRevision ?? profile.SourceRevision;
        return before != profile.Written;
    }

    /// <summary>Amounts are not converted: those of another currency are to be given with it, and nothing may be reserved or open.</summary>
    private void CheckExchange(CreditProfile profile, CreditProfileInput input, RowErrors errors)
    {
        if (profile.Reserved != 0)
        {
            errors.Add(CreditErrors.CurrencyStays(profile.Currency, new Money(profile.Reserved, profile.Currency), "currency"));
        }
        else if (known.Owing.Contains(profile.CompanyId))
        {
            errors.Add(CreditErrors.CurrencyIsOwed(profile.Currency, "currency"));
        }
        else if (!input.Limit.HasValue || input.OpenItems is null)
        {
            errors.Add(CreditErrors.AmountsNeeded("currency"));
        }
    }

    private List<long> TermIds(IReadOnlyList<string> externalIds, RowErrors errors)
    {
        var found = new List<long>();
        if (!errors.Length(externalIds, PaymentTerm.MaximumOfCompany, "paymentTerms"))
        {
            return found;
        }

        for (var i = 0; i < externalIds.Count; i++)
        {
            string[] path = ["paymentTerms", RowErrors.Position(i)];
            if (!known.Terms.TryGetValue(externalIds[i], out var id))
            {
                errors.Add(CompanyErrors.NoSuch("payment term", externalIds[i], path));
            }
            else if (found.Contains(id))
            {
                errors.Add(CreditErrors.TermTwice(externalIds[i], path));
            }
            else
            {
                found.Add(id);
            }
        }

        return found;
    }

    /// <summary>Gives a company these terms, the first as default, and takes it all others.</summary>
    /// <returns>Whether it had others, or another default.</returns>
    private bool Choose(long companyId, List<long> termIds)
    {
        var current = known.TermsOf[companyId].ToDictionary(term => term.PaymentTermId);
        var removed = current.Values.Where(term => !termIds.Contains(term.PaymentTermId)).ToList();
        var isChanged = removed.Count > 0;
        RemovedTerms.AddRange(removed);
        foreach (var (place, id) in termIds.Index())
        {
            var isNew = !current.TryGetValue(id, out var term);
            term ??= new CompanyPaymentTerm { CompanyId = companyId, PaymentTermId = id };
            var isOther = term.IsDefault != (place == 0);
            term.IsDefault = place == 0;
            Terms.Note(term, isNew, isOther);
            isChanged |= isNew || isOther;
        }

        return isChanged;
    }
}

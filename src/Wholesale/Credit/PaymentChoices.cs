using Microsoft.EntityFrameworkCore;

namespace Wholesale.Credit;

/// <summary>How companies may pay.</summary>
/// <param name="Terms">The active terms that the company may choose from, the default first, then by external id.</param>
/// <param name="Default">The term of an order that names none; null: one has to be chosen.</param>
/// <param name="Methods">ON_ACCOUNT with a credit profile and at least one term, BANK_TRANSFER always.</param>
public sealed record PaymentChoices(IReadOnlyList<PaymentTerm> Terms, PaymentTerm? Default, IReadOnlyList<PaymentMethod> Methods)
{
    private static readonly Func<WholesaleDb, IEnumerable<long>, IAsyncEnumerable<Choice>> ChoicesOf = EF.CompileAsyncQuery((WholesaleDb db, IEnumerable<long> companyIds) =>
        from choice in db.CompanyPaymentTerms
        join term in db.PaymentTerms on choice.PaymentTermId equals term.Id
        where companyIds.Contains(choice.CompanyId) && term.IsActive
        orderby choice.IsDefault descending, term.ExternalId
        select new Choice(choice.CompanyId, choice.IsDefault, term, db.CreditProfiles.Any(p => p.CompanyId == choice.CompanyId)));

    /// <summary>The term that was chosen, null if it cannot be any more; the default where none was chosen.</summary>
    /// <param name="chosenId">Null: none was chosen.</param>
    public PaymentTerm? Of(long? chosenId) => chosenId is null ? Default : Terms.FirstOrDefault(term => term.Id == chosenId);

    /// <summary>What a company may choose from.</summary>
    public static async ValueTask<PaymentChoices> PaymentTermsOf(WholesaleDb db, long companyId, CancellationToken cancellation) =>
        (await PaymentTermsOf(db, [companyId], cancellation))[companyId];

    /// <summary>What companies may choose from, by company: one statement.</summary>
    public static async ValueTask<IReadOnlyDictionary<long, PaymentChoices>> PaymentTermsOf(
        WholesaleDb db, IReadOnlyList<long> companyIds, CancellationToken cancellation)
    {
        var rows = await ChoicesOf(db, companyIds).ToListAsync(cancellation);
        var byCompany = rows.ToLookup(row => row.CompanyId);
        return companyIds.ToDictionary(id => id, id =>
        {
            var choices = byCompany[id].ToList();
            return new PaymentChoices(
                choices.ConvertAll(row => row.Term),
                choices.Find(row => row.IsDefault)?.Term,
                choices.Exists(row => row.HasCredit) ? [PaymentMethod.OnAccount, PaymentMethod.BankTransfer] : [PaymentMethod.BankTransfer]);
        });
    }

    private sealed record Choice(long CompanyId, bool IsDefault, PaymentTerm Term, bool HasCredit);
}

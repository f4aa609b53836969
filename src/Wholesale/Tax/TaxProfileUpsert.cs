using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Tax;

/// <summary>What rows of tax profiles refer to: everything that was there before the call.</summary>
/// <param name="Companies">Those that rows name, by external id.</param>
/// <param name="Profiles">Theirs, by company.</param>
/// <param name="TaxIds">Theirs, by company.</param>
/// <param name="Exemptions">Theirs, by company.</param>
internal sealed record KnownTaxProfiles(
    IReadOnlyDictionary<string, Company> Companies,
    IReadOnlyDictionary<long, CompanyTaxProfile> Profiles,
    ILookup<long, CompanyTaxId> TaxIds,
    ILookup<long, TaxExemption> Exemptions);

/// <summary>Decides what rows of tax profiles do: pure, row by row. A row is checked whole before anything of it is carried out.</summary>
internal sealed class TaxProfileUpsert(KnownTaxProfiles known)
{
    private const int MaximumTaxIds = 100;
    private const int MaximumExemptions = 200;

    public Changes<CompanyTaxProfile> Profiles { get; } = new();

    public Replacement<CompanyTaxId> TaxIds { get; } = new();

    public Replacement<TaxExemption> Exemptions { get; } = new();

    public void Decide(BulkRow<CompanyTaxProfileInput, Company> row)
    {
        var (input, errors) = (row.Input, row.Errors);
        if (!known.Companies.TryGetValue(input.Company, out var company))
        {
            errors.Add(CompanyErrors.NoSuch("company", input.Company, "company"));
        }

        row.Thing = company;
        var profile = company is null ? null : known.Profiles.GetValueOrDefault(company.Id);
        row.IsSkipped = input.SourceRevision < profile?.SourceRevision;
        if (row.IsSkipped)
        {
            return; // whatever else it says
        }

        CheckTaxIds(input.TaxIds, errors);
        CheckExemptions(input.TaxExemptions, errors);
        if (company is not null && !errors.Any)
        {
            CarryOut(input, profile ?? new CompanyTaxProfile { CompanyId = company.Id }, isNew: profile is null);
        }
    }

    private void CarryOut(CompanyTaxProfileInput input, CompanyTaxProfile profile, bool isNew)
    {
        var id = profile.CompanyId;
        var isChanged = input.SourceRevision is { } revision && profile.SourceRevision != revision;
        profile.SourceRevision = input.SourceRevision ?? profile.SourceRevision;
        isChanged |= input.TaxIds is { } taxIds && TaxIds.Replace(known.TaxIds[id], taxIds.Select(taxId => new CompanyTaxId
        {
            CompanyId = id,
            Country = taxId.Country,
            Number = NumberOf(taxId.Number),
            IsVerified = taxId.IsVerified,
        }));
        isChanged |= input.TaxExemptions is { } exemptions && Exemptions.Replace(known.Exemptions[id], exemptions.Select((exemption, position) => new TaxExemption
        {
            CompanyId = id,
            Position = position,
            Country = exemption.Country,
            Region = exemption.Region,
            CertificateNumber = exemption.CertificateNumber,
            ValidFrom = exemption.ValidFrom,
            ValidTo = exemption.ValidTo,
        }));
        if (isChanged)
        {
            profile.Version++;
            Profiles.Note(profile, isNew, isChanged);
        }
    }

    private static void CheckTaxIds(IReadOnlyList<CompanyTaxIdInput>? taxIds, RowErrors errors)
    {
        var countries = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; errors.Length(taxIds, MaximumTaxIds, "taxIds") && i < (taxIds?.Count ?? 0); i++)
        {
            var (taxId, path) = (taxIds![i], (string[])["taxIds", RowErrors.Position(i)]);
            TaxPlaces.Check(taxId.Country, null, errors, path);
            if (NumberOf(taxId.Number) is not { Length: > 0 and <= CompanyTaxId.MaximumNumberLength } number || number.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
            {
                errors.Add(TaxErrors.NotATaxId([.. path, "number"]));
            }

            if (!countries.Add(taxId.Country))
            {
                errors.Add(TaxErrors.SameCountryTwice(taxId.Country, [.. path, "country"]));
            }
        }
    }

    private static void CheckExemptions(IReadOnlyList<TaxExemptionInput>? exemptions, RowErrors errors)
    {
        for (var i = 0; errors.Length(exemptions, MaximumExemptions, "taxExemptions") && i < (exemptions?.Count ?? 0); i++)
        {
            var (exemption, path) = (exemptions![i], (string[])["taxExemptions", RowErrors.Position(i)]);
            TaxPlaces.Check(exemption.Country, exemption.Region, errors, path);
            errors.Text(exemption.CertificateNumber, TaxExemption.MaximumNumberLength, [.. path, "certificateNumber"]);
            Days.Check(exemption.ValidFrom, exemption.ValidTo, errors, [.. path, "validTo"]);
        }
    }

    private static string NumberOf(string given) => string.Concat(given.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}

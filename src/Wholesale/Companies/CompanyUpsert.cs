using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>What rows of companies refer to: everything that was there before the call, by its keys.</summary>
/// <param name="Companies">Those that rows name, by external id.</param>
/// <param name="Tiers">Ids by external id.</param>
/// <param name="Markets">Ids by external id.</param>
/// <param name="Units">All units of these companies, by company.</param>
/// <param name="Users">The users of these companies that rows name.</param>
/// <param name="Logins">All logins of the companies for whose users rows give logins, by company.</param>
/// <param name="Addresses">All addresses of the companies for which rows give addresses, by company.</param>
/// <param name="Emails">Who has the addresses that rows name, by <see cref="CompanyUser.KeyOf"/>.</param>
internal sealed record KnownCompanies(
    IReadOnlyDictionary<string, Company> Companies,
    IReadOnlyDictionary<string, long> Tiers,
    IReadOnlyDictionary<string, long> Markets,
    ILookup<long, CompanyUnit> Units,
    IReadOnlyDictionary<(long CompanyId, string ExternalId), CompanyUser> Users,
    ILookup<long, UserLogin> Logins,
    ILookup<long, Address> Addresses,
    IReadOnlyDictionary<string, long> Emails);

/// <summary>Decides what rows of companies do: pure, row by row. Rows that come to nothing leave nothing behind but their errors.</summary>
internal sealed class CompanyUpsert(KnownCompanies known, Ids ids, DateTime now)
{
    private readonly Dictionary<string, long> claimedEmails = [];

    public Changes<Company> Companies { get; } = new();

    public Changes<CompanyUnit> Units { get; } = new();

    public Changes<CompanyUser> Users { get; } = new();

    public List<UserLogin> AddedLogins { get; } = [];

    public List<UserLogin> RemovedLogins { get; } = [];

    public List<Address> AddedAddresses { get; } = [];

    public List<Address> ChangedAddresses { get; } = [];

    /// <summary>The companies that are not as they were: in themselves, their units, users or addresses; and what they were, where prices or catalog hang on it.</summary>
    public List<(Company Company, FormerCompany? Former)> Touched { get; } = [];

    /// <summary>Those of them of which rules of segments may say something else than before.</summary>
    public List<Company> Reclassified { get; } = [];

    public void Decide(BulkRow<CompanyInput, Company> row)
    {
        var (input, errors) = (row.Input, row.Errors);
        errors.Key(input.ExternalId, "externalId");
        if (known.Companies.TryGetValue(input.ExternalId, out var company))
        {
            row.Thing = company;
            row.IsSkipped = !errors.Any && input.SourceRevision < company.SourceRevision;
        }

        if (!row.IsGood)
        {
            return;
        }

        var isNew = company is null;
        company ??= New(input, errors);
        var (classBefore, termsBefore) = (ClassOf(company), company.Terms);
        var isChanged = Change(company, input, errors);
        var units = new UnitsOfRow(company, [.. known.Units[company.Id]], known, ids);
        isChanged |= units.Decide(input, errors);
        var users = new List<(CompanyUser User, bool IsNew, bool IsChanged)>();
        var formerUsers = new List<UserPlace>();
        var logins = new LoginsOfRow(known.Logins[company.Id], ids);
        isChanged |= DecideUsers(company, input.Users ?? [], units.All, logins, users, formerUsers, errors);
        var addresses = new AddressUpsert(company.Id, known.Addresses[company.Id], units.All, ids);
        addresses.Decide(input.Addresses ?? [], errors);
        isChanged |= addresses.IsChanged;
        if (errors.Any)
        {
            return;
        }

        if (isChanged || isNew)
        {
            company.Version++;
            company.UpdatedAt = now;
            Touched.Add((company, isNew ? null : FormerCompany.Of(termsBefore == company.Terms ? null : termsBefore, units.Former, formerUsers)));
        }

        if (isNew || classBefore != ClassOf(company))
        {
            Reclassified.Add(company);
        }

        row.Thing = company;
        Companies.Note(company, isNew, isChanged);
        units.NoteIn(Units);
        logins.NoteIn(AddedLogins, RemovedLogins);
        AddedAddresses.AddRange(addresses.Added);
        ChangedAddresses.AddRange(addresses.Changed);
        foreach (var (user, isNewUser, isChangedUser) in users)
        {
            Users.Note(user, isNewUser, isChangedUser);
            claimedEmails[user.EmailKey] = user.Id;
        }
    }

    private Company New(CompanyInput input, RowErrors errors)
    {
        if (input.Name is null)
        {
            errors.Add(CompanyErrors.NameNeeded("company", "name"));
        }

        return new Company { Id = ids.Next(), ExternalId = input.ExternalId, Name = "", NameKey = "", UpdatedAt = now };
    }

    private bool Change(Company company, CompanyInput input, RowErrors errors)
    {
        var before = (company.Name, company.Verification, company.Currency, company.Locale, company.SourceRevision);
        var classBefore = ClassOf(company);
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
            company.Name = name;
            company.NameKey = NameKey.Of(name);
        }

        company.Verification = input.Verification ?? company.Verification;
        Classify(company, input, errors);
        company.Currency = input.Currency.Or(company.Currency);
        company.Locale = input.Locale.Or(null) is { } locale ? errors.Locale(locale, "locale") : input.Locale.Or(company.Locale);
        company.SourceRevision = input.SourceRevision ?? company.SourceRevision;
        return classBefore != ClassOf(company)
            || before != (company.Name, company.Verification, company.Currency, company.Locale, company.SourceRevision);
    }

    private void Classify(Company company, CompanyInput input, RowErrors errors)
    {
        company.BusinessType = input.BusinessType.Or(company.BusinessType);
        company.TierId = Reference(input.Tier, company.TierId, known.Tiers, "tier", errors, "tier");
        company.MarketId = Reference(input.Market, company.MarketId, known.Markets, "market", errors, "market");
        company.Industry = Code(input.Industry, company.Industry, errors, "industry");
        company.Region = Code(input.Region, company.Region, errors, "region");
        company.Country = input.Country.Or(company.Country);
        if (input.Country.Or(null) is { } country && !Company.IsCountry(country))
        {
            errors.Add(CompanyErrors.NotACountry(country, "country"));
        }

        company.Employees = input.Employees.Or(company.Employees);
        if (input.Employees.Or(null) is { } employees and < 0)
        {
            errors.Add(CompanyErrors.NotANumberOfEmployees(employees, "employees"));
        }
    }

    /// <summary>What rules of segments look at and rows can change.</summary>
    private static (BusinessType?, long?, long?, string?, string?, string?, int?) ClassOf(Company company) =>
        (company.BusinessType, company.TierId, company.MarketId, company.Industry, company.Country, company.Region, company.Employees);

    private static string? Code(Optional<string?> given, string? current, RowErrors errors, string field)
    {
        if (given.Or(null) is { } code)
        {
            errors.Key(code, field);
        }

        return given.Or(current);
    }

    internal static long? Reference(
        Optional<string?> given, long? current, IReadOnlyDictionary<string, long> known, string what, RowErrors errors, params string[] path)
    {
        if (given.Or(null) is not { } externalId)
        {
            return given.HasValue ? null : current;
        }

        if (known.TryGetValue(externalId, out var id))
        {
            return id;
        }

        errors.Add(CompanyErrors.NoSuch(what, externalId, path));
        return current;
    }

    private bool DecideUsers(
        Company company,
        IReadOnlyList<CompanyUserInput> inputs,
        IReadOnlyDictionary<string, CompanyUnit> units,
        LoginsOfRow logins,
        List<(CompanyUser User, bool IsNew, bool IsChanged)> users,
        List<UserPlace> formerUsers,
        RowErrors errors)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var emails = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            string[] Path(string field) => ["users", RowErrors.Position(i), field];
            errors.Key(input.ExternalId, Path("externalId"));
            if (!named.Add(input.ExternalId))
            {
                errors.Add(ErrorCodes.DuplicateRow, $"The user \"{input.ExternalId}\" stands twice in this row.", Path("externalId"));
                continue;
            }

            var isNew = !known.Users.TryGetValue((company.Id, input.ExternalId), out var user);
            user ??= NewUser(company, input, units, errors, Path);
            var before = (user.Name, user.Email, user.Role, user.UnitId);
            ChangeUser(user, input, units, emails, errors, Path);
            var isChanged = isNew || before != (user.Name, user.Email, user.Role, user.UnitId);
            isChanged |= input.Logins is { } given && logins.Replace(user, given, errors, Path);
            user.Version += isChanged ? 1 : 0;
            formerUsers.AddRange(isNew || before.UnitId == user.UnitId ? [] : [new UserPlace(user.Id, before.UnitId)]);
            users.Add((user, isNew, isChanged));
        }

        logins.Check(errors);
        return users.Exists(user => user.IsChanged);
    }

    private CompanyUser NewUser(
        Company company, CompanyUserInput input, IReadOnlyDictionary<string, CompanyUnit> units, RowErrors errors, Func<string, string[]> path)
    {
        if (input.Name is null)
        {
            errors.Add(CompanyErrors.NameNeeded("user", path("name")));
        }

        if (input.Email is null)
        {
            errors.Add(CompanyErrors.EmailNeeded(path("email")));
        }

        return new CompanyUser
        {
            Id = ids.Next(),
            CompanyId = company.Id,
            ExternalId = input.ExternalId,
            Name = "",
            Email = "",
            EmailKey = "",
            Role = CompanyRole.Buyer,
            UnitId = CompanyUnit.InOrder(units.Values).First().Id,
        };
    }

    private void ChangeUser(
        CompanyUser user,
        CompanyUserInput input,
        IReadOnlyDictionary<string, CompanyUnit> units,
        HashSet<string> emailsOfRow,
        RowErrors errors,
        Func<string, string[]> path)
    {
        if (input.Name is { } name)
        {
            errors.Name(name, path("name"));
            user.Name = name;
        }

        if (input.Email is { } email)
        {
            var key = CompanyUser.KeyOf(email);
            if (!CompanyUser.IsEmail(email))
            {
                errors.Add(CompanyErrors.NotAnEmail(email, path("email")));
            }
            else if (!emailsOfRow.Add(key) || (HolderOf(key) is { } holder && holder != user.Id))
            {
                errors.Add(CompanyErrors.EmailIsTaken(email, path("email")));
            }

            user.Email = email;
            user.EmailKey = key;
        }

        user.Role = input.Role ?? user.Role;
        if (input.Unit is { } unit)
        {
            if (units.TryGetValue(unit, out var found))
            {
                user.UnitId = found.Id;
            }
            else
            {
                errors.Add(CompanyErrors.NoSuch("unit", unit, path("unit")));
            }
        }
    }

    // An address that a user gives up in this call is free from the next call on: the database checks each row as it is written.
    private long? HolderOf(string emailKey) =>
        known.Emails.TryGetValue(emailKey, out var before) ? before
        : claimedEmails.TryGetValue(emailKey, out var now) ? now
        : null;
}

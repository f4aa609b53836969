using Wholesale.Platform;

namespace Wholesale.Budgets;

/// <summary>What rows of budgets refer to: everything that was there before the call, by its keys.</summary>
/// <param name="OwnCompanyId">The company of all rows; null: each names its own.</param>
/// <param name="Companies">Ids by external id, where rows name theirs.</param>
/// <param name="Budgets">Those that rows may name.</param>
/// <param name="Units">Ids of units that rows may name.</param>
/// <param name="Users">Ids of users that rows may name.</param>
/// <param name="InUse">The budgets of which something is spent.</param>
/// <param name="Counts">How many budgets companies have; those that have none are not in it.</param>
internal sealed record KnownBudgets(
    long? OwnCompanyId,
    IReadOnlyDictionary<string, long> Companies,
    IReadOnlyDictionary<(long CompanyId, string ExternalId), Budget> Budgets,
    IReadOnlyDictionary<(long CompanyId, string ExternalId), long> Units,
    IReadOnlyDictionary<(long CompanyId, string ExternalId), long> Users,
    IReadOnlySet<long> InUse,
    IReadOnlyDictionary<long, int> Counts);

/// <summary>Decides what rows of budgets do: pure, row by row. Rows that come to nothing leave nothing behind but their errors.</summary>
internal sealed class BudgetUpsert(KnownBudgets known, Ids ids)
{
    private readonly HashSet<(long, string)> taken = [];
    private readonly Dictionary<long, int> counts = new(known.Counts);

    public Changes<Budget> Budgets { get; } = new();

    /// <summary>Those of them whose frame is another than before: nothing was spent of them when they were read.</summary>
    public List<Budget> Reframed { get; } = [];

    public void Decide(BulkRow<BudgetInput, Budget> row)
    {
        var (input, errors) = (row.Input, row.Errors);
        errors.Key(input.ExternalId, "externalId");
        if (errors.Any || CompanyOf(input, errors) is not { } companyId)
        {
            return;
        }

        if (!taken.Add((companyId, input.ExternalId)))
        {
            errors.Add(BudgetErrors.Twice(input.ExternalId));
            return;
        }

        var isNew = !known.Budgets.TryGetValue((companyId, input.ExternalId), out var budget);
        budget ??= New(companyId, input, errors);
        var (before, frameBefore) = (budget.Terms, budget.Frame);
        Change(budget, input, errors);
        if (errors.Any)
        {
            return;
        }

        var isChanged = isNew || !before.Equals(budget.Terms);
        budget.Version += isChanged ? 1 : 0;
        row.Thing = budget;
        Budgets.Note(budget, isNew, isChanged);
        if (isNew)
        {
            counts[companyId] = counts.GetValueOrDefault(companyId) + 1;
        }
        else if (frameBefore != budget.Frame)
        {
            Reframed.Add(budget);
        }
    }

    private long? CompanyOf(BudgetInput input, RowErrors errors)
    {
        if (known.OwnCompanyId is { } own)
        {
            return own;
        }

        if (input.Company is null)
        {
            errors.Add(BudgetErrors.CompanyNeeded());
            return null;
        }

        if (known.Companies.TryGetValue(input.Company, out var id))
        {
            return id;
        }

        errors.Add(BudgetErrors.NoSuch("company", input.Company, "company"));
        return null;
    }

    private Budget New(long companyId, BudgetInput input, RowErrors errors)
    {
        if (counts.GetValueOrDefault(companyId) >= Budget.MaximumOfCompany)
        {
            errors.Add(BudgetErrors.TooMany());
        }

        (bool IsGiven, string What, string Field)[] needs =
        [
            (input.Name is not null, "a name", "name"),
            (input.Scope is not null, "a scope", "scope"),
            (input.Amount is not null, "an amount", "amount"),
            (input.Currency is not null, "a currency", "currency"),
            (input.Period is not null, "a period", "period"),
            (input.StartsOn is not null, "its first day", "startsOn"),
        ];
        foreach (var (_, what, field) in needs.Where(need => !need.IsGiven))
        {
            errors.Add(BudgetErrors.Needed(what, field));
        }

        return new Budget { Id = ids.Next(), CompanyId = companyId, ExternalId = input.ExternalId, Name = "" };
    }

    private void Change(Budget budget, BudgetInput input, RowErrors errors)
    {
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
            budget.Name = name;
        }

        if (input.Amount is { TenThousandths: < 0 } negative)
        {
            errors.Add(BudgetErrors.Negative(negative));
        }

        budget.Amount = input.Amount?.TenThousandths ?? budget.Amount;
        budget.Policy = input.Policy ?? budget.Policy;
        budget.IsActive = input.IsActive ?? budget.IsActive;
        ChangePeriods(budget, input, errors);
        if (input.Scope is not null || budget.Version > 0)
        {
            ChangeScope(budget, input, errors);
        }
    }

    private void ChangePeriods(Budget budget, BudgetInput input, RowErrors errors)
    {
        var before = budget.Frame;
        budget.Currency = input.Currency ?? budget.Currency;
        budget.Period = input.Period ?? budget.Period;
        budget.StartsOn = input.StartsOn ?? budget.StartsOn;
        budget.EndsOn = input.EndsOn.Or(budget.EndsOn);
        if (before != budget.Frame && known.InUse.Contains(budget.Id))
        {
            errors.Add(BudgetErrors.InUse(before.Currency != budget.Currency ? "currency" : before.Period != budget.Period ? "period" : "startsOn"));
        }

        if (budget.EndsOn < budget.StartsOn)
        {
            errors.Add(BudgetErrors.EndsBefore(budget.EndsOn.Value, budget.StartsOn));
        }
        else if (budget.Period == BudgetPeriodLength.Fixed && budget.EndsOn is null)
        {
            errors.Add(BudgetErrors.NeedsEnd());
        }
    }

    /// <summary>Exactly what the scope says is there afterwards: what is given for another scope is refused, what was there for one is forgotten.</summary>
    private void ChangeScope(Budget budget, BudgetInput input, RowErrors errors)
    {
        budget.Scope = input.Scope ?? budget.Scope;
        budget.UnitId = Target(BudgetScope.Unit, budget, input.Unit, budget.UnitId, known.Units, "unit", "UNIT", errors);
        budget.UserId = Target(BudgetScope.User, budget, input.User, budget.UserId, known.Users, "user", "USER", errors);
        if (input.CostCenter is { } costCenter)
        {
            errors.Key(costCenter, "costCenter");
        }

        var isOfCostCenter = budget.Scope == BudgetScope.CostCenter;
        budget.CostCenter = isOfCostCenter ? input.CostCenter ?? budget.CostCenter : null;
        CheckGiven(isOfCostCenter, input.CostCenter is not null, budget.CostCenter is not null, "costCenter", "COST_CENTER", errors);
    }

    private static long? Target(
        BudgetScope scope,
        Budget budget,
        string? given,
        long? current,
        IReadOnlyDictionary<(long CompanyId, string ExternalId), long> known,
        string field,
        string scopeName,
        RowErrors errors)
    {
        var isOfScope = budget.Scope == scope;
        CheckGiven(isOfScope, given is not null, given is not null || current is not null, field, scopeName, errors);
        if (!isOfScope || given is null)
        {
            return isOfScope ? current : null;
        }

        if (known.TryGetValue((budget.CompanyId, given), out var id))
        {
            return id;
        }

        errors.Add(BudgetErrors.NoSuch(field, given, field));
        return current;
    }

    private static void CheckGiven(bool isOfScope, bool isGiven, bool isThere, string field, string scopeName, RowErrors errors)
    {
        if (isGiven && !isOfScope)
        {
            errors.Add(BudgetErrors.OfOtherScope(field, scopeName));
        }
        else if (isOfScope && !isThere)
        {
            errors.Add(BudgetErrors.ScopeNeeds(field, scopeName));
        }
    }
}

using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Budgets;

// The input objects of schema/budgets.graphql and their payload. A field that may be left out is Optional where null would clear a value.

/// <summary>Rows of budgets.</summary>
public sealed record UpsertBudgetsInput(IReadOnlyList<BudgetInput> Budgets, BulkMode Mode = BulkMode.Partial);

/// <summary>A budget.</summary>
public sealed record BudgetInput(
    string ExternalId,
    string? Company = null,
    string? Name = null,
    BudgetScope? Scope = null,
    string? Unit = null,
    string? User = null,
    string? CostCenter = null,
    Amount? Amount = null,
    Currency? Currency = null,
    BudgetPeriodLength? Period = null,
    DateOnly? StartsOn = null,
    Optional<DateOnly?> EndsOn = default,
    BudgetPolicy? Policy = null,
    bool? IsActive = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertBudgetsPayload(IReadOnlyList<Budget> Budgets, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

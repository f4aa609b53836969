using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Budgets;

/// <summary>What may be spent in each period by a unit, by a user, or for a cost centre.</summary>
public sealed class Budget
{
    /// <summary>How many budgets a company may have.</summary>
    public const int MaximumOfCompany = 1_000;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The key, unique within the company, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Whose orders count.</summary>
    public BudgetScope Scope { get; set; }

    /// <summary>The unit whose orders count, and those of all units below it; null unless the scope is UNIT.</summary>
    public long? UnitId { get; set; }

    /// <summary>The user whose orders count; null unless the scope is USER.</summary>
    public long? UserId { get; set; }

    /// <summary>The cost centre for which orders count, 1–64 characters, compared exactly; null unless the scope is COST_CENTER.</summary>
    public string? CostCenter { get; set; }

    /// <summary>What the amount is in.</summary>
    public Currency Currency { get; set; }

    /// <summary>What may be spent in each period, in 1/10,000 of the currency's unit, 0 or more.</summary>
    public long Amount { get; set; }

    /// <summary>How long each period is.</summary>
    public BudgetPeriodLength Period { get; set; }

    /// <summary>The first day of the first period.</summary>
    public DateOnly StartsOn { get; set; }

    /// <summary>The last day of all; null: there is none, unless the period is FIXED.</summary>
    public DateOnly? EndsOn { get; set; }

    /// <summary>What happens to an order for which not enough is left.</summary>
    public BudgetPolicy Policy { get; set; }

    /// <summary>Whether orders count.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>All that a row can change.</summary>
    internal object Terms => (Name, (Scope, UnitId, UserId, CostCenter), Currency, Amount, Period, (StartsOn, EndsOn), Policy, IsActive);

    /// <summary>What the keys and the unit of what is spent hang on.</summary>
    internal (Currency Currency, BudgetPeriodLength Period, DateOnly StartsOn) Frame => (Currency, Period, StartsOn);

    /// <summary>The period of a day; null: there is none.</summary>
    public BudgetDays? PeriodOn(DateOnly day) => BudgetPeriods.On(Period, StartsOn, EndsOn, day);

    /// <summary>A period in which something was spent, also where the budget was ended before it.</summary>
    internal BudgetPeriod PeriodFrom(DateOnly firstDay, long spent) => With(PeriodOn(firstDay) ?? BudgetPeriods.On(Period, StartsOn, null, firstDay) ?? new(firstDay, firstDay), spent);

    /// <summary>A period with what was spent in it.</summary>
    internal BudgetPeriod With(BudgetDays days, long spent) => new(days.First, days.Last, new Money(Amount, Currency), new Money(spent, Currency));

    internal static void Map(ModelBuilder model)
    {
        model.Entity<Budget>(budget =>
        {
            budget.Property(b => b.Id).ValueGeneratedNever();
            budget.Property(b => b.ExternalId).HasMaxLength(64);
            budget.Property(b => b.Name).HasMaxLength(200);
            budget.Property(b => b.CostCenter).HasMaxLength(64).IsCode();
            budget.Property(b => b.Amount).InUnit(Stored.TenThousandths);
            budget.Ignore(b => b.Terms);
            budget.Ignore(b => b.Frame);
            budget.HasIndex(b => new { b.CompanyId, b.ExternalId }).IsUnique();
            budget.HasIndex(b => b.UnitId).Serves("budgets_of_a_unit");
            budget.HasIndex(b => b.UserId).Serves("budgets_of_a_user");
            budget.HasOne<Company>().WithMany().HasForeignKey(b => b.CompanyId).OnDelete(DeleteBehavior.Restrict);
            budget.HasOne<CompanyUnit>().WithMany().HasForeignKey(b => b.UnitId).OnDelete(DeleteBehavior.Restrict);
            budget.HasOne<CompanyUser>().WithMany().HasForeignKey(b => b.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<BudgetUse>(use =>
        {
            use.HasKey(u => new { u.BudgetId, u.FirstDay });
            use.Property(u => u.Spent).InUnit(Stored.TenThousandths);
            use.HasOne<Budget>().WithMany().HasForeignKey(u => u.BudgetId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<BudgetReservation>(reservation =>
        {
            reservation.HasKey(r => new { r.OwnerId, r.BudgetId });
            reservation.Property(r => r.Amount).InUnit(Stored.TenThousandths);
            reservation.HasIndex(r => new { r.BudgetId, r.FirstDay }).Serves("reservations_of_a_period");
            reservation.HasOne<BudgetUse>().WithMany().HasForeignKey(r => new { r.BudgetId, r.FirstDay }).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>What was spent in one period of a budget: changed by <see cref="BudgetReservations"/> alone.</summary>
public sealed class BudgetUse
{
    /// <summary>The budget.</summary>
    public required long BudgetId { get; init; }

    /// <summary>The period's first day.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The sum of all <see cref="BudgetReservation"/>s, in 1/10,000 of the unit of the budget's currency.</summary>
    public long Spent { get; init; }
}

/// <summary>What an order has taken of one budget.</summary>
public sealed class BudgetReservation
{
    /// <summary>The order: it takes of each budget once at most.</summary>
    public required long OwnerId { get; init; }

    /// <summary>The budget.</summary>
    public required long BudgetId { get; init; }

    /// <summary>The first day of the period.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>How much, in 1/10,000 of the unit of the budget's currency, which stays as long as something is spent.</summary>
    public required long Amount { get; init; }
}

/// <summary>Whose orders count for a budget. The numbers are stored.</summary>
public enum BudgetScope
{
    /// <summary>Those of a unit and of all units below it.</summary>
    Unit = 0,

    /// <summary>Those of a user.</summary>
    User = 1,

    /// <summary>Those for a cost centre.</summary>
    CostCenter = 2,
}

/// <summary>How long each period of a budget is. The numbers are stored.</summary>
public enum BudgetPeriodLength
{
    /// <summary>A month.</summary>
    Month = 0,

    /// <summary>Three months.</summary>
    Quarter = 1,

    /// <summary>Twelve months.</summary>
    Year = 2,

    /// <summary>One period alone, from the first day to the last.</summary>
    Fixed = 3,
}

/// <summary>What happens to an order for which not enough of a budget is left. The numbers are stored.</summary>
public enum BudgetPolicy
{
    /// <summary>It is refused.</summary>
    Block = 0,

    /// <summary>The buyer is warned, and the order counts all the same.</summary>
    Warn = 1,
}

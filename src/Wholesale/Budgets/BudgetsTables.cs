using Microsoft.EntityFrameworkCore;
using Wholesale.Budgets;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>What may be spent.</summary>
    public DbSet<Budget> Budgets => Set<Budget>();

    /// <summary>What was spent in their periods.</summary>
    public DbSet<BudgetUse> BudgetUses => Set<BudgetUse>();

    /// <summary>What orders have taken of them.</summary>
    public DbSet<BudgetReservation> BudgetReservations => Set<BudgetReservation>();

    private static void MapBudgets(ModelBuilder model) => Budget.Map(model);
}

using Wholesale.Platform;

namespace Wholesale.Budgets;

/// <summary>The days of a period.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
public readonly record struct BudgetDays(DateOnly First, DateOnly Last);

/// <summary>One period of a budget with what was spent in it.</summary>
/// <param name="FirstDay">Its first day.</param>
/// <param name="LastDay">Its last day.</param>
/// <param name="Amount">What may be spent in it.</param>
/// <param name="Spent">What orders have taken.</param>
public sealed record BudgetPeriod(DateOnly FirstDay, DateOnly LastDay, Money Amount, Money Spent)
{
    /// <summary>What is left, not below 0.</summary>
    public Money Available => Amount with { TenThousandths = Math.Max(0, Amount.TenThousandths - Spent.TenThousandths) };
}

/// <summary>
/// In which period of a budget a day lies. Periods are counted in months from the first day of all, never from one another: one that begins on the 31st begins on the
/// last day of a shorter month, and on the 31st again after it.
/// </summary>
public static class BudgetPeriods
{
    /// <summary>The period of a day; null before the first day and after the last.</summary>
    /// <param name="length">How long each period is.</param>
    /// <param name="startsOn">The first day of the first period.</param>
    /// <param name="endsOn">The last day of all, which cuts the last period short; null: there is none.</param>
    /// <param name="day">The day.</param>
    public static BudgetDays? On(BudgetPeriodLength length, DateOnly startsOn, DateOnly? endsOn, DateOnly day)
    {
        var last = endsOn ?? DateOnly.MaxValue;
        if (day < startsOn || day > last)
        {
            return null;
        }

        if (MonthsOf(length) is not { } months)
        {
            return new BudgetDays(startsOn, last);
        }

        // A period that begins in the day's own month may begin behind the day: then it is the one before.
        var number = MonthsBetween(startsOn, day) / months;
        number -= Start(startsOn, number * months) > day ? 1 : 0;
        var lastOfPeriod = Start(startsOn, (number + 1) * months)?.AddDays(-1) ?? DateOnly.MaxValue;
        return new BudgetDays(Start(startsOn, number * months)!.Value, lastOfPeriod < last ? lastOfPeriod : last);
    }

    private static int? MonthsOf(BudgetPeriodLength length) => length switch
    {
        BudgetPeriodLength.Month => 1,
        BudgetPeriodLength.Quarter => 3,
        BudgetPeriodLength.Year => 12,
        _ => null,
    };

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    /// <summary>The day so many months after the first; null behind the end of the calendar.</summary>
    private static DateOnly? Start(DateOnly startsOn, int months) => months > MonthsBetween(startsOn, DateOnly.MaxValue) ? null : startsOn.AddMonths(months);
}

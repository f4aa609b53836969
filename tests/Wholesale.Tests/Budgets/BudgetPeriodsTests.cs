using System.Globalization;
using Wholesale.Budgets;
using Wholesale.Platform;

namespace Wholesale.Tests.Budgets;

public sealed class BudgetPeriodsTests
{
    [Theory]
    [InlineData(BudgetPeriodLength.Month, 1)]
    [InlineData(BudgetPeriodLength.Quarter, 3)]
    [InlineData(BudgetPeriodLength.Year, 12)]
    public void Periods_are_those_that_walking_day_by_day_finds(BudgetPeriodLength length, int months)
    {
        foreach (var startsOn in new[] { "2023-12-31", "2024-01-01", "2024-01-29", "2024-01-30", "2024-02-29", "2024-08-31", "2025-04-15" }.Select(Day))
        {
            var begin = startsOn;
            for (var day = startsOn; day < startsOn.AddDays(6 * 366); day = day.AddDays(1))
            {
                begin = Begins(day, startsOn, months) ? day : begin;
                var end = day;
                while (!Begins(end.AddDays(1), startsOn, months))
                {
                    end = end.AddDays(1);
                }

                Assert.Equal(new BudgetDays(begin, end), BudgetPeriods.On(length, startsOn, null, day));
            }

            Assert.Null(BudgetPeriods.On(length, startsOn, null, startsOn.AddDays(-1)));
        }
    }

    [Theory]
    [InlineData("2026-01-31", "2026-02-27", "2026-01-31", "2026-02-27")]
    [InlineData("2026-01-31", "2026-02-28", "2026-02-28", "2026-03-30")]
    [InlineData("2026-01-31", "2026-03-31", "2026-03-31", "2026-04-29")]
    [InlineData("2024-02-29", "2026-03-01", "2026-02-28", "2026-03-28")]
    public void A_start_on_the_31st_falls_on_the_last_day_of_shorter_months(string startsOn, string day, string first, string last)
    {
        var found = BudgetPeriods.On(BudgetPeriodLength.Month, Day(startsOn), null, Day(day));

        Assert.Equal(new BudgetDays(Day(first), Day(last)), found);
    }

    [Fact]
    public void The_last_day_of_all_cuts_its_period_short_and_nothing_is_behind_it()
    {
        var (start, end) = (Day("2026-01-15"), Day("2026-03-20"));

        Assert.Equal(new BudgetDays(Day("2026-03-15"), end), BudgetPeriods.On(BudgetPeriodLength.Month, start, end, end));
        Assert.Equal(new BudgetDays(start, end), BudgetPeriods.On(BudgetPeriodLength.Fixed, start, end, Day("2026-02-01")));
        Assert.Null(BudgetPeriods.On(BudgetPeriodLength.Month, start, end, end.AddDays(1)));
        Assert.Null(BudgetPeriods.On(BudgetPeriodLength.Fixed, start, end, start.AddDays(-1)));
    }

    [Theory]
    [InlineData(BudgetPeriodLength.Month)]
    [InlineData(BudgetPeriodLength.Quarter)]
    [InlineData(BudgetPeriodLength.Year)]
    public void Periods_reach_to_the_end_of_the_calendar(BudgetPeriodLength length)
    {
        var period = BudgetPeriods.On(length, Day("2026-01-01"), null, DateOnly.MaxValue);

        Assert.Equal(DateOnly.MaxValue, period!.Value.Last);
    }

    [Fact]
    public void What_is_left_is_never_below_zero()
    {
        var euro = Currency.Of("EUR");

        Assert.Equal(new Money(0, euro), new BudgetPeriod(default, default, new Money(5, euro), new Money(7, euro)).Available);
        Assert.Equal(new Money(2, euro), new BudgetPeriod(default, default, new Money(7, euro), new Money(5, euro)).Available);
    }

    /// <summary>A period begins on the day of the month that the first one began on, or on the month's last day if it has no such day.</summary>
    private static bool Begins(DateOnly day, DateOnly startsOn, int months)
    {
        var passed = ((day.Year - startsOn.Year) * 12) + day.Month - startsOn.Month;
        return passed % months == 0 && day.Day == Math.Min(startsOn.Day, DateTime.DaysInMonth(day.Year, day.Month));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

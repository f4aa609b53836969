using Wholesale.Budgets;
using Wholesale.Credit;
using Wholesale.Platform;

namespace Wholesale.Demo;

/// <summary>Who buys on account in the demo, and within which budgets: two of its companies. Harbor Uniforms pays by transfer.</summary>
internal static class DemoCredit
{
    /// <summary>All payment terms.</summary>
    public static IReadOnlyList<PaymentTermInput> Terms { get; } =
    [
        new("net30", "Net 30", 30),
        new("net60", "Net 60", 60),
        new("2-10-net30", "2/10 net 30", 30, EarlyPaymentDiscount: new(new(Whole(2), 10))),
    ];

    /// <summary>All credit profiles.</summary>
    public static IReadOnlyList<CreditProfileInput> Profiles { get; } =
    [
        new(DemoCompanies.Summit, Currency.Of("USD"), new(Whole(50_000)), Whole(8_250), new("A"), ["net30", "net60", "2-10-net30"]),
        new(DemoCompanies.Bergmann, Currency.Of("EUR"), new(Whole(6_000)), Whole(1_480), new("B"), ["2-10-net30"]),
    ];

    /// <summary>All budgets: of a branch by the month, and of a cost centre by the quarter.</summary>
    public static IReadOnlyList<BudgetInput> Budgets { get; } =
    [
        new(
            "reno-monthly", DemoCompanies.Summit, "Reno branch", BudgetScope.Unit, "reno", Amount: Whole(5_000), Currency: Currency.Of("USD"),
            Period: BudgetPeriodLength.Month, StartsOn: new DateOnly(2026, 1, 1)),
        new(
            "werkstatt", DemoCompanies.Bergmann, "Werkstattbedarf", BudgetScope.CostCenter, CostCenter: "4711", Amount: Whole(3_000), Currency: Currency.Of("EUR"),
            Period: BudgetPeriodLength.Quarter, StartsOn: new DateOnly(2026, 1, 1), Policy: BudgetPolicy.Warn),
    ];

    private static Amount Whole(int number) => new(number * 10_000L);
}

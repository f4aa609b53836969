using Wholesale.Credit;
using Wholesale.Platform;
using static Wholesale.Tests.Credit.Debtors;

namespace Wholesale.Tests.Credit;

/// <summary>What money pays: pure decisions.</summary>
public sealed class PaymentPlanTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Fact]
    public void What_comes_first_is_paid_first_and_discounts_are_taken_where_there_is_enough()
    {
        OpenItem[] items = [Item(1, 100, 2), Item(2, 50), Item(3, 100, 2)];

        var plan = new PaymentPlan(Euros(246), Today);
        plan.PayInOrder(items);
        var late = new PaymentPlan(Euros(246), Today.AddDays(1));
        late.PayInOrder(items);

        Assert.Equal("1:98+2 2:50+0 3:98+2 left 0", Shown(plan));
        Assert.Equal("1:100+0 2:50+0 3:96+0 left 0", Shown(late));
    }

    [Theory]
    [InlineData(98, "1:98+2 left 902")]
    [InlineData(97, "1:97+0 left 903")]
    [InlineData(99, "1:99+0 left 901")]
    [InlineData(100, "1:100+0 left 900")]
    public void Exactly_the_amount_less_the_discount_settles_an_item(int amount, string expected)
    {
        var plan = new PaymentPlan(Euros(1_000), Today);

        Assert.Null(plan.Pay(Item(1, 100, 2), Amount(amount), ["x"]));

        Assert.Equal(expected, Shown(plan));
    }

    [Theory]
    [InlineData(148, "1:98+2 2:50+0 left 852")]
    [InlineData(149, "1:100+0 2:49+0 left 851")]
    [InlineData(150, "1:100+0 2:50+0 left 850")]
    public void All_of_what_was_said_for_an_order_is_paid_even_where_a_discount_would_leave_some(int amount, string expected)
    {
        var plan = new PaymentPlan(Euros(1_000), Today);

        Assert.Null(plan.Pay([Item(1, 100, 2), Item(2, 50)], Amount(amount), "order", ["x"]));

        Assert.Equal(expected, Shown(plan));
    }

    [Fact]
    public void Whatever_is_paid_nothing_is_lost_and_no_item_is_paid_more_than_it_is()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var items = Enumerable.Range(1, random.Next(1, 6)).Select(id => Item(id, random.Next(1, 20_000) / 100m, random.Next(0, 4))).ToList();
            var money = Euros(random.Next(1, 50_000) / 100m);
            var plan = new PaymentPlan(money, Today.AddDays(random.Next(0, 2)));
            for (var step = random.Next(0, 4); step > 0; step--)
            {
                var some = items.OrderBy(_ => random.Next()).Take(random.Next(1, items.Count + 1)).ToList();
                plan.Pay(some, Amount(random.Next(1, 20_000) / 100m), "order", ["x"]);
            }

            plan.PayInOrder(items);

            Assert.Equal(money.TenThousandths, plan.Left + plan.Taken.Sum(part => part.Paid));
            Assert.All(plan.Taken, part => Assert.InRange(part.Paid + part.Discount, 1, part.Item.Rest));
            Assert.All(plan.Taken.Where(part => part.Discount > 0), part => Assert.Equal(part.Item.Rest, part.Paid + part.Discount));
            Assert.True(plan.Left >= 0 && (plan.Left == 0 || items.All(item => plan.Taken.Any(part => part.Item == item && part.Paid + part.Discount == item.Rest))), $"seed {seed}");
        }
    }

    /// <summary>An item of which so many per cent are taken off until today.</summary>
    private static OpenItem Item(long id, decimal euros, int percent = 0) => new()
    {
        Id = id,
        CompanyId = 1,
        OwnerId = 1,
        OrderNumber = "ORD",
        DocumentId = id,
        Number = $"INV-{id}",
        Kind = OpenItemKind.OnAccount,
        Currency = Euro,
        DocumentDate = Today,
        Days = new(DueBasis.Invoice, 30, percent == 0 ? null : new(new Amount(percent * 10_000), 0)),
        DueBy = Today.AddDays(30),
        DiscountUntil = percent == 0 ? null : Today,
        Charged = Euros(euros).TenThousandths,
        Rest = Euros(euros).TenThousandths,
    };

    private static string Shown(PaymentPlan plan) =>
        FormattableString.Invariant($"{string.Join(' ', plan.Taken.Select(part => FormattableString.Invariant($"{part.Item.Id}:{part.Paid / 10_000}+{part.Discount / 10_000}")))} left {plan.Left / 10_000}");
}

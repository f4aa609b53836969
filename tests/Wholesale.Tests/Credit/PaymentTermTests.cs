using Microsoft.EntityFrameworkCore;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Credit;

public sealed class PaymentTermTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Theory]
    [InlineData(DueBasis.Invoice, 30, "2026-01-31", "2026-03-02")]
    [InlineData(DueBasis.Shipment, 0, "2026-01-31", "2026-01-31")]
    [InlineData(DueBasis.Delivery, 365, "2028-02-29", "2029-02-28")]
    [InlineData(DueBasis.EndOfMonth, 0, "2026-02-01", "2026-02-28")]
    [InlineData(DueBasis.EndOfMonth, 10, "2028-02-29", "2028-03-10")]
    [InlineData(DueBasis.EndOfMonth, 30, "2026-12-31", "2027-01-30")]
    public void Days_count_from_the_day_that_the_basis_says(DueBasis basis, int days, string from, string due)
    {
        var term = new PaymentTerm { Id = 1, ExternalId = "T", Name = "T", DueBasis = basis, NetDays = days };

        Assert.Equal(Day(due), term.Days.DueOn(Day(from)));
        Assert.Null(term.Days.DiscountUntil(Day(from)));
    }

    [Theory]
    [InlineData(DueBasis.Invoice, "2026-01-31", "2026-02-10")]
    [InlineData(DueBasis.EndOfMonth, "2026-01-05", "2026-02-10")]
    public void The_discount_ends_earlier_and_counts_from_the_same_day(DueBasis basis, string from, string until)
    {
        var term = new PaymentTerm { Id = 1, ExternalId = "T", Name = "T", DueBasis = basis, NetDays = 30, DiscountPercent = 2_0000, DiscountDays = 10 };

        Assert.Equal(Day(until), term.Days.DiscountUntil(Day(from)));
        Assert.Equal(new EarlyPaymentDiscount(new Amount(2_0000), 10), term.EarlyPaymentDiscount);
    }

    [Fact]
    public async Task Good_rows_are_taken_and_bad_ones_reported_where_they_stand()
    {
        var result = await database.Upsert(
            new PaymentTermInput("net30", "Net 30", 30),
            new PaymentTermInput("new"),
            new PaymentTermInput("long", "Long", 366),
            new PaymentTermInput("owed", "Owed", -1),
            new PaymentTermInput("net30", "Again", 30),
            new PaymentTermInput(" ", "Blank", 30),
            new PaymentTermInput("late", "Late", 10, EarlyPaymentDiscount: new(new(new Amount(2_0000), 11))),
            new PaymentTermInput("free", "Free", 10, EarlyPaymentDiscount: new(new(new Amount(100_0000), 10))),
            new PaymentTermInput("none", "None", 10, EarlyPaymentDiscount: new(new(new Amount(0), -1))));

        Assert.Equal(
            [
                "INVALID_VALUE paymentTerms/1/name",
                "INVALID_VALUE paymentTerms/1/netDays",
                "INVALID_VALUE paymentTerms/2/netDays",
                "INVALID_VALUE paymentTerms/3/netDays",
                "DUPLICATE_ROW paymentTerms/4/externalId",
                "INVALID_VALUE paymentTerms/5/externalId",
                "INVALID_VALUE paymentTerms/5/externalId",
                "INVALID_VALUE paymentTerms/6/earlyPaymentDiscount/withinDays",
                "INVALID_VALUE paymentTerms/7/earlyPaymentDiscount/percent",
                "INVALID_VALUE paymentTerms/8/earlyPaymentDiscount/percent",
                "INVALID_VALUE paymentTerms/8/earlyPaymentDiscount/withinDays",
            ],
            result.Errors("paymentTerms").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(9, 1, 0, 8), result.Counts);
        Assert.Equal("net30", await database.Read(async db => (await db.PaymentTerms.SingleAsync()).ExternalId));
    }

    [Fact]
    public async Task Fields_left_out_stay_null_clears_and_what_changes_nothing_is_not_told()
    {
        await database.Upsert(new PaymentTermInput("t", "2/10 net 30", 30, DueBasis.Delivery, new(new(new Amount(2_0000), 10)), IsActive: false));

        var kept = (await database.Upsert(new PaymentTermInput("t"))).Things[0];
        var shorter = await database.Upsert(new PaymentTermInput("t", NetDays: 9));
        var cleared = (await database.Upsert(new PaymentTermInput("t", NetDays: 9, EarlyPaymentDiscount: new(null), IsActive: true))).Things[0];

        Assert.Equal(("2/10 net 30", 30, DueBasis.Delivery, false, 1L), (kept.Name, kept.NetDays, kept.DueBasis, kept.IsActive, kept.Version));
        Assert.Equal(new EarlyPaymentDiscount(new Amount(2_0000), 10), kept.EarlyPaymentDiscount);
        Assert.Equal("INVALID_VALUE paymentTerms/0/earlyPaymentDiscount/withinDays", Assert.Single(shorter.Errors("paymentTerms")).Short());
        Assert.Equal((9, null, true, 2L), (cleared.NetDays, cleared.EarlyPaymentDiscount, cleared.IsActive, cleared.Version));
        Assert.Equal([1L, 2L], await database.Read(async db => await db.Events.Where(e => e.Type == CreditEvents.PaymentTermChanged).OrderBy(e => e.Number).Select(e => e.Version).ToListAsync()));
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}

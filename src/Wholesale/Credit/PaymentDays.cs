namespace Wholesale.Credit;

/// <summary>When something is to be paid: the days of a payment term, as they were agreed upon.</summary>
/// <param name="DueBasis">From which day they count.</param>
/// <param name="NetDays">Days to the last day of payment, 0–365.</param>
/// <param name="EarlyPaymentDiscount">What is taken off for paying early; null: nothing.</param>
public sealed record PaymentDays(DueBasis DueBasis, int NetDays, EarlyPaymentDiscount? EarlyPaymentDiscount)
{
    /// <summary>The last day of payment.</summary>
    /// <param name="day">The day of the invoice, shipment or delivery, as <see cref="DueBasis"/> says.</param>
    public DateOnly DueOn(DateOnly day) => From(day).AddDays(NetDays);

    /// <summary>The last day on which the discount is taken off; null: there is none.</summary>
    /// <param name="day">The day of the invoice, shipment or delivery, as <see cref="DueBasis"/> says.</param>
    public DateOnly? DiscountUntil(DateOnly day) => EarlyPaymentDiscount is { } discount ? From(day).AddDays(discount.WithinDays) : null;

    /// <summary>The day from which the days count.</summary>
    private DateOnly From(DateOnly day) =>
        DueBasis == DueBasis.EndOfMonth ? new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)) : day;
}

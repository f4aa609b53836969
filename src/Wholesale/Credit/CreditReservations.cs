using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Credit;

/// <summary>
/// What orders take of companies' credit. Never more than there is, however many take at once: the limit is looked at by the statement that takes. Runs inside the
/// caller's unit of work, whose event tells of it.
/// </summary>
public sealed class CreditReservations(WholesaleDb db)
{
    /// <summary>How often credit is asked for that others gave back just after it was refused.</summary>
    internal const int MaximumAttempts = 5;

    /// <summary>Says why a company may not buy for so much on account; null: it may. Changes nothing, and promises nothing.</summary>
    public async ValueTask<UserError?> Check(long companyId, Money amount, CancellationToken cancellation)
    {
        var profile = await db.CreditProfiles.SingleOrDefaultAsync(p => p.CompanyId == companyId, cancellation);
        return profile is null ? CreditErrors.NoProfile() : profile.WhyNot(amount);
    }

    /// <summary>Takes so much of a company's credit, or says why that cannot be: nothing is taken then.</summary>
    /// <param name="ownerId">The order, which has not reserved anything.</param>
    /// <param name="companyId">The company.</param>
    /// <param name="amount">0 or more.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <exception cref="OvertakenException">Others were faster, again and again.</exception>
    public async ValueTask<UserError?> Reserve(long ownerId, long companyId, Money amount, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.TenThousandths);
        for (var attempt = 1; await Add(companyId, amount, cancellation) == 0; attempt++)
        {
            // Where it may by now, others gave something back after the statement: once more.
            if (await Check(companyId, amount, cancellation) is { } refusal)
            {
                return refusal;
            }

            if (attempt == MaximumAttempts)
            {
                throw new OvertakenException("Credit was changed by others each time it was asked for.");
            }
        }

        await BulkRows.Insert(db, [new CreditReservation { OwnerId = ownerId, CompanyId = companyId, Amount = amount.TenThousandths }], cancellation);
        return null;
    }

    /// <summary>Gives back what an order has taken; once, however often it is called. Nothing if it has taken nothing.</summary>
    public async ValueTask Release(long ownerId, CancellationToken cancellation)
    {
        var reservation = await db.CreditReservations.SingleOrDefaultAsync(r => r.OwnerId == ownerId, cancellation);
        if (reservation is not null && await BulkRows.Delete(db, [reservation], cancellation) == 1)
        {
            await BulkRows.Add(db, [Of(reservation.CompanyId, -reservation.Amount)], p => new { p.Reserved }, cancellation: cancellation);
        }
    }

    /// <summary>Gives back a part of what an order has taken; nothing if it has taken nothing.</summary>
    /// <param name="ownerId">The order.</param>
    /// <param name="amount">0 or more, and no more than it still has.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <exception cref="InvalidOperationException">It has less.</exception>
    public async ValueTask Reduce(long ownerId, Money amount, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.TenThousandths);
        var reservation = await db.CreditReservations.SingleOrDefaultAsync(r => r.OwnerId == ownerId, cancellation);
        if (reservation is null || amount.TenThousandths == 0)
        {
            return;
        }

        var less = new CreditReservation { OwnerId = ownerId, CompanyId = reservation.CompanyId, Amount = -amount.TenThousandths };
        if (await BulkRows.Add(db, [less], r => new { r.Amount }, "{Amount} >= 0", cancellation) < 1)
        {
            throw new InvalidOperationException($"The order has less than {amount} of its company's credit.");
        }

        await BulkRows.Add(db, [Of(reservation.CompanyId, -amount.TenThousandths)], p => new { p.Reserved }, cancellation: cancellation);
    }

    /// <summary>Takes so much if that is within the limit, in the profile's currency, and there is no hold.</summary>
    /// <returns>1, or 0 if it was not taken.</returns>
    private ValueTask<int> Add(long companyId, Money amount, CancellationToken cancellation) => BulkRows.Add(
        db,
        [Of(companyId, amount.TenThousandths)],
        p => new { p.Reserved },
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{Currency}} = '{amount.Currency.Code}' AND {{HeldAt}} IS NULL AND {{OpenItems}} + {{Reserved}} + CASE WHEN {{IsReceivableElsewhere}} = 0 THEN {{Receivable}} ELSE 0 END <= COALESCE({{Limit}}, {Amount.Maximum})"),
        cancellation);

    private static CreditProfile Of(long companyId, long reserved) => new() { CompanyId = companyId, Currency = default, Reserved = reserved };
}

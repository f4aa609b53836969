using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Wholesale.Platform.Database;

/// <summary>Instants are stored in UTC and come back as such; EF alone would return them without a kind.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    instant => Checked(instant), stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc))
{
    private static DateTime Checked(DateTime instant) => instant.Kind == DateTimeKind.Utc
        ? instant
        : throw new InvalidOperationException($"An instant must be in UTC to be stored or compared with stored ones; {instant:O} is {instant.Kind}.");
}

/// <summary>Amounts are ten thousandths. How many decimals to show is not stored: it is the currency's matter.</summary>
internal sealed class AmountConverter() : ValueConverter<Amount, long>(amount => amount.TenThousandths, stored => new Amount(stored, 0));

/// <summary>Quantities are thousandths.</summary>
internal sealed class QuantityConverter() : ValueConverter<Quantity, long>(quantity => quantity.Thousandths, stored => new Quantity(stored));

/// <summary>Currencies are their codes.</summary>
internal sealed class CurrencyConverter() : ValueConverter<Currency, string>(currency => currency.Code, stored => Currency.Of(stored));

/// <summary>Permissions are bits.</summary>
internal sealed class PermissionSetConverter() : ValueConverter<PermissionSet, long>(set => set.Bits, stored => new PermissionSet(stored));

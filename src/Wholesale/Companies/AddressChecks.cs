using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Checks the form of rows of addresses: whatever can be seen without looking at what is there.</summary>
internal static class AddressChecks
{
    public static void Check(AddressInput input, bool isNew, RowErrors errors)
    {
        errors.Key(input.ExternalId, "externalId");
        if (isNew)
        {
            CheckNew(input, errors);
        }

        Text(input.Name, RowErrors.MaximumNameLength, "name", errors);
        Text(input.Attention.Or(null), RowErrors.MaximumNameLength, "attention", errors);
        Lines(input.Lines, errors);
        Text(input.City, Address.MaximumLineLength, "city", errors);
        Text(input.PostalCode.Or(null), Address.MaximumPostalCodeLength, "postalCode", errors);
        Text(input.Phone.Or(null), Address.MaximumLineLength, "phone", errors);
        if (input.Region.Or(null) is { } region)
        {
            errors.Key(region, "region");
        }

        if (input.Country is { } country && !Company.IsCountry(country))
        {
            errors.Add(CompanyErrors.NotACountry(country, "country"));
        }
    }

    private static void CheckNew(AddressInput input, RowErrors errors)
    {
        (object? Value, string Field)[] needed = [(input.Name, "name"), (input.Lines, "lines"), (input.City, "city"), (input.Country, "country")];
        foreach (var (_, field) in needed.Where(part => part.Value is null))
        {
            errors.Add(CompanyErrors.AddressNeeds(field));
        }
    }

    private static void Text(string? text, int maximumLength, string field, RowErrors errors)
    {
        if (text is not null)
        {
            errors.Text(text, maximumLength, [field]);
        }
    }

    private static void Lines(IReadOnlyList<string>? lines, RowErrors errors)
    {
        if (lines is [])
        {
            errors.Invalid("An address has at least one line.", "lines");
        }
        else if (errors.Length(lines, Address.MaximumLines, "lines"))
        {
            for (var i = 0; i < (lines?.Count ?? 0); i++)
            {
                errors.Text(lines![i], Address.MaximumLineLength, ["lines", RowErrors.Position(i)]);
            }
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Carts;

/// <summary>Says what companies ask their users for with each order. Runs inside the caller's unit of work.</summary>
public sealed class ReferenceFieldWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates a company's fields, or changes those that are there.</summary>
    public async ValueTask<UpsertReferenceFieldsPayload> Upsert(UpsertReferenceFieldsInput input, Caller caller, CancellationToken cancellation)
    {
        var refusal = RowErrors.TooMany(input.Fields.Count, "fields", ReferenceField.Maximum);
        var companyId = refusal is null ? await CompanyOf(input, caller, cancellation) : 0;
        if (refusal is not null || companyId == 0)
        {
            return new([], BulkCounts.Refused(input.Fields.Count), [refusal ?? CartErrors.NoSuchCompany(input.Company)]);
        }

        var known = await db.ReferenceFields.Where(f => f.CompanyId == companyId).ToDictionaryAsync(f => f.Code, StringComparer.Ordinal, cancellation);
        var last = known.Values.Select(f => f.Position).DefaultIfEmpty(-1).Max();
        var rows = BulkRow<ReferenceFieldInput, ReferenceField>.Of(input.Fields);
        BulkRow<ReferenceFieldInput, ReferenceField>.RefuseDuplicates(rows, row => row.Code, "code");
        var changes = new Changes<ReferenceField>();
        foreach (var row in rows.Where(row => row.IsGood))
        {
            var isNew = !known.TryGetValue(row.Input.Code, out var field);
            Check(row.Input, isNew, row.Errors);
            if (isNew && known.Count + changes.Added.Count >= ReferenceField.Maximum)
            {
                row.Errors.Invalid($"A company has at most {ReferenceField.Maximum} reference fields.", "code");
            }

            if (row.IsGood)
            {
                field ??= new() { Id = ids.Next(), CompanyId = companyId, Code = row.Input.Code, Label = "", IsActive = true, Position = ++last };
                row.Thing = field;
                changes.Note(field, isNew, Change(field, row.Input));
            }
        }

        if (BulkRow<ReferenceFieldInput, ReferenceField>.MayProceed(rows, input.Mode) && changes.Added.Count + changes.Changed.Count > 0)
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            writes.Record(CartEvents.ReferenceFieldsChanged, companyId, version: 0);
        }

        var result = BulkRow<ReferenceFieldInput, ReferenceField>.Result(rows, input.Mode);
        return new(result.Things, result.Counts, result.Errors("fields"));
    }

    /// <summary>A buyer's own company, whatever else it names; of staff the one that it names. 0: there is none.</summary>
    private async ValueTask<long> CompanyOf(UpsertReferenceFieldsInput input, Caller caller, CancellationToken cancellation) => caller.Company is { } own
        ? own.Id
        : await db.Companies.Where(c => c.ExternalId == input.Company).Select(c => c.Id).FirstOrDefaultAsync(cancellation);

    private static void Check(ReferenceFieldInput input, bool isNew, RowErrors errors)
    {
        errors.Key(input.Code, "code");
        if (input.Label is { } label)
        {
            errors.Name(label, "label");
        }
        else if (isNew)
        {
            errors.Invalid("A new reference field needs a label.", "label");
        }

        if (input.Pattern.Or(null) is { } pattern && (pattern.Length is 0 or > ReferenceField.MaximumLength || ReferenceField.Compile(pattern) is null))
        {
            errors.Invalid($"\"{pattern}\" is not a regular expression of 1–{ReferenceField.MaximumLength} characters without look-around and back-references.", "pattern");
        }

        if (input.Options.Or(null) is { } options && errors.Length(options, ReferenceField.MaximumOptions, "options"))
        {
            if (options.Count == 0)
            {
                errors.Invalid("At least one value is to be named; null lets it have any.", "options");
            }

            for (var i = 0; i < options.Count; i++)
            {
                errors.LookedUp(options[i], ReferenceField.MaximumLength, "options", RowErrors.Position(i));
            }
        }
    }

    private static bool Change(ReferenceField field, ReferenceFieldInput input)
    {
        var before = (field.Label, field.IsRequired, field.Pattern, field.Position, field.IsActive);
        var optionsBefore = field.Options;
        field.Label = input.Label ?? field.Label;
        field.IsRequired = input.IsRequired ?? field.IsRequired;
        field.Pattern = input.Pattern.Or(field.Pattern);
        field.Options = input.Options.Or(field.Options);
        field.Position = input.Position ?? field.Position;
        field.IsActive = input.IsActive ?? field.IsActive;
        return before != (field.Label, field.IsRequired, field.Pattern, field.Position, field.IsActive)
            || !(optionsBefore ?? []).SequenceEqual(field.Options ?? []) || optionsBefore is null != field.Options is null;
    }
}

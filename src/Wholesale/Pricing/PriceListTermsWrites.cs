using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>Says how lists are made of others, and in what quantities may be bought. Runs inside the caller's unit of work.</summary>
public sealed class PriceListTermsWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Rules that a list may have.</summary>
    public const int MaximumRules = 50;

    /// <summary>Quantity rules that a mutation takes.</summary>
    public const int MaximumRows = 5_000;

    /// <summary>Makes a list's prices of another list's, or of none.</summary>
    public async ValueTask<SetPriceListAdjustmentsPayload> SetAdjustments(SetPriceListAdjustmentsInput input, CancellationToken cancellation)
    {
        if (await PriceList.Find(db, input.PriceListId, cancellation) is not { } list)
        {
            return new(null, [PricingErrors.NoSuchId("price list", "priceListId")]);
        }

        var errors = new RowErrors();
        if (input.ExpectedVersion is { } expected && expected != list.Version)
        {
            errors.Add(PricingErrors.Changed(list.Version));
        }

        var parentId = await CheckParent(list, input, errors, cancellation);
        var rules = await CheckRules(input.Rules, errors, cancellation);
        if (errors.Any)
        {
            return new(list, errors.ToList());
        }

        var current = await db.PriceListAdjustments
            .AsTracking().Where(a => a.PriceListId == list.Id && a.ValidTo == null).OrderBy(a => a.Position).ToListAsync(cancellation);
        if (!current.Select(a => (a.ParentId, a.CategoryId, a.Adjustment)).SequenceEqual(rules.Select(r => (parentId ?? 0, r.CategoryId, r.Adjustment))))
        {
            Replace(list, current, parentId ?? 0, rules);
            await db.SaveChangesAsync(cancellation);
            writes.Record(PricingEvents.PriceListAdjusted, list.Id, list.Version, new FormerAdjustments(new([.. current.Select(a => a.Id)])));
        }

        return new(list, []);
    }

    /// <summary>Says in what quantities may be bought of variants.</summary>
    public async ValueTask<UpsertQuantityRulesPayload> UpsertQuantityRules(UpsertQuantityRulesInput input, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Rules.Count, "rules", MaximumRows) is { } tooMany)
        {
            return new(null, BulkCounts.Refused(input.Rules.Count), [tooMany]);
        }

        if (await PriceList.Find(db, input.PriceListId, cancellation) is not { } list)
        {
            return new(null, BulkCounts.Refused(input.Rules.Count), [PricingErrors.NoSuchId("price list", "priceListId")]);
        }

        var rows = BulkRow<QuantityRuleInput, PriceListQuantityTerms>.Of(input.Rules);
        BulkRow<QuantityRuleInput, PriceListQuantityTerms>.RefuseDuplicates(rows, row => row.Sku, "sku");
        var skus = rows.Select(r => r.Input.Sku).ToHashSet();
        var variantIds = await db.Variants.Where(v => skus.Contains(v.Sku)).ToDictionaryAsync(v => v.Sku, v => v.Id, cancellation);
        var ofVariants = variantIds.Values.ToHashSet();
        var current = await db.PriceListQuantityTerms
            .Where(t => t.PriceListId == list.Id && ofVariants.Contains(t.VariantId)).ToDictionaryAsync(t => t.VariantId, cancellation);
        foreach (var row in rows)
        {
            Check(row.Input, row.Errors);
            if (!variantIds.TryGetValue(row.Input.Sku, out var variantId))
            {
                row.Errors.Add(PricingErrors.NoSuchSku(row.Input.Sku));
            }
            else
            {
                row.Thing = new PriceListQuantityTerms
                {
                    PriceListId = list.Id,
                    VariantId = variantId,
                    Minimum = row.Input.Minimum,
                    Maximum = row.Input.Maximum,
                    Increment = row.Input.Increment,
                    BreakGroup = row.Input.BreakGroup,
                };
            }
        }

        if (BulkRow<QuantityRuleInput, PriceListQuantityTerms>.MayProceed(rows, input.Mode))
        {
            await Store(list, [.. rows.Where(r => r.IsGood).Select(r => r.Thing!)], current, cancellation);
        }

        var result = BulkRow<QuantityRuleInput, PriceListQuantityTerms>.Result(rows, input.Mode);
        return new(list, result.Counts, result.Errors("rules"));
    }

    private async ValueTask Store(
        PriceList list, List<PriceListQuantityTerms> wanted, Dictionary<long, PriceListQuantityTerms> current, CancellationToken cancellation)
    {
        var changed = wanted.Where(t => current.GetValueOrDefault(t.VariantId)?.Terms is var former && (former ?? QuantityTerms.None) != t.Terms).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        await BulkRows.Delete(db, changed.Where(t => current.ContainsKey(t.VariantId)).ToList(), cancellation);
        await BulkRows.Insert(db, changed.Where(t => t.Terms != QuantityTerms.None).ToList(), cancellation);
        list.HasQuantityTerms = true;
        list.ContentId = ids.Next();
        list.Version++;
        await db.SaveChangesAsync(cancellation);
        foreach (var some in changed.Select(t => FormerQuantityRule.Of(t.VariantId, current.GetValueOrDefault(t.VariantId))).Chunk(FormerQuantityRules.MaximumSize))
        {
            writes.Record(PricingEvents.QuantityRulesChanged, list.Id, list.Version, new FormerQuantityRules(some));
        }
    }

    private static void Check(QuantityRuleInput input, RowErrors errors)
    {
        foreach (var (quantity, field) in new[] { (input.Minimum, "minimum"), (input.Maximum, "maximum"), (input.Increment, "increment") })
        {
            if (quantity?.Thousandths == 0)
            {
                errors.Invalid("It must be more than 0.", field);
            }
            else if (quantity is { } given && input.Increment is { } increment && !given.IsMultipleOf(increment))
            {
                errors.Invalid($"{given} is not a multiple of the increment {increment}.", field);
            }
        }

        if (input.Minimum > input.Maximum)
        {
            errors.Invalid($"The maximum {input.Maximum} is less than the minimum {input.Minimum}.", "maximum");
        }

        if (input.BreakGroup is { } group)
        {
            errors.Key(group, "breakGroup");
        }
    }

    private async ValueTask<long?> CheckParent(PriceList list, SetPriceListAdjustmentsInput input, RowErrors errors, CancellationToken cancellation)
    {
        if (input.ParentId is not { } given)
        {
            if (input.Rules.Count > 0)
            {
                errors.Invalid("Rules need a list to take prices from.", "parentId");
            }

            return null;
        }

        if (input.Rules.Count == 0)
        {
            errors.Invalid("A list that is made of another needs at least one rule.", "rules");
        }

        var key = given.KeyOf(nameof(PriceList));
        var parent = await db.PriceLists.SingleOrDefaultAsync(l => l.Id == key, cancellation);
        if (parent is null)
        {
            errors.Add(PricingErrors.NoSuchId("price list", "parentId"));
            return null;
        }

        if (parent.Currency != list.Currency)
        {
            errors.Add(PricingErrors.ParentsCurrency(parent.Currency, list.Currency));
        }

        await CheckLevels(list, parent, errors, cancellation);
        return parent.Id;
    }

    private async ValueTask CheckLevels(PriceList list, PriceList parent, RowErrors errors, CancellationToken cancellation)
    {
        var above = (await PriceListDerivations.Of(db, [parent.Id], cancellation)).ChainOf(parent.Id).Take(PriceAdjustment.MaximumLevels + 1).ToList();
        if (above.Contains(list.Id))
        {
            errors.Add(PricingErrors.Circle(list.ExternalId, parent.ExternalId));
            return;
        }

        var levels = above.Count;
        for (List<long> below = [list.Id]; below.Count > 0 && levels <= PriceAdjustment.MaximumLevels; levels++)
        {
            var parents = below;
            below = await db.PriceListAdjustments
                .Where(a => parents.Contains(a.ParentId) && a.ValidTo == null).Select(a => a.PriceListId).Distinct().ToListAsync(cancellation);
        }

        if (levels > PriceAdjustment.MaximumLevels)
        {
            errors.Add(PricingErrors.TooManyLevelsAbove(parent.ExternalId));
        }
    }

    private async ValueTask<List<(long? CategoryId, PriceAdjustment Adjustment)>> CheckRules(
        IReadOnlyList<PriceAdjustmentRuleInput> inputs, RowErrors errors, CancellationToken cancellation)
    {
        var rules = new List<(long?, PriceAdjustment)>();
        if (!errors.Length(inputs, MaximumRules, "rules"))
        {
            return rules;
        }

        var wanted = inputs.Select(i => i.CategoryId?.KeyOf("Category")).OfType<long>().ToHashSet();
        var known = wanted.Count == 0 ? [] : await db.Categories.Where(c => wanted.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellation);
        for (var i = 0; i < inputs.Count; i++)
        {
            string[] Path(string field) => ["rules", RowErrors.Position(i), field];
            var (percent, amount) = (inputs[i].Percent.Or(default).TenThousandths, inputs[i].Amount.Or(default).TenThousandths);
            if (percent % 100 != 0 || percent / 100 is < PriceAdjustment.MinimumBasisPoints or > PriceAdjustment.MaximumBasisPoints)
            {
                errors.Invalid($"A per cent is from −100 to 900 with at most two decimals, not {inputs[i].Percent.Or(default)}.", Path("percent"));
                percent = 0;
            }

            var categoryId = inputs[i].CategoryId?.KeyOf("Category");
            if (categoryId is { } id && !known.Contains(id))
            {
                errors.Add(ErrorCodes.NotFound, "There is no category with this id.", Path("categoryId"));
            }

            rules.Add((categoryId, new PriceAdjustment((int)(percent / 100), amount)));
        }

        return rules;
    }

    private void Replace(
        PriceList list, List<PriceListAdjustment> current, long parentId, List<(long? CategoryId, PriceAdjustment Adjustment)> rules)
    {
        var now = clock.UtcNow;
        current.ForEach(a => a.ValidTo = now);
        db.AddRange(rules.Select((rule, position) => new PriceListAdjustment
        {
            Id = ids.Next(),
            PriceListId = list.Id,
            ParentId = parentId,
            Position = position,
            CategoryId = rule.CategoryId,
            BasisPoints = rule.Adjustment.BasisPoints,
            Amount = rule.Adjustment.Amount,
            ValidFrom = now,
        }));
        list.IsDerived = true;
        list.Version++;
    }
}

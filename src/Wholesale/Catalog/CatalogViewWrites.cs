using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>Creates, changes and assigns catalog views. Runs inside the caller's unit of work.</summary>
public sealed class CatalogViewWrites(WholesaleDb db, Writes writes, Ids ids)
{
    private const int MaximumRules = 1000;

    /// <summary>Creates a view.</summary>
    public async ValueTask<CatalogViewPayload> Create(CreateCatalogViewInput input, CancellationToken cancellation)
    {
        var errors = new RowErrors();
        errors.Key(input.ExternalId, "externalId");
        errors.Name(input.Name, "name");
        if (await db.CatalogViews.AnyAsync(v => v.ExternalId == input.ExternalId, cancellation))
        {
            errors.Add(CatalogErrors.ViewExists(input.ExternalId, "externalId"));
        }

        var view = new CatalogView { Id = ids.Next(), ExternalId = input.ExternalId, Name = input.Name, Version = 1 };
        var rules = await Rules(view, input.Rules ?? [], errors, cancellation);
        if (errors.Any)
        {
            return new(null, errors.ToList());
        }

        await BulkRows.Insert(db, [view], cancellation);
        await BulkRows.Insert(db, rules, cancellation);
        await CatalogViewMembership.Fill(db, view, rules, cancellation);
        Record(view);
        return new(view, []);
    }

    /// <summary>Renames a view or replaces its rules.</summary>
    public async ValueTask<CatalogViewPayload> Update(UpdateCatalogViewInput input, CancellationToken cancellation)
    {
        var view = await Find(input.CatalogViewId, cancellation);
        if (view is null)
        {
            return new(null, [CompanyErrors.NoSuchId("catalog view", "catalogViewId")]);
        }

        if (input.ExpectedVersion is { } expected && expected != view.Version)
        {
            return new(view, [CompanyErrors.Changed(view.Version)]);
        }

        var errors = new RowErrors();
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }

        var old = await db.CatalogViewRules.Where(r => r.ViewId == view.Id).ToListAsync(cancellation);
        var wanted = input.Rules is null ? old : await Rules(view, input.Rules, errors, cancellation);
        if (errors.Any)
        {
            return new(view, errors.ToList());
        }

        var rules = new Replacement<CatalogViewRule>();
        var hasOtherRules = rules.Replace(old, wanted);
        if (hasOtherRules || view.Name != (input.Name ?? view.Name))
        {
            view.Name = input.Name ?? view.Name;
            view.Version++;
            await BulkRows.Update(db, [view], cancellation: cancellation);
            Record(view);
        }

        if (hasOtherRules)
        {
            await BulkRows.Delete(db, rules.Removed, cancellation);
            await BulkRows.Insert(db, rules.Added, cancellation);
            await CatalogViewMembership.Rebuild(db, writes, view, wanted, cancellation);
        }

        return new(view, []);
    }

    /// <summary>Gives a view to someone.</summary>
    public async ValueTask<CatalogViewPayload> Assign(AssignCatalogViewInput input, CancellationToken cancellation)
    {
        var (view, row, errors) = await Assignment(input, cancellation);
        if (row is not null && !await IsAssigned(row, cancellation))
        {
            await BulkRows.Insert(db, [row], cancellation);
            await Touch(view!, new CatalogViewGiven(row.Level, row.AssigneeId, IsGiven: true), cancellation);
        }

        return new(view, errors);
    }

    /// <summary>Takes a view away from someone.</summary>
    public async ValueTask<CatalogViewPayload> Unassign(AssignCatalogViewInput input, CancellationToken cancellation)
    {
        var (view, row, errors) = await Assignment(input, cancellation);
        if (row is not null && await BulkRows.Delete(db, [row], cancellation) > 0)
        {
            await Touch(view!, new CatalogViewGiven(row.Level, row.AssigneeId, IsGiven: false), cancellation);
        }

        return new(view, errors);
    }

    private ValueTask<CatalogView?> Find(NodeId id, CancellationToken cancellation)
    {
        var key = id.KeyOf(nameof(CatalogView));
        return new(db.CatalogViews.SingleOrDefaultAsync(v => v.Id == key, cancellation));
    }

    private async ValueTask<(CatalogView? View, CatalogViewAssignment? Row, IReadOnlyList<UserError> Errors)> Assignment(
        AssignCatalogViewInput input, CancellationToken cancellation)
    {
        var view = await Find(input.CatalogViewId, cancellation);
        if (view is null)
        {
            return (null, null, [CompanyErrors.NoSuchId("catalog view", "catalogViewId")]);
        }

        var (assignee, error) = await Assignees.Find(db, input.Assignee, cancellation, "assignee");
        return assignee is null
            ? (view, null, [error!])
            : (view, new CatalogViewAssignment { ViewId = view.Id, Level = assignee.Level, AssigneeId = assignee.AssigneeId }, []);
    }

    private Task<bool> IsAssigned(CatalogViewAssignment row, CancellationToken cancellation) =>
        db.CatalogViewAssignments.AnyAsync(a => a.ViewId == row.ViewId && a.AssigneeId == row.AssigneeId, cancellation);

    private async ValueTask Touch(CatalogView view, CatalogViewGiven given, CancellationToken cancellation)
    {
        view.Version++;
        await BulkRows.Update(db, [view], cancellation: cancellation);
        Record(view, given);
    }

    private void Record(CatalogView view, CatalogViewGiven? given = null) => writes.Record(CatalogEvents.CatalogViewChanged, view.Id, view.Version, given);

    /// <summary>Checks rules and finds what they name, in three statements.</summary>
    private async ValueTask<List<CatalogViewRule>> Rules(
        CatalogView view, IReadOnlyList<CatalogViewRuleInput> inputs, RowErrors errors, CancellationToken cancellation)
    {
        if (!errors.Length(inputs, MaximumRules, "rules"))
        {
            return [];
        }

        var categoryIds = inputs.Select(rule => rule.Category).OfType<string>().ToHashSet();
        var skus = inputs.Select(rule => rule.Sku).OfType<string>().ToHashSet();
        var categories = await db.Categories
            .Where(c => categoryIds.Contains(c.ExternalId))
            .ToDictionaryAsync(c => c.ExternalId, c => c.Id, cancellation);
        var products = await db.Products.Where(p => skus.Contains(p.Sku)).ToDictionaryAsync(p => p.Sku, p => p.Id, cancellation);
        var variants = await db.Variants.Where(v => skus.Contains(v.Sku)).ToDictionaryAsync(v => v.Sku, cancellation);
        return [.. inputs.Select((rule, position) => Rule(view, rule, position, categories, products, variants, errors))];
    }

    private static CatalogViewRule Rule(
        CatalogView view,
        CatalogViewRuleInput input,
        int position,
        Dictionary<string, long> categories,
        Dictionary<string, long> products,
        Dictionary<string, Variant> variants,
        RowErrors errors)
    {
        string[] path = ["rules", RowErrors.Position(position)];
        if (new object?[] { input.Category, input.Attribute, input.Sku }.Count(condition => condition is not null) != 1)
        {
            errors.Add(CatalogErrors.NotOneCondition(path));
        }

        if (input.Attribute is { } attribute)
        {
            ProductChecks.Check(attribute, errors, [.. path, "attribute"]);
        }

        long? categoryId = input.Category is { } category && categories.TryGetValue(category, out var foundCategory) ? foundCategory : null;
        if (input.Category is not null && categoryId is null)
        {
            errors.Add(CompanyErrors.NoSuch("category", input.Category, [.. path, "category"]));
        }

        // A product's own SKU means all of it, also where one of its variants bears the same.
        long? productId = input.Sku is { } sku && products.TryGetValue(sku, out var foundProduct) ? foundProduct : null;
        var variant = productId is null && input.Sku is not null ? variants.GetValueOrDefault(input.Sku) : null;
        if (input.Sku is not null && productId is null && variant is null)
        {
            errors.Add(CatalogErrors.NoSuchSku(input.Sku, [.. path, "sku"]));
        }

        return new CatalogViewRule
        {
            ViewId = view.Id,
            Position = position,
            Action = input.Action,
            CategoryId = categoryId,
            AttributeCode = input.Attribute?.Code,
            AttributeValue = input.Attribute?.Value,
            AttributeUnit = input.Attribute?.Unit,
            Sku = input.Sku,
            ProductId = productId ?? variant?.ProductId,
            VariantId = variant?.Id,
        };
    }
}

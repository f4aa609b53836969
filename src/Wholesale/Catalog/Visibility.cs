using System.Linq.Expressions;
using System.Reflection;

namespace Wholesale.Catalog;

/// <summary>What a caller sees of the catalog, and in which language. Everything that reads products or variants goes through it.</summary>
/// <param name="Everything">Staff that writes the catalog sees all of it, whatever its state.</param>
/// <param name="Now">The instant that publication is judged by; the same throughout a request.</param>
/// <param name="CompanyId">For exclusive products; 0 without a company.</param>
/// <param name="ViewIds">The views whose products are seen, added up; null: no view restricts the caller.</param>
/// <param name="Locale">A known language.</param>
public sealed record Sight(bool Everything, DateTime Now, long CompanyId, IReadOnlyList<long>? ViewIds, string Locale)
{
    internal bool IsRestricted => ViewIds is not null;

    internal IEnumerable<long> Views => ViewIds ?? [];
}

/// <summary>Whether a product or variant is seen, as a condition of a query: the parts of <see cref="Sight"/> that it needs are its parameters.</summary>
internal delegate bool Seen<in T>(
    WholesaleDb db, T thing, bool everything, DateTime now, long companyId, bool restricted, IEnumerable<long> views);

/// <summary>
/// Who sees what, in one place. The conditions are expressions, so that the database judges; queries name them by <see cref="Holds{T}"/>, and
/// <see cref="Inline{TDelegate}"/> puts their bodies in the place of the call, for compiled queries and others alike.
/// </summary>
internal static class Visibility
{
    /// <summary>A product is seen if it is active, within its window, in one of the caller's views, and not somebody else's own.</summary>
    public static readonly Expression<Seen<Product>> OfProduct = (db, product, everything, now, companyId, restricted, views) =>
        everything
        || (product.Status == ProductStatus.Active
            && (product.PublishedFrom == null || product.PublishedFrom <= now)
            && (product.PublishedTo == null || product.PublishedTo > now)
            && (!restricted || db.CatalogViewProducts.Any(m => m.ProductId == product.Id && views.Contains(m.ViewId)))
            && (!product.IsExclusive || db.ProductCompanies.Any(c => c.ProductId == product.Id && c.CompanyId == companyId)));

    /// <summary>
    /// A variant of a product that is seen is seen itself within its own window, unless every view that shows the product hides the variant.
    /// That its product is seen must be asked besides.
    /// </summary>
    public static readonly Expression<Seen<Variant>> OfVariant = (db, variant, everything, now, companyId, restricted, views) =>
        everything
        || ((variant.PublishedFrom == null || variant.PublishedFrom <= now)
            && (variant.PublishedTo == null || variant.PublishedTo > now)
            && (!restricted || db.CatalogViewProducts.Any(m => m.ProductId == variant.ProductId && views.Contains(m.ViewId)
                && !db.CatalogViewHiddenVariants.Any(h => h.ViewId == m.ViewId && h.VariantId == variant.Id))));

    /// <summary>The same of a variant that was read, of the product that was read with it: for what they were at another time.</summary>
    /// <param name="product">The product.</param>
    /// <param name="variant">Its variant.</param>
    /// <param name="sight">What the caller sees.</param>
    /// <param name="isShownIn">Whether a view has the product and does not hide the variant.</param>
    public static bool IsSeen(ProductListing product, VariantListing variant, Sight sight, Predicate<long> isShownIn) =>
        sight.Everything
        || (product.Status == ProductStatus.Active
            && (product.PublishedFrom is null || product.PublishedFrom <= sight.Now)
            && (product.PublishedTo is null || product.PublishedTo > sight.Now)
            && (variant.PublishedFrom is null || variant.PublishedFrom <= sight.Now)
            && (variant.PublishedTo is null || variant.PublishedTo > sight.Now)
            && (product.ExclusiveTo is null || product.ExclusiveTo.Contains(sight.CompanyId))
            && (sight.ViewIds is null || sight.ViewIds.Any(view => isShownIn(view))));

    /// <summary>The products that are seen.</summary>
    public static IQueryable<Product> SeenProducts(this WholesaleDb db, Sight sight)
    {
        var (everything, now, companyId, restricted, views) = (sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views);
        return db.Products.Where(Inline<Func<Product, bool>>(p => OfProduct.Holds(db, p, everything, now, companyId, restricted, views)));
    }

    /// <summary>The variants that are seen, of products that are seen.</summary>
    public static IQueryable<Variant> SeenVariants(this WholesaleDb db, Sight sight)
    {
        var (everything, now, companyId, restricted, views) = (sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views);
        return
            from variant in db.Variants.Where(Inline<Func<Variant, bool>>(v => OfVariant.Holds(db, v, everything, now, companyId, restricted, views)))
            join product in db.SeenProducts(sight) on variant.ProductId equals product.Id
            select variant;
    }

    /// <summary>Stands for a condition inside a query that goes through <see cref="Inline{TDelegate}"/>.</summary>
    public static bool Holds<T>(
        this Expression<Seen<T>> condition,
        WholesaleDb db, T thing, bool everything, DateTime now, long companyId, bool restricted, IEnumerable<long> views) =>
        throw new InvalidOperationException("This stands for a condition in a query; the query was not inlined.");

    /// <summary>Puts conditions in the place of the calls that stand for them.</summary>
    public static Expression<TDelegate> Inline<TDelegate>(Expression<TDelegate> query) => (Expression<TDelegate>)new Inliner().Visit(query);

    private sealed class Inliner : ExpressionVisitor
    {
        private static readonly MethodInfo HoldsMethod = typeof(Visibility).GetMethod(nameof(Holds))!;

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (!node.Method.IsGenericMethod || node.Method.GetGenericMethodDefinition() != HoldsMethod)
            {
                return base.VisitMethodCall(node);
            }

            var field = (FieldInfo)((MemberExpression)node.Arguments[0]).Member;
            var condition = (LambdaExpression)field.GetValue(null)!;
            return new Replacer(condition.Parameters, [.. node.Arguments.Skip(1)]).Visit(condition.Body);
        }
    }

    private sealed class Replacer(IReadOnlyList<ParameterExpression> parameters, IReadOnlyList<Expression> arguments) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node)
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                if (parameters[i] == node)
                {
                    return arguments[i];
                }
            }

            return node;
        }
    }
}

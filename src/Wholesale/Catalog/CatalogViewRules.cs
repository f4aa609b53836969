namespace Wholesale.Catalog;

/// <summary>A product as rules see it.</summary>
/// <param name="Id">The product's id.</param>
/// <param name="Categories">Its category and all above it.</param>
/// <param name="Facts">Codes and values.</param>
/// <param name="Variants">All of them, published or not.</param>
internal sealed record RuledProduct(
    long Id, IReadOnlyCollection<long> Categories, IReadOnlyCollection<(string Code, string Value)> Facts, IReadOnlyList<RuledVariant> Variants);

/// <summary>A variant as rules see it.</summary>
/// <param name="Id">The variant's id.</param>
/// <param name="Facts">Codes and values of its own.</param>
internal sealed record RuledVariant(long Id, IReadOnlyCollection<(string Code, string Value)> Facts);

/// <summary>
/// What a view's rules come to. They are about variants: one is in the view if some INCLUDE rule matches it, or there is none, and no EXCLUDE rule does.
/// A rule that matches a product matches all its variants. A product is in the view if any of its variants is.
/// </summary>
internal sealed class CatalogViewRules
{
    private readonly Conditions include;
    private readonly Conditions exclude;

    public CatalogViewRules(IEnumerable<CatalogViewRule> rules)
    {
        var byAction = rules.ToLookup(rule => rule.Action);
        include = new Conditions(byAction[RuleAction.Include]);
        exclude = new Conditions(byAction[RuleAction.Exclude]);
    }

    /// <summary>The variants of a product that are in the view.</summary>
    public IEnumerable<long> Variants(RuledProduct product)
    {
        var takesAll = include.IsEmpty || include.Match(product);
        return exclude.Match(product)
            ? []
            : product.Variants.Where(v => (takesAll || include.Match(v)) && !exclude.Match(v)).Select(v => v.Id);
    }

    /// <summary>The conditions of all rules of one action, as sets: a look-up each, however many rules there are.</summary>
    private sealed class Conditions
    {
        private readonly HashSet<long> categories = [];
        private readonly HashSet<(string, string)> facts = [];
        private readonly HashSet<long> products = [];
        private readonly HashSet<long> variants = [];

        public Conditions(IEnumerable<CatalogViewRule> rules)
        {
            foreach (var rule in rules)
            {
                IsEmpty = false;
                if (rule.CategoryId is { } category)
                {
                    categories.Add(category);
                }
                else if (rule.AttributeCode is { } code)
                {
                    facts.Add((code, rule.AttributeValue!));
                }
                else if (rule.VariantId is { } variant)
                {
                    variants.Add(variant);
                }
                else if (rule.ProductId is { } product)
                {
                    products.Add(product);
                }
            }
        }

        public bool IsEmpty { get; } = true;

        public bool Match(RuledProduct product) =>
            products.Contains(product.Id) || product.Categories.Any(categories.Contains) || product.Facts.Any(facts.Contains);

        public bool Match(RuledVariant variant) => variants.Contains(variant.Id) || variant.Facts.Any(facts.Contains);
    }
}

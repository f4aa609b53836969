using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using static Wholesale.Tests.Catalog.Goods;

namespace Wholesale.Tests.Catalog;

/// <summary>What must not be seen is not seen by any path, and what may be seen is seen by all of them.</summary>
public sealed class VisibilityTests : IDisposable
{
    private static readonly DateTime Noon = RoomDatabase.Noon;

    private readonly RoomDatabase database = new();
    private long acme;

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_draft_is_seen_by_staff_only() =>
        await AssertSeen(Product("x") with { Status = ProductStatus.Draft }, product: false, variant: false);

    [Fact]
    public async Task An_archived_product_is_seen_by_staff_only() =>
        await AssertSeen(Product("x") with { Status = ProductStatus.Archived }, product: false, variant: false);

    [Fact]
    public async Task A_product_is_not_seen_before_its_publication() =>
        await AssertSeen(Product("x") with { PublishedFrom = Noon.AddTicks(1) }, product: false, variant: false);

    [Fact]
    public async Task A_product_is_seen_from_its_publication_on() =>
        await AssertSeen(Product("x") with { PublishedFrom = Noon, PublishedTo = Noon.AddTicks(1) }, product: true, variant: true);

    [Fact]
    public async Task A_product_is_not_seen_from_its_end_on() =>
        await AssertSeen(Product("x") with { PublishedTo = Noon }, product: false, variant: false);

    [Fact]
    public async Task A_variant_outside_its_own_window_is_not_seen_though_its_product_is()
    {
        await AssertSeen(Product("x", null, new("x"), new VariantInput("x-v") { PublishedFrom = Noon.AddTicks(1) }), product: true, variant: false, sku: "x-v");
        await AssertSeen(Product("y", null, new("y"), new VariantInput("y-v") { PublishedTo = Noon }), product: true, variant: false, sku: "y-v");
    }

    [Fact]
    public async Task An_exclusive_product_is_seen_by_its_companies_only()
    {
        await database.Upsert(Company("acme"), Company("other"));
        await AssertSeen(Product("theirs") with { ExclusiveTo = new(["other"]) }, product: false, variant: false);
        await AssertSeen(Product("ours") with { ExclusiveTo = new(["other", "acme"]) }, product: true, variant: true);
        await AssertSeen(Product("ours", "Not any more") with { ExclusiveTo = new(["other"]) }, product: false, variant: false);
        await AssertSeen(Product("theirs") with { ExclusiveTo = new((IReadOnlyList<string>?)null) }, product: true, variant: true);
    }

    [Fact]
    public async Task What_is_outside_the_callers_view_is_not_seen()
    {
        await database.Upsert(Category("in"), Category("out"));
        acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        await database.View("view", acme, new CatalogViewRuleInput(RuleAction.Include, Category: "in"));

        await AssertSeen(Product("x") with { Category = "in" }, product: true, variant: true);
        await AssertSeen(Product("y") with { Category = "out" }, product: false, variant: false);
        await AssertSeen(Product("x") with { Category = "out" }, product: false, variant: false);
    }

    [Fact]
    public async Task A_rule_for_one_variant_hides_its_siblings()
    {
        await database.Upsert(Product("x", null, new("x-1"), new VariantInput("x-2")));
        acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        await database.View("view", acme, new CatalogViewRuleInput(RuleAction.Include, Sku: "x-1"));

        await AssertSeen(null, product: true, variant: true, sku: "x-1");
        await AssertSeen(null, product: true, variant: false, sku: "x-2");
    }

    [Fact]
    public async Task The_nearest_level_with_a_view_decides_and_views_of_one_level_add_up()
    {
        await database.Upsert(Product("a"), Product("b"), Product("c"));
        await database.Upsert(new CustomerTierInput("gold", "Gold", 1));
        acme = (await database.Upsert(Company("acme") with { Tier = "gold" })).Things[0].Id;
        var tier = await database.Read(async db => (await CompanyFields.CustomerTiers(db, default))[0].Id);
        async Task<string[]> Seen()
        {
            database.Time.Advance(TimeSpan.FromSeconds(3));
            return await database.List(await database.SightOf(await database.CallerOf("u-acme")));
        }

        async Task<CatalogView> Give(string sku, AssigneeInput assignee)
        {
            var view = (await database.Views(v => v.Create(new(sku, sku, [new(RuleAction.Include, Sku: sku)]), default))).CatalogView!;
            Assert.Empty((await database.Views(v => v.Assign(new(new NodeId("CatalogView", view.Id), assignee), default))).UserErrors);
            return view;
        }

        Assert.Equal(["a", "b", "c"], await Seen());
        await Give("a", new AssigneeInput(Everyone: true));
        Assert.Equal(["a"], await Seen());
        var gold = await Give("b", new AssigneeInput(TierId: new NodeId("CustomerTier", tier)));
        Assert.Equal(["b"], await Seen());
        await Give("c", new AssigneeInput(TierId: new NodeId("CustomerTier", tier)));
        Assert.Equal(["b", "c"], await Seen());
        Assert.Empty((await database.Views(v => v.Unassign(
            new(new NodeId("CatalogView", gold.Id), new AssigneeInput(TierId: new NodeId("CustomerTier", tier))), default))).UserErrors);
        Assert.Equal(["c"], await Seen());
    }

    [Fact]
    public async Task The_views_of_all_segments_of_a_company_add_up()
    {
        await database.Upsert(Product("a"), Product("b"), Product("c"), Product("d"));
        await database.Upsert(new CustomerTierInput("gold", "Gold", 1));
        await database.Upsert(Company("acme") with { Tier = "gold", Country = "DE", Employees = 5 });
        var segments = (await database.Upsert(
            new CustomerSegmentInput("germans", "Germans", new([new(SegmentAttribute.Country, ["DE"])])),
            new CustomerSegmentInput("viewless", "Without a view", new([new(SegmentAttribute.Country, ["DE"])])),
            new CustomerSegmentInput("small", "Small", new([new(SegmentAttribute.Employees, Maximum: 9)])),
            new CustomerSegmentInput("french", "French", new([new(SegmentAttribute.Country, ["FR"])])))).Things;
        var tier = await database.Read(async db => (await CompanyFields.CustomerTiers(db, default))[0].Id);
        async Task Give(string sku, AssigneeInput assignee)
        {
            var view = (await database.Views(v => v.Create(new(sku, sku, [new(RuleAction.Include, Sku: sku)]), default))).CatalogView!;
            Assert.Empty((await database.Views(v => v.Assign(new(new NodeId("CatalogView", view.Id), assignee), default))).UserErrors);
        }

        await Give("a", new AssigneeInput(SegmentId: new NodeId("CustomerSegment", segments[0].Id)));
        await Give("b", new AssigneeInput(SegmentId: new NodeId("CustomerSegment", segments[2].Id)));
        await Give("c", new AssigneeInput(SegmentId: new NodeId("CustomerSegment", segments[3].Id)));
        await Give("d", new AssigneeInput(TierId: new NodeId("CustomerTier", tier)));

        Assert.Equal(["a", "b"], await database.List(await database.SightOf(await database.CallerOf("u-acme"))));
    }

    [Fact]
    public async Task Without_a_credential_the_catalog_is_closed_until_everyone_has_a_view()
    {
        await database.Upsert(Product("a"));
        var anonymous = Caller.Without(Principal.Anonymous);

        var refusal = await Assert.ThrowsAsync<GraphQLException>(() => database.SightOf(anonymous));
        Assert.Equal("UNAUTHENTICATED", refusal.Code);

        var view = (await database.Views(v => v.Create(new("public", "Public"), default))).CatalogView!;
        await database.Views(v => v.Assign(new(new NodeId("CatalogView", view.Id), new AssigneeInput(Everyone: true)), default));

        Assert.Equal(["a"], await database.List(await database.SightOf(anonymous)));
    }

    [Fact]
    public async Task A_change_of_views_is_seen_at_once_and_a_warm_sight_costs_no_statement()
    {
        await database.Upsert(Product("a"), Product("b"));
        acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        var caller = await database.CallerOf("u-acme");

        Assert.Equal(["a", "b"], await database.List(await database.SightOf(caller)));
        var (_, warm) = await database.Count(db => database.Sights.Of(db, caller, default));
        await database.View("view", acme, new CatalogViewRuleInput(RuleAction.Exclude, Sku: "a"));
        var (sight, cold) = await database.Count(db => database.Sights.Of(db, caller, default));

        Assert.Equal(0, warm);
        Assert.Equal(1, cold);
        Assert.Equal(["b"], await database.List(sight));
    }

    [Fact]
    public async Task Facts_of_a_hidden_variant_do_not_give_it_away()
    {
        await database.Upsert(Product("x", null, new("x"), new VariantInput("x-v", Facts("secret", "yes")) { PublishedFrom = Noon.AddDays(1) }));
        await database.Upsert(Company("acme"));
        var sight = await database.SightOf(await database.CallerOf("u-acme"));

        Assert.Empty(await database.List(sight, new ProductFilter(Attributes: [new("secret", ["yes"])])));
        Assert.Equal(["x"], await database.List(await database.StaffSight(), new ProductFilter(Attributes: [new("secret", ["yes"])])));
    }

    /// <summary>Writes a product, and asks every path whether Acme's user sees it and a variant of it; staff must always see both.</summary>
    private async Task AssertSeen(ProductInput? row, bool product, bool variant, string? sku = null)
    {
        if (row is not null)
        {
            Assert.Equal(0, (await database.Upsert(row)).Counts.Failed);
        }

        if (acme == 0)
        {
            acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        }

        sku ??= row!.Sku;
        var user = await database.CallerOf("u-acme");
        await AssertSeenBy(user.Principal, sku, product, variant);
        await AssertSeenBy(RoomDatabase.Staff, sku, product: true, variant: true);
    }

    private async Task AssertSeenBy(Principal principal, string sku, bool product, bool variant)
    {
        var staff = await database.StaffSight();
        var known = await database.Read(db => CatalogFields.Variant(null, sku, db, staff, default));
        var productId = new NodeId("Product", known!.ProductId);
        var (caller, sight) = await database.Request(principal, async context =>
        {
            var request = context.Services;
            return (await request.GetRequiredService<RequestCaller>().Get(context), await request.GetRequiredService<RequestSight>().Get(context));
        });
        Assert.Equal(principal.Kind, caller.Kind);

        var byId = await database.Read(db => CatalogFields.Product(productId, null, db, sight, default));
        var byVariantSku = await database.Read(db => CatalogFields.Product(null, sku, db, sight, default));
        var variantBySku = await database.Read(db => CatalogFields.Variant(null, sku, db, sight, default));
        var variantById = await database.Read(db => CatalogFields.Variant(new NodeId("Variant", known.Id), null, db, sight, default));
        var nodes = await Nodes(principal, productId, new NodeId("Variant", known.Id));

        // A SKU that is the product's own finds the product, whatever becomes of the variant that bears it, too.
        var found = product && (variant || await IsProductSku(sku));
        foreach (var selected in new[] { SelectedFields.All, SelectedFields.None })
        {
            await AssertListed(sight, known, selected, product, found, variant);
        }

        Assert.Equal(found ? 1 : 0, await database.Read(async db =>
            await (await CatalogFields.Products(1, null, new ProductFilter(Skus: [sku]), ProductSort.Name, SelectedFields.All, db, sight, default)).Count!()));
        Assert.Equal(product, byId is not null);
        Assert.Equal(found, byVariantSku is not null);
        Assert.Equal(variant, variantBySku is not null);
        Assert.Equal(variant, variantById is not null);
        Assert.Equal((product, variant), (nodes[0] is not null, nodes[1] is not null));
        if (byId is not null)
        {
            Assert.Equal(variant, (await database.VariantsOf(sight, byId.Sku)).Contains(sku));
        }

        if (variantBySku is not null)
        {
            var back = await database.Read(db => CatalogFields.VariantProduct(Batch<Variant>.Of([variantBySku]), SelectedFields.All, db, sight, default));
            Assert.Equal(known.ProductId, back[0].Id);
        }
    }

    /// <summary>Whole products and variants, or their heads.</summary>
    private async Task AssertListed(Sight sight, Variant known, SelectedFields selected, bool product, bool found, bool variant)
    {
        var listed = await database.Read(db => CatalogFields.Products(250, null, null, ProductSort.Name, selected, db, sight, default));
        var newest = await database.Read(db => CatalogFields.Products(250, null, null, ProductSort.Newest, selected, db, sight, default));
        var bySku = await database.Read(db => CatalogFields.Products(250, null, new ProductFilter(Skus: [known.Sku]), ProductSort.Name, selected, db, sight, default));
        var newestBySku = await database.Read(db => CatalogFields.Products(250, null, new ProductFilter(Skus: [known.Sku]), ProductSort.Newest, selected, db, sight, default));
        var productsById = await database.Read(db => CatalogQueries.ByIds(db, sight, [known.ProductId], selected, default));
        var variantsById = await database.Read(db => CatalogQueries.VariantsByIds(db, sight, [known.Id], selected, default));

        Assert.All(listed.Edges.Concat(newest.Edges).Select(edge => edge.Node).Concat(productsById), node => Assert.Equal(selected == SelectedFields.None, node.Head is not null));
        Assert.Equal(product, listed.Edges.Any(edge => edge.Node.Id == known.ProductId));
        Assert.Equal(product, newest.Edges.Any(edge => edge.Node.Id == known.ProductId));
        Assert.Equal(found, bySku.Edges.Count == 1);
        Assert.Equal(found, newestBySku.Edges.Count == 1);
        Assert.Equal(product, productsById.Count == 1);
        Assert.Equal(variant, variantsById.Count == 1);
        Assert.All(variantsById, v => Assert.Equal(selected == SelectedFields.None, v.ProductHead is not null));
    }

    private async Task<bool> IsProductSku(string sku)
    {
        var staff = await database.StaffSight();
        return (await database.Read(db => CatalogFields.Product(null, sku, db, staff, default)))!.Sku == sku;
    }

    private Task<object?[]> Nodes(Principal principal, NodeId product, NodeId variant) => database.Request(principal, async context => new object?[]
    {
        (await CatalogFields.ProductNodes([product.Key], context))[0],
        (await CatalogFields.VariantNodes([variant.Key], context))[0],
    });
}

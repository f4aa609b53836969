using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using static Wholesale.Tests.Catalog.Goods;

namespace Wholesale.Tests.Catalog;

public sealed class CatalogViewWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Rules_are_checked_where_they_stand()
    {
        await database.Upsert(Product("x"));
        var result = await database.Views(v => v.Create(new("view", "View", [
            new(RuleAction.Include, Category: "nowhere"),
            new(RuleAction.Include, Sku: "nothing"),
            new(RuleAction.Include),
            new(RuleAction.Exclude, Sku: "x", Attribute: new("", "v")),
        ]), default));

        Assert.Null(result.CatalogView);
        Assert.Equal(
            [
                "NOT_FOUND rules/0/category", "NOT_FOUND rules/1/sku", "INVALID_VALUE rules/2", "INVALID_VALUE rules/3",
                "INVALID_VALUE rules/3/attribute/code",
            ],
            result.UserErrors.Select(error => error.Short()));
        Assert.Empty(await database.Read(db => CatalogViewFields.CatalogViews(db, default)));
    }

    [Fact]
    public async Task An_external_id_is_taken_once()
    {
        await database.Views(v => v.Create(new("view", "View"), default));

        var again = await database.Views(v => v.Create(new("view", "", []), default));

        Assert.Equal(["INVALID_VALUE name", "ALREADY_EXISTS externalId"], again.UserErrors.Select(error => error.Short()));
    }

    [Fact]
    public async Task Rules_are_replaced_as_a_whole_and_membership_follows()
    {
        await database.Upsert(Category("c"));
        await database.Upsert(
            Product("x", null, new("x-1", Facts("color", "red")), new VariantInput("x-2")) with { Category = "c" }, Product("y"), Product("z"));
        var acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        var view = await database.View("view", acme, new(RuleAction.Include, Category: "c"), new(RuleAction.Include, Sku: "y"));
        var sight = await database.SightOf(await database.CallerOf("u-acme"));
        Assert.Equal(["x", "y"], await database.List(sight));
        Assert.Equal(["x-1", "x-2"], await database.VariantsOf(sight, "x"));

        var updated = await database.Views(v => v.Update(
            new(new NodeId("CatalogView", view.Id), Rules: [new(RuleAction.Include, Attribute: new("color", "red")), new(RuleAction.Include, Sku: "z")]), default));

        Assert.Empty(updated.UserErrors);
        Assert.Equal(["x", "z"], await database.List(sight));
        Assert.Equal(["x-1"], await database.VariantsOf(sight, "x"));
        Assert.Equal([2], await database.Read(db => CatalogViewFields.ProductCount(Batch<CatalogView>.Of([view]), db, default)));
    }

    [Fact]
    public async Task Membership_kept_product_by_product_is_what_the_rules_say_of_all()
    {
        await database.Upsert(Category("a"), Category("b", "a"), Category("c"));
        var acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        await database.Upsert(Product("p0", null, new("p0-a"), new("p0-b")));
        var view = await database.View("view", acme,
            new(RuleAction.Include, Category: "a"), new(RuleAction.Include, Sku: "p0-a"), new(RuleAction.Exclude, Attribute: new("color", "red")));
        var random = new Random(4711);
        for (var round = 0; round < 6; round++)
        {
            await database.Upsert([.. Enumerable.Range(0, 20).Select(i => new ProductInput($"p{i}", In("en", $"p{i}"),
                Category: random.Next(4) switch { 0 => "a", 1 => "b", 2 => "c", _ => new Optional<string?>(null) },
                Attributes: random.Next(5) == 0 ? Facts("color", "red") : [],
                Variants: [.. "ab".Select(v => new VariantInput($"p{i}-{v}", random.Next(3) == 0 ? Facts("color", "red") : []))]))]);
            var kept = await Membership();

            await database.Write(async (db, writes) =>
            {
                await db.CatalogViewProducts.ExecuteDeleteAsync();
                await db.CatalogViewHiddenVariants.ExecuteDeleteAsync();
                await CatalogViewMembership.Fill(db, view, await db.CatalogViewRules.ToListAsync(), default);
                writes.Record("TEST", 0, 0);
                return 0;
            });

            Assert.NotEmpty(kept.Products);
            Assert.NotEmpty(kept.Hidden);
            Assert.Equal(await Membership(), kept);
        }

        async Task<(string Products, string Hidden)> Membership() => await database.Read(async db => (
            string.Join(' ', await db.CatalogViewProducts.OrderBy(m => m.ProductId).Select(m => m.ProductId).ToListAsync()),
            string.Join(' ', await db.CatalogViewHiddenVariants.OrderBy(h => h.VariantId).Select(h => h.VariantId).ToListAsync())));
    }

    [Fact]
    public async Task An_update_upon_an_old_version_is_a_conflict()
    {
        var view = (await database.Views(v => v.Create(new("view", "View"), default))).CatalogView!;
        var id = new NodeId("CatalogView", view.Id);
        await database.Views(v => v.Update(new(id, "Renamed", ExpectedVersion: 1), default));

        var late = await database.Views(v => v.Update(new(id, "Too late", ExpectedVersion: 1), default));
        var lost = await database.Views(v => v.Update(new(NodeId.None, "Lost"), default));

        Assert.Equal("CONFLICT expectedVersion", Assert.Single(late.UserErrors).Short());
        Assert.Contains("the current version is 2", late.UserErrors[0].Message, StringComparison.Ordinal);
        Assert.Equal("Renamed", late.CatalogView!.Name);
        Assert.Equal("NOT_FOUND catalogViewId", Assert.Single(lost.UserErrors).Short());
    }

    [Fact]
    public async Task Assigning_twice_or_taking_away_what_is_not_there_changes_nothing()
    {
        var view = (await database.Views(v => v.Create(new("view", "View"), default))).CatalogView!;
        var input = new AssignCatalogViewInput(new NodeId("CatalogView", view.Id), new AssigneeInput(Everyone: true));

        var first = await database.Views(v => v.Assign(input, default));
        var second = await database.Views(v => v.Assign(input, default));
        var third = await database.Views(v => v.Unassign(input, default));
        var fourth = await database.Views(v => v.Unassign(input, default));

        Assert.Equal([2, 2, 3, 3], new[] { first, second, third, fourth }.Select(payload => payload.CatalogView!.Version));
    }

    [Fact]
    public async Task Exactly_one_assignee_that_exists_must_be_named()
    {
        var view = (await database.Views(v => v.Create(new("view", "View"), default))).CatalogView!;
        var acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        async Task<string> Error(AssigneeInput assignee) => Assert.Single(
            (await database.Views(v => v.Assign(new(new NodeId("CatalogView", view.Id), assignee), default))).UserErrors).Short();

        Assert.Equal("INVALID_VALUE assignee", await Error(new AssigneeInput()));
        Assert.Equal("INVALID_VALUE assignee", await Error(new AssigneeInput(Everyone: false)));
        Assert.Equal("INVALID_VALUE assignee", await Error(new AssigneeInput(CompanyId: new NodeId("Company", acme), Everyone: true)));
        Assert.Equal("NOT_FOUND assignee/unitId", await Error(new AssigneeInput(UnitId: new NodeId("CompanyUnit", acme))));
        Assert.Equal("NOT_FOUND assignee/companyId", await Error(new AssigneeInput(CompanyId: new NodeId("CompanyUnit", acme))));
        Assert.Equal("NOT_FOUND assignee/segmentId", await Error(new AssigneeInput(SegmentId: NodeId.None)));
        Assert.Equal("NOT_FOUND assignee/tierId", await Error(new AssigneeInput(TierId: NodeId.None)));
        Assert.Equal("NOT_FOUND assignee/marketId", await Error(new AssigneeInput(MarketId: NodeId.None)));
    }

    [Fact]
    public async Task A_view_tells_its_rules_assignees_and_count_in_one_statement_each()
    {
        await database.Upsert(Category("c"));
        await database.Upsert(Product("x"), Product("y"));
        var acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        await database.View("a", acme, new(RuleAction.Include, Sku: "x"), new(RuleAction.Exclude, Category: "c"));
        await database.View("b", acme, new CatalogViewRuleInput(RuleAction.Include, Attribute: new("color", "red", "RAL")));
        var sight = await database.StaffSight();
        var views = Batch<CatalogView>.Of(await database.Read(db => CatalogViewFields.CatalogViews(db, default)));

        var (rules, r) = await database.Count(db => CatalogViewFields.Rules(views, db, default));
        var (assignees, a) = await database.Count(db => CatalogViewFields.ViewAssignees(views, db, default));
        var (counts, c) = await database.Count(db => CatalogViewFields.ProductCount(views, db, default));
        var ruleBatch = Batch<CatalogViewRule>.Of([.. rules.SelectMany(list => list)]);
        var (categories, g) = await database.Count(db => CatalogViewFields.RuleCategory(ruleBatch, db, sight, default));

        Assert.Equal((1, 1, 1, 1), (r, a, c, g));
        Assert.Equal(["x", null, null], ruleBatch.Map(rule => rule.Sku).AsEnumerable());
        Assert.Equal([null, "c", null], categories.Select(category => category?.ExternalId));
        Assert.Equal(("color", "red", "RAL"), (ruleBatch[2].AttributeCode, ruleBatch[2].AttributeValue, ruleBatch[2].AttributeUnit));
        Assert.All(assignees, list => Assert.Equal(new Assignee(AssigneeLevel.Company, acme), Assert.Single(list)));
        Assert.Equal([1, 0], counts);
    }
}

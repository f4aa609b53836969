using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using static Wholesale.Tests.Catalog.Goods;

namespace Wholesale.Tests.Catalog;

public sealed class CategoryWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Parents_may_stand_after_their_children()
    {
        var result = await database.Upsert(Category("c", "b"), Category("b", "a"), Category("a"));

        Assert.Equal(new BulkCounts(3, 3, 0, 0), result.Counts);
        Assert.Equal(["a", "a/b", "a/b/c"], await Tree());
    }

    [Fact]
    public async Task A_child_of_a_bad_row_is_bad_itself_and_the_rest_is_taken()
    {
        var result = await database.Upsert(
            Category("grandchild", "child"), Category("child", "bad"), Category("bad") with { Texts = null }, Category("orphan", "nobody"), Category("good"));

        Assert.Equal(
            [
                "NOT_FOUND categories/0/parent", "NOT_FOUND categories/1/parent", "INVALID_VALUE categories/2/texts", "NOT_FOUND categories/3/parent",
            ],
            result.Errors("categories").Select(error => error.Short()));
        Assert.Equal(["good"], await Tree());
    }

    [Fact]
    public async Task A_circle_among_new_rows_is_refused()
    {
        var result = await database.Upsert(Category("a", "c"), Category("b", "a"), Category("c", "b"), Category("self", "self"), Category("d"));

        Assert.Equal(
            [
                "CIRCULAR_HIERARCHY categories/0/parent", "CIRCULAR_HIERARCHY categories/1/parent", "CIRCULAR_HIERARCHY categories/2/parent",
                "CIRCULAR_HIERARCHY categories/3/parent",
            ],
            result.Errors("categories").Select(error => error.Short()));
        Assert.Equal(["d"], await Tree());
    }

    [Fact]
    public async Task A_category_does_not_move_below_itself()
    {
        await database.Upsert(Category("a"), Category("b", "a"), Category("c", "b"));

        var result = await database.Upsert(Category("a", "c"));

        Assert.Equal("CIRCULAR_HIERARCHY categories/0/parent", Assert.Single(result.Errors("categories")).Short());
        Assert.Equal(["a", "a/b", "a/b/c"], await Tree());
    }

    [Fact]
    public async Task A_whole_subtree_moves_along()
    {
        await database.Upsert(Category("a"), Category("b", "a"), Category("c", "b"), Category("z"));

        var result = await database.Upsert(Category("b", "z"), new CategoryInput("a", Position: 7));

        Assert.Equal(0, result.Counts.Failed);
        Assert.Equal(["z", "z/b", "z/b/c", "a"], await Tree());
        var paths = await database.Read(async db => await db.Categories.ToDictionaryAsync(c => c.ExternalId));
        Assert.Equal($"/{paths["z"].Id}/{paths["b"].Id}/{paths["c"].Id}/", paths["c"].Path);
        Assert.Equal((2, 1), (paths["b"].Version, paths["c"].Version));
    }

    [Fact]
    public async Task Two_categories_change_places_in_one_call()
    {
        await database.Upsert(Category("a"), Category("b", "a"));

        var result = await database.Upsert(Category("a", "b"), new CategoryInput("b", new Optional<string?>(null)));

        Assert.Equal(0, result.Counts.Failed);
        Assert.Equal(["b", "b/a"], await Tree());
    }

    [Fact]
    public async Task A_tree_has_at_most_twenty_levels()
    {
        await database.Upsert([.. Enumerable.Range(1, 20).Select(i => Category($"{i:D2}", i == 1 ? null : $"{i - 1:D2}"))]);

        var below = await database.Upsert(Category("21", "20"));
        var moved = await database.Upsert(Category("top"), Category("01", "top"));

        Assert.Equal("INVALID_VALUE categories/0/parent", Assert.Single(below.Errors("categories")).Short());
        Assert.Equal("INVALID_VALUE categories/1/parent", Assert.Single(moved.Errors("categories")).Short());
        Assert.Equal(new BulkCounts(2, 1, 0, 1), moved.Counts);
    }

    [Fact]
    public async Task Older_revisions_and_duplicates_are_told_apart_from_what_is_taken()
    {
        await database.Upsert(Category("a") with { SourceRevision = 5 });

        var result = await database.Upsert(Category("a") with { SourceRevision = 4, Position = 9 }, Category("b"), Category("b"), Category("c", "a"));

        Assert.Equal(new BulkCounts(4, 2, 1, 1), result.Counts);
        Assert.Equal("DUPLICATE_ROW categories/2/externalId", Assert.Single(result.Errors("categories")).Short());
        Assert.Equal(["a", "a/c", "b"], await Tree());
    }

    [Fact]
    public async Task All_or_nothing_takes_nothing_when_a_row_is_bad()
    {
        await database.Upsert(Category("a"));

        var result = await database.Upsert(BulkMode.AllOrNothing, Category("b"), Category("a", "b"), Category("c", "nobody"));

        Assert.Equal(new BulkCounts(3, 0, 0, 3), result.Counts);
        Assert.Equal(["a"], await Tree());
    }

    [Fact]
    public async Task Siblings_stand_by_position_then_external_id_and_each_layer_is_one_statement()
    {
        await database.Upsert(Category("b"), Category("a"), Category("first") with { Position = -1 }, Category("a1", "a"), Category("b1", "b"), Category("b0", "b"));
        var sight = await database.StaffSight();

        var (tops, one) = await database.Count(db => CatalogFields.TopCategories(db, sight, default));
        var (children, two) = await database.Count(db => CatalogFields.CategoryChildren(Batch<LocalizedCategory>.Of(tops), db, sight, default));
        var all = Batch<LocalizedCategory>.Of([.. children.SelectMany(c => c)]);
        var (parents, three) = await database.Count(db => CatalogFields.CategoryParent(all, db, sight, default));

        Assert.Equal((1, 1, 1), (one, two, three));
        Assert.Equal(["first", "a", "b"], tops.Select(c => c.ExternalId));
        Assert.Equal(["", "a1", "b0 b1"], children.Select(list => string.Join(' ', list.Select(c => c.ExternalId))));
        Assert.Equal(["a", "b", "b"], parents.Select(c => c!.ExternalId));
    }

    [Fact]
    public async Task Moving_a_category_moves_its_products_into_and_out_of_views()
    {
        await database.Upsert(Category("in"), Category("out"), Category("c", "out"), Category("d", "c"));
        await database.Upsert(Product("x") with { Category = "d" });
        var acme = (await database.Upsert(Company("acme"))).Things[0].Id;
        await database.View("view", acme, new CatalogViewRuleInput(RuleAction.Include, Category: "in"));
        var sight = await database.SightOf(await database.CallerOf("u-acme"));
        Assert.Empty(await database.List(sight));

        await database.Upsert(Category("c", "in"));
        Assert.Equal(["x"], await database.List(sight));

        await database.Upsert(Category("c", "out"));
        Assert.Empty(await database.List(sight));
    }

    /// <summary>All categories by position, each with the external ids from the top.</summary>
    private Task<string[]> Tree() => database.Read(async db =>
    {
        var all = await db.Categories.ToDictionaryAsync(c => c.Id);
        return all.Values
            .OrderBy(c => TreePath.Ids(c.Path).Max(id => all[id].Position))
            .ThenBy(c => string.Join('/', TreePath.Ids(c.Path).Select(id => all[id].ExternalId)), StringComparer.Ordinal)
            .Select(c => string.Join('/', TreePath.Ids(c.Path).Select(id => all[id].ExternalId)))
            .ToArray();
    });
}

using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using static Wholesale.Tests.Catalog.Goods;

namespace Wholesale.Tests.Catalog;

public sealed class ProductListTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_page_with_its_words_is_one_statement_and_all_variants_another()
    {
        await database.Upsert([.. Enumerable.Range(0, 50).Select(i => Product($"P{i:D2}", null, new($"P{i:D2}-a"), new($"P{i:D2}-b")))]);
        await database.Upsert(Company("acme"));
        var sight = await database.SightOf(await database.CallerOf("u-acme"));

        var (page, pageStatements) = await database.Count(db => CatalogFields.Products(50, null, null, ProductSort.Name, SelectedFields.All, db, sight, default));
        var products = Batch<LocalizedProduct>.Of([.. page.Edges.Select(edge => edge.Node)]);
        var (variants, variantStatements) = await database.Count(db => CatalogFields.ProductVariants(products, 20, db, sight, default));

        Assert.Equal(1, pageStatements);
        Assert.Equal(1, variantStatements);
        Assert.Equal(50, page.Edges.Count);
        Assert.Equal("P07", page.Edges[7].Node.Name);
        Assert.All(variants.Index(), v => Assert.Equal([$"P{v.Index:D2}-a", $"P{v.Index:D2}-b"], v.Item.Edges.Select(edge => edge.Node.Sku)));
    }

    [Fact]
    public async Task Each_further_field_is_one_statement_for_all_products()
    {
        await database.Upsert(Category("tables"));
        await database.Upsert([.. Enumerable.Range(0, 30).Select(i => Product($"P{i}") with
        {
            Category = "tables",
            Attributes = Facts("color", "red"),
            Media = [new("https://example.com/a.jpg"), new("https://example.com/b.mp4", "A film", MediaKind.Video)],
            Documents = [new("https://example.com/a.pdf", "Manual", DocumentKind.Manual, "DE-at")],
        })]);
        var sight = await database.StaffSight();
        var page = await database.Read(db => CatalogFields.Products(30, null, null, ProductSort.Name, SelectedFields.All, db, sight, default));
        var products = Batch<LocalizedProduct>.Of([.. page.Edges.Select(edge => edge.Node)]);

        var (attributes, a) = await database.Count(db => CatalogFields.Attributes(products, p => p.Id, db, default));
        var (media, m) = await database.Count(db => CatalogFields.ProductMedia(products, db, default));
        var (documents, d) = await database.Count(db => CatalogFields.ProductDocuments(products, db, default));
        var (categories, c) = await database.Count(db => CatalogFields.ProductCategory(products, db, sight, default));
        var (exclusive, e) = await database.Count(db => CatalogFields.ProductExclusiveTo(products, db, default));

        Assert.Equal((1, 1, 1, 1, 1), (a, m, d, c, e));
        Assert.All(attributes, facts => Assert.Equal([new Fact("color", "red", null)], facts));
        Assert.All(media, files => Assert.Equal([MediaKind.Image, MediaKind.Video], files.Select(f => f.Kind)));
        Assert.All(documents, files => Assert.Equal("de-AT", Assert.Single(files).Locale));
        Assert.All(categories, category => Assert.Equal("tables", category!.Name));
        Assert.All(exclusive, Assert.Null);
        Assert.Equal(30, page.Edges.Count);
    }

    [Fact]
    public async Task The_total_is_counted_only_when_asked_for()
    {
        await database.Upsert([.. Enumerable.Range(0, 7).Select(i => Product($"P{i}"))]);
        var sight = await database.StaffSight();
        await using var db = database.Open();

        var before = database.Statements.Total;
        var page = await CatalogFields.Products(2, null, null, ProductSort.Name, SelectedFields.All, db, sight, default);
        var afterPage = database.Statements.Total;
        var total = await page.Count!();

        Assert.Equal(1, afterPage - before);
        Assert.Equal(1, database.Statements.Total - afterPage);
        Assert.Equal(7, total);
    }

    [Theory]
    [InlineData(ProductSort.Name)]
    [InlineData(ProductSort.Newest)]
    public async Task Pages_of_equal_names_and_dates_neither_repeat_nor_lose_a_product(ProductSort sort)
    {
        await database.Upsert([.. Enumerable.Range(0, 25).Select(i => Product($"P{i:D2}", i % 2 == 0 ? "same" : "Same"))]);
        var sight = await database.StaffSight();

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await database.Read(db => CatalogFields.Products(4, after, null, sort, SelectedFields.All, db, sight, default));
            seen.AddRange(page.Edges.Select(edge => edge.Node.Sku));
            Assert.Equal(page.PageInfo.HasNextPage, seen.Count < 25);
            after = page.PageInfo.EndCursor;
        }
        while (seen.Count < 25);

        Assert.Equal(25, seen.Distinct().Count());
    }

    [Fact]
    public async Task Filtered_pages_go_on_where_the_last_one_ended()
    {
        await database.Upsert([.. Enumerable.Range(0, 9).Select(i => Product($"P{i}") with { Brand = i % 2 == 0 ? "Even" : "Odd" })]);
        var sight = await database.StaffSight();
        var filter = new ProductFilter(Brand: "Even");

        foreach (var sort in Enum.GetValues<ProductSort>())
        {
            var first = await database.Read(db => CatalogFields.Products(2, null, filter, sort, SelectedFields.All, db, sight, default));
            var (second, statements) = await database.Count(db => CatalogFields.Products(9, first.PageInfo.EndCursor, filter, sort, SelectedFields.All, db, sight, default));

            string[] expected = sort == ProductSort.Name ? ["P0", "P2", "P4", "P6", "P8"] : ["P8", "P6", "P4", "P2", "P0"];
            Assert.Equal(expected, first.Edges.Concat(second.Edges).Select(edge => edge.Node.Sku));
            Assert.Equal(1, statements);
            Assert.Equal(5, await database.Read(async db =>
                await (await CatalogFields.Products(1, null, filter, sort, SelectedFields.All, db, sight, default)).Count!()));
        }
    }

    [Fact]
    public async Task Names_sort_without_regard_to_case_and_newest_by_publication_else_creation()
    {
        await database.Upsert(Product("1", "banana"), Product("2", "Apple"), Product("3", "cherry") with { PublishedFrom = RoomDatabase.Noon.AddDays(-9) });
        database.Time.Advance(TimeSpan.FromHours(1));
        await database.Upsert(Product("4", "date"));
        var sight = await database.StaffSight();

        var byName = await database.Read(db => CatalogFields.Products(9, null, null, ProductSort.Name, SelectedFields.All, db, sight, default));
        var newest = await database.Read(db => CatalogFields.Products(9, null, null, ProductSort.Newest, SelectedFields.All, db, sight, default));

        Assert.Equal(["2", "1", "3", "4"], byName.Edges.Select(edge => edge.Node.Sku));
        Assert.Equal(["4", "2", "1", "3"], newest.Edges.Select(edge => edge.Node.Sku));
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        await database.Upsert(Product("1"), Product("2"));
        var sight = await database.StaffSight();
        var page = await database.Read(db => CatalogFields.Products(1, null, null, ProductSort.Name, SelectedFields.All, db, sight, default));

        var refusal = await Assert.ThrowsAsync<GraphQLException>(() =>
            database.Read(db => CatalogFields.Products(1, page.PageInfo.EndCursor, null, ProductSort.Newest, SelectedFields.All, db, sight, default)));

        Assert.Equal("INVALID_CURSOR", refusal.Code);
    }

    [Fact]
    public async Task A_category_takes_in_all_below_it()
    {
        await database.Upsert(Category("a"), Category("b", "a"), Category("c", "b"), Category("d"));
        await database.Upsert(
            Product("in-a") with { Category = "a" }, Product("in-c") with { Category = "c" }, Product("in-d") with { Category = "d" }, Product("nowhere"));
        var sight = await database.StaffSight();

        async Task<string[]> In(string externalId)
        {
            var category = await database.Read(db => CatalogFields.Category(null, externalId, db, sight, default));
            return await database.List(sight, new ProductFilter(CategoryId: new NodeId("Category", category!.Id)));
        }

        Assert.Equal(["in-a", "in-c"], await In("a"));
        Assert.Equal(["in-c"], await In("b"));
        Assert.Equal(["in-d"], await In("d"));
        Assert.Empty(await database.List(sight, new ProductFilter(CategoryId: NodeId.None)));
    }

    [Fact]
    public async Task All_conditions_must_hold()
    {
        await database.Upsert(
            Product("1", null, new("1-red") { Attributes = Facts("color", "red") }, new VariantInput("1-blue") { Attributes = Facts("color", "blue") })
                with
            { Attributes = Facts("material", "oak"), Brand = "Acme" },
            Product("2") with { Attributes = [new("color", "red"), new("material", "pine")], Brand = "Acme" },
            Product("3") with { Attributes = Facts("material", "oak"), Kind = ProductKind.Service });
        var sight = await database.StaffSight();

        Task<string[]> With(params AttributeFilter[] attributes) => database.List(sight, new ProductFilter(Attributes: attributes));

        Assert.Equal(["1", "2"], await With(new AttributeFilter("color", ["red"])));
        Assert.Equal(["1"], await With(new AttributeFilter("color", ["red", "green"]), new AttributeFilter("material", ["oak"])));
        Assert.Empty(await With(new AttributeFilter("color", ["RED"])));
        Assert.Equal(["3"], await database.List(sight, new ProductFilter(Kind: ProductKind.Service)));
        Assert.Equal(["1", "3"], await database.List(sight, new ProductFilter(Skus: ["1-blue", "3", "none"])));
        Assert.Equal(["2"], await database.List(sight, new ProductFilter(Brand: "Acme", Skus: ["2", "3"])));
        Assert.Empty(await database.List(sight, new ProductFilter(PublishedAfter: RoomDatabase.Noon)));
        Assert.Equal(3, (await database.List(sight, new ProductFilter(PublishedAfter: RoomDatabase.Noon.AddTicks(-1)))).Length);
        Assert.Empty(await database.List(sight, new ProductFilter(Status: [ProductStatus.Draft])));
    }

    [Fact]
    public async Task A_filter_list_that_is_too_long_or_too_short_is_refused()
    {
        var sight = await database.StaffSight();

        foreach (var filter in new[]
        {
            new ProductFilter(Skus: [.. Enumerable.Repeat("x", 251)]),
            new ProductFilter(Attributes: [.. Enumerable.Repeat(new AttributeFilter("a", ["b"]), 11)]),
            new ProductFilter(Attributes: [new AttributeFilter("a", [])]),
        })
        {
            var refusal = await Assert.ThrowsAsync<GraphQLException>(() => database.List(sight, filter));
            Assert.Equal(ErrorCodes.InvalidValue, refusal.Code);
        }
    }

    [Fact]
    public async Task Variants_stand_in_the_sellers_order_and_more_are_told_of()
    {
        await database.Upsert(Product("1", null, new("b") { Position = 1 }, new("c"), new("a") { Position = 1 }));
        var sight = await database.StaffSight();
        var product = await database.Read(db => CatalogFields.Product(null, "1", db, sight, default));

        var all = await database.VariantsOf(sight, "1");
        var two = await database.Read(db => CatalogFields.ProductVariants(Batch<LocalizedProduct>.Of([product!]), 2, db, sight, default));

        Assert.Equal(["c", "a", "b"], all);
        Assert.Equal(["c", "a"], two[0].Edges.Select(edge => edge.Node.Sku));
        Assert.True(two[0].PageInfo.HasNextPage);
    }
}

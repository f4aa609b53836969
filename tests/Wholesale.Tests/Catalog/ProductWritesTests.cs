using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using static Wholesale.Tests.Catalog.Goods;

namespace Wholesale.Tests.Catalog;

public sealed class ProductWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_product_is_of_the_standard_tax_class_unless_said_otherwise_and_stays_in_its_class()
    {
        var created = (await database.Upsert(Product("plain"), Product("food") with { TaxClass = "reduced" })).Things;

        var kept = (await database.Upsert(new ProductInput("food", Brand: "B"))).Things[0];
        var changed = (await database.Upsert(new ProductInput("plain", TaxClass: "none"))).Things[0];
        var bad = await database.Upsert(new ProductInput("plain", TaxClass: "none "));

        Assert.Equal(["standard", "reduced"], created.Select(product => product.TaxClass));
        Assert.Equal(("reduced", 2L, "none", 2L), (kept.TaxClass, kept.Version, changed.TaxClass, changed.Version));
        Assert.Equal("INVALID_VALUE products/0/taxClass", Assert.Single(bad.Errors("products")).Short());
        var sight = await database.StaffSight();
        Assert.Equal("none", (await database.Read(db => CatalogFields.Product(null, "plain", db, sight, default)))!.TaxClass);
    }

    [Fact]
    public async Task Good_rows_are_taken_and_bad_ones_reported_where_they_stand()
    {
        var result = await database.Upsert(
            Product("good"),
            Product("nameless") with { Texts = null },
            Product("bare") with { Variants = [] },
            Product(" blank", null, new VariantInput("blank")),
            Product("lost") with { Category = "nowhere" },
            Product("lonely") with { ExclusiveTo = new(["nobody"]) },
            Product("nobody") with { ExclusiveTo = new([]) },
            Product("upside") with { PublishedFrom = RoomDatabase.Noon, PublishedTo = RoomDatabase.Noon },
            Product("good"),
            Product("fine"));

        Assert.Equal(new BulkCounts(10, 2, 0, 8), result.Counts);
        Assert.Equal(["good", "fine"], result.Things.Select(product => product.Sku));
        Assert.Equal(
            [
                "INVALID_VALUE products/1/texts",
                "INVALID_VALUE products/2/variants",
                "INVALID_VALUE products/3/sku",
                "NOT_FOUND products/4/category",
                "NOT_FOUND products/5/exclusiveTo/0",
                "INVALID_VALUE products/6/exclusiveTo",
                "INVALID_VALUE products/7/publishedTo",
                "DUPLICATE_ROW products/8/sku",
            ],
            result.Errors("products").Select(error => error.Short()));
        Assert.Equal("There is no category \"nowhere\".", result.Errors("products")[3].Message);
        Assert.Equal(["fine", "good"], await database.List(await database.StaffSight()));
    }

    [Fact]
    public async Task Every_part_of_a_row_is_checked()
    {
        var result = await database.Upsert(new ProductInput(
            "x",
            [new("en", ""), new("EN", "Twice"), new("no language", "X", "text\u0000")],
            Brand: new string('b', 101),
            Attributes: [new("", "v"), new("c", new string('v', 501), new string('u', 21))],
            Media: [new("ftp://example.com/a")],
            Documents: [new("https://example.com/a", "", DocumentKind.Manual, "12")],
            Variants:
            [
                new("a", Gtin: "4006381333932"),
                new("a", UnitOfMeasure: " ", QuantityIncrement: new Quantity(0)),
                new("b", [new("code", "")], PublishedFrom: RoomDatabase.Noon, PublishedTo: RoomDatabase.Noon.AddDays(-1)),
            ]));

        Assert.Equal(
            [
                "INVALID_VALUE products/0/texts/1/locale",
                "INVALID_VALUE products/0/texts/2/locale",
                "INVALID_VALUE products/0/texts/0/name",
                "INVALID_VALUE products/0/texts/2/description",
                "INVALID_VALUE products/0/brand",
                "INVALID_VALUE products/0/attributes/0/code",
                "INVALID_VALUE products/0/attributes/1/value",
                "INVALID_VALUE products/0/attributes/1/unit",
                "INVALID_VALUE products/0/media/0/url",
                "INVALID_VALUE products/0/documents/0/title",
                "INVALID_VALUE products/0/documents/0/locale",
                "INVALID_VALUE products/0/variants/0/gtin",
                "DUPLICATE_ROW products/0/variants/1/sku",
                "INVALID_VALUE products/0/variants/1/unitOfMeasure",
                "INVALID_VALUE products/0/variants/1/quantityIncrement",
                "INVALID_VALUE products/0/variants/2/attributes/0/value",
                "INVALID_VALUE products/0/variants/2/publishedTo",
            ],
            result.Errors("products").Select(error => error.Short()));
        Assert.Empty(await database.List(await database.StaffSight()));
    }

    [Theory]
    [InlineData("4006381333931", true)]
    [InlineData("4006381333932", false)]
    [InlineData("96385074", true)]
    [InlineData("036000291452", true)]
    [InlineData("00012345600012", true)]
    [InlineData("00012345600013", false)]
    [InlineData("123456789", false)]
    [InlineData("9638507４", false)]
    public void A_gtin_ends_in_its_check_digit(string gtin, bool isRight) => Assert.Equal(isRight, Variant.IsGtin(gtin));

    [Fact]
    public async Task A_sku_belongs_to_one_product_and_its_variant_may_share_it()
    {
        await database.Upsert(Product("a", null, new("a"), new VariantInput("a-1")));

        var result = await database.Upsert(
            Product("a-1", null, new VariantInput("q")),
            Product("b", null, new VariantInput("a-1")),
            Product("c", null, new VariantInput("a")),
            Product("d", null, new("d"), new VariantInput("d-1")),
            Product("d-1", null, new VariantInput("r")),
            Product("e", null, new VariantInput("d")),
            Product("a", "Renamed", new VariantInput("a-1")));

        Assert.Equal(
            [
                "SKU_TAKEN products/0/sku", "SKU_TAKEN products/1/variants/0/sku", "SKU_TAKEN products/2/variants/0/sku",
                "SKU_TAKEN products/4/sku", "SKU_TAKEN products/5/variants/0/sku",
            ],
            result.Errors("products").Select(error => error.Short()));
        Assert.Equal(["d", "a"], result.Things.Select(product => product.Sku));
    }

    [Fact]
    public async Task What_a_failed_row_would_have_taken_is_free_for_a_later_one()
    {
        var result = await database.Upsert(Product("a", null, new VariantInput("x")) with { Category = "nowhere" }, Product("b", null, new VariantInput("x")));

        Assert.Equal(new BulkCounts(2, 1, 0, 1), result.Counts);
        Assert.Equal(["x"], await database.VariantsOf(await database.StaffSight(), "b"));
    }

    [Fact]
    public async Task All_or_nothing_takes_nothing_when_a_row_is_bad()
    {
        var result = await database.Upsert(BulkMode.AllOrNothing, Product("a"), Product("b") with { Texts = [] });

        Assert.Equal(new BulkCounts(2, 0, 0, 2), result.Counts);
        Assert.Empty(result.Things);
        Assert.Equal("INVALID_VALUE products/1/texts", Assert.Single(result.Errors("products")).Short());
        Assert.Empty(await database.List(await database.StaffSight()));
        Assert.Equal(0, await database.Read(async db => await db.Events.CountAsync()));
    }

    [Fact]
    public async Task More_than_a_thousand_rows_are_refused_whole()
    {
        var sight = await database.StaffSight();

        var payload = await database.Write((db, writes) => CatalogFields.UpsertProducts(
            new UpsertProductsInput([.. Enumerable.Range(0, 1001).Select(i => Product($"P{i}"))]),
            new ProductWrites(db, writes, database.Ids, database.Clock), db, sight, default));

        Assert.Equal("TOO_MANY_ROWS products", Assert.Single(payload.UserErrors).Short());
        Assert.Equal(new BulkCounts(1001, 0, 0, 1001), payload.Counts);
        Assert.Empty(await database.List(sight));
    }

    [Fact]
    public async Task A_thousand_rows_take_as_many_statements_as_two()
    {
        ProductInput[] Rows(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => Product($"{prefix}{i}", null, new($"{prefix}{i}-a"), new($"{prefix}{i}-b"))
            with { Attributes = Facts("color", "red") })];
        var (_, first) = await Statements(Rows("warm-", 1));
        var (_, two) = await Statements(Rows("a", 2));
        var (result, thousand) = await Statements(Rows("b", 1000));

        Assert.Equal(new BulkCounts(1000, 1000, 0, 0), result.Counts);
        SqlServerForTests.AssertStatements(two, thousand);
        Assert.True(first >= two, "The first call adds a language besides.");
        Assert.Equal(2006, await database.Read(async db => await db.Variants.CountAsync()));

        async Task<(BulkResult<Product>, long)> Statements(ProductInput[] rows)
        {
            var before = database.Statements.Total;
            var bulk = await database.Upsert(rows);
            return (bulk, database.Statements.Total - before);
        }
    }

    [Fact]
    public async Task Fields_left_out_stay_and_null_clears()
    {
        await database.Upsert(Category("tables"));
        await database.Upsert(Product("x", "Chair", new VariantInput("x", Facts("size", "L"), "m", new Quantity(500), "96385074", RoomDatabase.Noon, Position: 3)) with
        {
            Brand = "Acme",
            Kind = ProductKind.Component,
            PublishedTo = RoomDatabase.Noon.AddDays(1),
            Category = "tables",
            Attributes = Facts("color", "red"),
            Media = [new("https://example.com/a.jpg")],
        });

        await database.Upsert(new ProductInput("x", Variants: [new("x")]));
        var (kept, keptVariant) = await Load();
        await database.Upsert(new ProductInput(
            "x", Brand: new(null), PublishedTo: new(null), Category: new(null), Attributes: [], Media: [], Variants: [new("x", [], Gtin: new(null), PublishedFrom: new(null))]));
        var (cleared, clearedVariant) = await Load();

        Assert.Equal(("Acme", ProductKind.Component, 1), (kept.Brand, kept.Kind, kept.Version));
        Assert.NotNull(kept.CategoryId);
        Assert.Equal(("m", new Quantity(500), "96385074", 3), (keptVariant.UnitOfMeasure, keptVariant.QuantityIncrement, keptVariant.Gtin, keptVariant.Position));
        Assert.Equal((null, null, null, 2), (cleared.Brand, cleared.PublishedTo, cleared.CategoryId, cleared.Version));
        Assert.Equal((null, null, "m", 2), (clearedVariant.Gtin, clearedVariant.PublishedFrom, clearedVariant.UnitOfMeasure, clearedVariant.Version));
        Assert.Equal((0, 0), await database.Read(async db => (await db.ProductAttributes.CountAsync(), await db.ProductMedia.CountAsync())));

        Task<(Product, Variant)> Load() => database.Read(async db => (await db.Products.SingleAsync(), await db.Variants.SingleAsync()));
    }

    [Fact]
    public async Task A_row_that_changes_nothing_leaves_version_and_log_as_they_were()
    {
        var row = Product("x") with { Attributes = Facts("color", "red"), SourceRevision = 5 };
        await database.Upsert(row);
        database.Time.Advance(TimeSpan.FromHours(1));

        var result = await database.Upsert(row);

        Assert.Equal(new BulkCounts(1, 1, 0, 0), result.Counts);
        Assert.Equal((1, RoomDatabase.Noon), (result.Things[0].Version, result.Things[0].UpdatedAt));
        Assert.Equal(2, await database.Read(async db => await db.Events.CountAsync())); // the product, and the catalog's first language
    }

    [Fact]
    public async Task An_older_revision_is_skipped_however_late_it_comes()
    {
        await database.Upsert(Product("x", "Five") with { SourceRevision = 5 });

        var result = await database.Upsert(Product("x", "Four") with { SourceRevision = 4 });
        var same = await database.Upsert(Product("x", "Five again") with { SourceRevision = 5 });

        Assert.Equal(new BulkCounts(1, 0, 1, 0), result.Counts);
        Assert.Equal("x", Assert.Single(result.Things).Sku);
        Assert.Equal(new BulkCounts(1, 1, 0, 0), same.Counts);
        var sight = await database.StaffSight();
        Assert.Equal("Five again", (await database.Read(db => CatalogFields.Product(null, "x", db, sight, default)))!.Name);
    }

    [Fact]
    public async Task Lists_are_replaced_as_a_whole()
    {
        await database.Upsert(Product("x") with { Attributes = [new("a", "1"), new("b", "2"), new("c", "3")] });

        await database.Upsert(new ProductInput("x", Attributes: [new("c", "3"), new("b", "2", "kg")]));

        var sight = await database.StaffSight();
        var product = await database.Read(db => CatalogFields.Product(null, "x", db, sight, default));
        var facts = await database.Read(db => CatalogFields.Attributes(Batch<LocalizedProduct>.Of([product!]), p => p.Id, db, default));
        Assert.Equal([new Fact("c", "3", null), new Fact("b", "2", "kg")], facts[0]);
        Assert.Equal(2, product!.Version);
    }

    [Fact]
    public async Task A_product_has_at_most_250_variants_over_all_calls()
    {
        await database.Upsert(Product("x", null, [.. Enumerable.Range(0, 249).Select(i => new VariantInput($"x-{i}"))]));

        var full = await database.Upsert(new ProductInput("x", Variants: [new("x-0"), new("x-249")]));
        var over = await database.Upsert(new ProductInput("x", Variants: [new("x-250")]));

        Assert.Equal(0, full.Counts.Failed);
        Assert.Equal("INVALID_VALUE products/0/variants", Assert.Single(over.Errors("products")).Short());
    }
}

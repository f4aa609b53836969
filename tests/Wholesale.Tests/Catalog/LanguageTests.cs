using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Companies;
using static Wholesale.Tests.Catalog.Goods;

namespace Wholesale.Tests.Catalog;

public sealed class LanguageTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Products_and_categories_speak_the_callers_language_or_the_nearest_there_is()
    {
        await database.Upsert(new CategoryInput("c", Texts: [new("en", "Tables"), new("de", "Tische")]));
        await database.Upsert(
            new ProductInput("1", [new("en", "Chair", "To sit on"), new("de", "Stuhl")], Category: "c", Variants: [new("1")]),
            new ProductInput("2", In("en", "Table"), Variants: [new("2")]),
            new ProductInput("3", In("fr", "Lampe"), Variants: [new("3")]));

        Assert.Equal(
            [("Lampe", null, "fr"), ("Stuhl", null, "de"), ("Table", null, "en")],
            await Names("de-AT"));
        Assert.Equal(
            [("Chair", "To sit on", "en"), ("Lampe", null, "fr"), ("Table", null, "en")],
            await Names("ja"));
        var sight = await SightIn("de-AT");
        Assert.Equal("Tische", (await database.Read(db => CatalogFields.TopCategories(db, sight, default)))[0].Name);
        Assert.Equal("Tables", (await database.Read(db => CatalogFields.TopCategories(db, sight with { Locale = "fr" }, default)))[0].Name);
    }

    [Fact]
    public async Task A_language_given_later_is_filled_in_for_all_products()
    {
        await database.Upsert(new ProductInput("1", [new("en", "Chair"), new("de", "Stuhl")], Variants: [new("1")]), Product("2", "Table"));

        await database.Upsert(new ProductInput("2", In("de-CH", "Tischli")), new ProductInput("1", In("es", "Silla")));

        Assert.Equal([("Stuhl", null, "de"), ("Tischli", null, "de-CH")], await Names("de-CH"));
        Assert.Equal([("Silla", null, "es"), ("Table", null, "en")], await Names("es-MX"));
        Assert.Equal([("Stuhl", null, "de"), ("Table", null, "en")], await Names("de"));
        Assert.Equal(2 * 4, await database.Read(async db => await db.ProductTexts.CountAsync()));
    }

    [Fact]
    public async Task Words_that_others_fall_back_to_change_everywhere()
    {
        await database.Upsert(new ProductInput("1", In("fr", "Chaise"), Variants: [new("1")]), Product("2", "Table"));

        await database.Upsert(new ProductInput("1", In("en", "Chair")));
        await database.Upsert(new ProductInput("2", In("en", "Desk")));

        Assert.Equal([("Chair", null, "en"), ("Desk", null, "en")], await Names("en"));
        Assert.Equal([("Chaise", null, "fr"), ("Desk", null, "en")], await Names("fr"));
    }

    [Fact]
    public async Task A_new_language_is_known_at_once()
    {
        await database.Upsert(Product("1", "Chair"));
        Assert.Equal("en", (await SightIn("de")).Locale);

        await database.Upsert(new ProductInput("1", In("DE", "Stuhl")));

        Assert.Equal("de", (await SightIn("de")).Locale);
    }

    private async Task<(string, string?, string)[]> Names(string locale)
    {
        var sight = await SightIn(locale);
        var page = await database.Read(db => CatalogFields.Products(9, null, null, ProductSort.Name, SelectedFields.All, db, sight, default));
        return [.. page.Edges.Select(edge => (edge.Node.Name, edge.Node.Description, edge.Node.Locale))];
    }

    private Task<Sight> SightIn(string locale) => database.SightOf(Caller.Without(RoomDatabase.Staff) with { Locales = [locale] });
}

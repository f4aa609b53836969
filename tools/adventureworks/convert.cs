// Turns the AdventureWorks files into the product's import files: see README.md beside this file for what becomes what, and why.
// A file-based program is one file; hence its length.
//
//   dotnet run tools/adventureworks/convert.cs -- INPUT_DIR OUTPUT_DIR [--discount BM=10,BS=5,OS=2]
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property NoWarn=$(NoWarn);MA0047
// MA0047: a file that begins with statements cannot declare a file-scoped namespace.

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;

const string usage = "usage: dotnet run convert.cs -- INPUT_DIR OUTPUT_DIR [--discount BM=10,BS=5,OS=2]";
if (args.Length is not (2 or 4) || (args.Length == 4 && args[2] != "--discount"))
{
    Console.Error.WriteLine(usage);
    return 2;
}

if (Tiers.WithDiscounts(args.Length == 4 ? args[3] : "") is not { } tiers)
{
    Console.Error.WriteLine($"'{args[3]}' is no list of tiers with their percentages from 0 to 100, as in BM=10,BS=5,OS=2.\n{usage}");
    return 2;
}

if (!Directory.Exists(args[0]))
{
    Console.Error.WriteLine($"There is no directory '{args[0]}'.");
    return 2;
}

var tables = new Tables(args[0]);
var output = new Output(args[1]);
Console.WriteLine($"Discounts: {string.Join(", ", tiers.Select(tier => $"{tier.Code} {Text.Decimal(tier.Percent)} %"))}");
Console.WriteLine("Files");

var companies = new Companies(tables);
output.Write("markets", companies.Markets(), "sales territories");
output.Write("tiers", tiers.Select(tier => tier.Row), "business types");
var withoutAccount = companies.Stores.Count(store => store.Account is null);
output.Write("companies", companies.Stores.Select(store => store.Row), $"stores, {withoutAccount} of them without a customer account");

var catalog = new Catalog(tables);
output.Write("categories", catalog.Categories.Select(category => category.Row), "categories and subcategories");
var sold = catalog.Priced.Count(item => item.IsSold);
output.Write("products", catalog.ProductRows(), $"products, with {catalog.Priced.Count} variants that have a list price, {sold} of them still sold");
output.Write("catalog-views", catalog.Views(companies.Stores), "views, one for each specialty");

var prices = new Prices(tables, catalog.Priced);
output.Write("price-lists", prices.Lists(tiers), "lists, one for everyone and one for each tier with a discount");
output.Write("prices", prices.AllRows(tiers), "rows of all lists");

var stock = new Stock(tables, catalog.Priced);
output.Write("warehouses", stock.Warehouses(), "locations");
output.Write("inventory", stock.Levels.Select(level => level.Row), "levels, the bins of each variant in a location together");
output.Write("incoming-supplies", stock.Supplies(), "quantities on order at vendors");
output.Write("stock-policies", stock.Policies(), "variants that are bought of vendors");

var taxes = new Taxes(tables);
output.Write("tax-rates", taxes.Rows, "rates that wholesale bears");

var purchases = new Purchases(tables);
var purchasesOutput = new Output(Path.Combine(args[1], "purchases"));
Console.WriteLine("Files in purchases/");
purchasesOutput.Write("companies", [purchases.Company], $"buying company, with {purchases.Users} users");
purchasesOutput.Write("products", purchases.Parts(), "parts that were bought and have no list price");
purchasesOutput.Write("suppliers", purchases.Suppliers(), "vendors");
purchasesOutput.Write("orders", purchases.Orders(), "purchase orders");

Console.WriteLine("Notes");
foreach (var note in (string[])[.. catalog.Notes, .. prices.Notes, .. stock.Notes, .. taxes.Notes, .. purchases.Notes])
{
    Console.WriteLine($"  {note}");
}

return 0;

/// <summary>Reads the tables by name. A record with another number of columns than expected ends the program.</summary>
sealed class Tables(string directory)
{
    /// <summary>The records of a tab-separated file.</summary>
    public IEnumerable<Record> Read(string name, int columns) => Read(name, columns, "\t", "\n");

    /// <summary>The records of a file whose texts may hold tabs and line breaks: ProductModel and Store.</summary>
    public IEnumerable<Record> ReadMarked(string name, int columns) => Read(name, columns, "+|", "&|\n");

    IEnumerable<Record> Read(string name, int columns, string columnEnd, string recordEnd) =>
        File.ReadAllText(Path.Combine(directory, $"{name}.csv"))
            .Split(recordEnd, StringSplitOptions.RemoveEmptyEntries)
            .Select((text, index) => text.Split(columnEnd) is { } values && values.Length == columns
                ? new Record(values)
                : throw new InvalidDataException($"{name}.csv, record {index + 1} has not {columns} columns: {text}"));
}

/// <summary>One record: columns by position, from 0. Codes of fixed width come with trailing blanks, which are cut.</summary>
sealed class Record(string[] values)
{
    public string Text(int column) => values[column].Trim();

    public string? TextOrNull(int column) => Text(column) is { Length: > 0 } text ? text : null;

    public bool Flag(int column) => Text(column) == "1";

    public int Int(int column) => int.Parse(Text(column), CultureInfo.InvariantCulture);

    public int? IntOrNull(int column) => TextOrNull(column) is null ? null : Int(column);

    public decimal Decimal(int column) => decimal.Parse(Text(column), NumberStyles.Number, CultureInfo.InvariantCulture);

    public DateTime Date(int column) => DateTime.ParseExact(
        Text(column), "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>
    /// The exclusive end of a window whose last day the column names: a day later; <see cref="DateTime.MaxValue"/> where there is no end.
    /// </summary>
    public DateTime End(int column) => TextOrNull(column) is null ? DateTime.MaxValue : Date(column).AddDays(1);

    /// <summary>ModifiedDate, always the last column, in milliseconds since 1970.</summary>
    public long Revision => new DateTimeOffset(Date(values.Length - 1)).ToUnixTimeMilliseconds();
}

/// <summary>How values are written.</summary>
static class Text
{
    public static string Decimal(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Price(decimal value) => value.ToString("0.00##", CultureInfo.InvariantCulture);

    public static string? Instant(DateTime value) =>
        value == DateTime.MaxValue ? null : value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Lower-case letters and digits, parted by hyphens: a part of a domain name or of an external id.</summary>
    public static string Slug(string name)
    {
        var words = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            words.Append(char.IsAsciiLetterOrDigit(character) ? character : character == '\'' ? "" : ' ');
        }

        return string.Join('-', words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}

/// <summary>Writes one file for each kind of import and a line about it to the console.</summary>
sealed class Output
{
    // Read by machines, not embedded in HTML: letters of every script stay as they are.
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string directory;

    public Output(string directory) => this.directory = Directory.CreateDirectory(directory).FullName;

    public void Write(string kind, IEnumerable<object> rows, string what)
    {
        var count = 0;
        using (var file = new StreamWriter(Path.Combine(directory, $"{kind}.ndjson"), append: false, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            foreach (var row in rows)
            {
                file.WriteLine(JsonSerializer.Serialize(row, Json));
                count++;
            }
        }

        Console.WriteLine($"  {kind}.ndjson: {count} {what}");
    }
}

/// <summary>
/// A business type of stores, which is their tier. The data has no prices by tier: <paramref name="Percent"/> is what the tier gets off the list.
/// </summary>
sealed record Tier(string Code, string Name, int Rank, string BusinessType, decimal Percent)
{
    public string ListId => $"AW-TIER-{Code}";

    public object Row => new { externalId = Code, name = Name, rank = Rank };
}

static class Tiers
{
    public static readonly IReadOnlyList<Tier> All =
    [
        new("BM", "Bike manufacturer", 3, "MANUFACTURER", 10),
        new("BS", "Bike store", 2, "OFFLINE_SHOP", 5),
        new("OS", "Online store", 1, "WEB_SHOP", 2),
    ];

    /// <summary>The tiers with other percentages, as in <c>BM=12.5,OS=0</c>; null if that is not what the text says.</summary>
    public static IReadOnlyList<Tier>? WithDiscounts(string text)
    {
        var tiers = All.ToList();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var index = tiers.FindIndex(tier => part.StartsWith($"{tier.Code}=", StringComparison.Ordinal));
            var number = part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..];
            if (index < 0 || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) || percent > 100)
            {
                return null;
            }

            tiers[index] = tiers[index] with { Percent = percent };
        }

        return tiers;
    }
}

/// <summary>A reseller. <paramref name="Account"/> is null where no customer stands for it.</summary>
sealed record Store(int Id, string Name, string? Account, string? Market, string BusinessType, string Specialty, string Domain, long Revision)
{
    public string ExternalId => Account ?? $"STORE-{Id}";

    public object Row => new
    {
        externalId = ExternalId,
        name = Name,
        businessType = Tiers.All.Single(tier => tier.Code == BusinessType).BusinessType,
        verification = "VERIFIED",
        tier = BusinessType,
        market = Market,
        currency = Prices.Currency,
        users = (object[])[User],
        sourceRevision = Revision,
    };

    object User => new { externalId = "buyer", name = $"{Name} buyer", email = $"buyer@{Domain}.example", role = "BUYER" };
}

/// <summary>Markets and companies.</summary>
sealed class Companies
{
    static readonly XNamespace Survey = "http://schemas.microsoft.com/sqlserver/2004/07/adventure-works/StoreSurvey";

    readonly Tables tables;
    readonly List<Record> territories;

    public IReadOnlyList<Store> Stores { get; }

    public Companies(Tables tables)
    {
        this.tables = tables;
        territories = [.. tables.Read("SalesTerritory", 10).OrderBy(territory => territory.Int(0))];
        var markets = territories.ToDictionary(territory => territory.Int(0), territory => Text.Slug(territory.Text(1)));
        var customers = tables.Read("Customer", 7).ToLookup(customer => customer.IntOrNull(2));
        var stores = tables.ReadMarked("Store", 6).OrderBy(store => store.Int(0)).ToList();
        var ofDomain = stores.CountBy(store => Text.Slug(store.Text(1))).ToDictionary();
        Stores = [.. stores.Select(Read)];

        Store Read(Record store)
        {
            var customer = customers[store.Int(0)].MinBy(customer => customer.Int(0));
            var survey = XElement.Parse(store.Text(3));
            var domain = Text.Slug(store.Text(1));
            return new Store(
                store.Int(0),
                store.Text(1),
                customer?.Text(4),
                customer?.IntOrNull(3) is { } territory ? markets[territory] : null,
                Answer("BusinessType"),
                Answer("Specialty"),
                // An e-mail address belongs to one user only, and some stores share their name.
                ofDomain[domain] == 1 ? domain : $"{domain}-{store.Int(0)}",
                Math.Max(store.Revision, customer?.Revision ?? 0));

            string Answer(string question) =>
                survey.Element(Survey + question)?.Value ?? throw new InvalidDataException($"Store {store.Int(0)} does not say its {question}.");
        }
    }

    public IEnumerable<object> Markets()
    {
        var currencies = tables.Read("CountryRegionCurrency", 3).ToLookup(pair => pair.Text(0), pair => pair.Text(1));
        var lastRates = tables.Read("CurrencyRate", 7)
            .GroupBy(rate => rate.Text(3))
            .ToDictionary(rates => rates.Key, rates => rates.Max(rate => rate.Date(1)));
        return territories.Select(territory => (object)new
        {
            externalId = Text.Slug(territory.Text(1)),
            name = territory.Text(1),
            currency = CurrencyOf(territory.Text(2)),
        });

        // France and Germany stand with two currencies: theirs is the one that rates were given for last.
        string CurrencyOf(string country) => currencies[country].ToList() switch
        {
            [var only] => only,
            var several => several.Where(lastRates.ContainsKey).MaxBy(currency => lastRates[currency])
                ?? throw new InvalidDataException($"The currency of {country} is not clear."),
        };
    }
}

/// <summary>A category or subcategory; <paramref name="Path"/> is its external id.</summary>
sealed record Category(int Id, string Path, string? Parent, string Name, long Revision)
{
    public object Row => new
    {
        externalId = Path,
        parent = Parent,
        texts = (object[])[new { locale = "en", name = Name }],
        position = Id,
        sourceRevision = Revision,
    };
}

/// <summary>A priced product of the data: a variant of ours.</summary>
sealed record Item(Record Source, Category? Category)
{
    static readonly Dictionary<string, string> Lines = new() { ["M"] = "Mountain", ["R"] = "Road", ["T"] = "Touring", ["S"] = "Standard" };
    static readonly Dictionary<string, string> Classes = new() { ["H"] = "High", ["M"] = "Medium", ["L"] = "Low" };
    static readonly Dictionary<string, string> Styles = new() { ["M"] = "Men", ["W"] = "Women", ["U"] = "Universal" };

    public int Id { get; } = Source.Int(0);

    public string Sku { get; } = Source.Text(2);

    public string Name => Source.Text(1);

    public int? ModelId => Source.IntOrNull(19);

    public DateTime From => Source.Date(20);

    public DateTime To => Source.End(21);

    public bool IsSold => To == DateTime.MaxValue;

    public bool IsComponent => !Source.Flag(4) || (Category?.Parent ?? Category?.Path) == "components";

    /// <summary>What tells it from its siblings.</summary>
    public IEnumerable<Fact> OwnFacts => Facts(
        Fact("color", Source.TextOrNull(5)),
        Fact("size", Source.TextOrNull(10), Unit(11)),
        Fact("weight", Source.TextOrNull(13) is null ? null : Text.Decimal(Source.Decimal(13)), Unit(12)));

    /// <summary>What is the same for its siblings, as a rule.</summary>
    public IEnumerable<Fact> SharedFacts => Facts(
        Fact("productLine", Word(Lines, 15)),
        Fact("class", Word(Classes, 16)),
        Fact("style", Word(Styles, 17)),
        Fact("source", Source.Flag(3) ? "In-house" : "Purchased"));

    public object Row(int position, IEnumerable<Fact> facts) => new
    {
        sku = Sku,
        attributes = facts,
        unitOfMeasure = "pcs",
        shippingWeight = Kilograms,
        publishedFrom = Text.Instant(From),
        publishedTo = Text.Instant(To),
        position,
    };

    decimal? Kilograms => Source.TextOrNull(13) is null ? null : Math.Round(Source.Decimal(13) * (Unit(12) == "g" ? 0.001m : 0.45359237m), 3);

    string? Word(Dictionary<string, string> words, int column) => Source.TextOrNull(column) is { } code ? words[code] : null;

    string? Unit(int column) => Source.TextOrNull(column)?.ToLowerInvariant();

    static Fact? Fact(string code, string? value, string? unit = null) => value is null ? null : new Fact(code, value, unit);

    static IEnumerable<Fact> Facts(params IEnumerable<Fact?> facts) => facts.OfType<Fact>();
}

/// <summary>An attribute of a product or variant, as it is written.</summary>
sealed record Fact(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("unit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unit);

/// <summary>Categories, products and catalog views.</summary>
sealed class Catalog
{
    readonly Tables tables;

    public IReadOnlyList<Category> Categories { get; }

    /// <summary>The products with a list price, by id.</summary>
    public IReadOnlyList<Item> Priced { get; }

    /// <summary>What the summary says besides the files' counts.</summary>
    public List<string> Notes { get; } = [];

    public Catalog(Tables tables)
    {
        this.tables = tables;
        var tops = tables.Read("ProductCategory", 4)
            .Select(record => new Category(record.Int(0), Text.Slug(record.Text(1)), null, record.Text(1), record.Revision))
            .ToList();
        var subcategories = tables.Read("ProductSubcategory", 5).ToDictionary(record => record.Int(0), record =>
        {
            var parent = tops.Single(top => top.Id == record.Int(1)).Path;
            return new Category(record.Int(0), $"{parent}/{Text.Slug(record.Text(2))}", parent, record.Text(2), record.Revision);
        });
        Categories = [.. tops.OrderBy(top => top.Id), .. subcategories.Values.OrderBy(subcategory => subcategory.Id)];
        Priced =
        [
            .. tables.Read("Product", 25)
                .Where(record => record.Decimal(9) > 0)
                .Select(record => new Item(record, record.IntOrNull(18) is { } id ? subcategories[id] : null))
                .OrderBy(item => item.Id),
        ];
        Notes.Add($"{Priced.Count(item => item.ModelId is null)} products have no model and {Priced.Count(item => item.Category is null)} no subcategory");
    }

    public IEnumerable<object> ProductRows()
    {
        var models = tables.ReadMarked("ProductModel", 6).ToDictionary(record => record.Int(0));
        var descriptions = tables.Read("ProductDescription", 4).ToDictionary(record => record.Int(0));
        var ofModel = tables.Read("ProductModelProductDescriptionCulture", 4).ToLookup(record => record.Int(0));

        foreach (var item in Priced.Where(item => item.ModelId is null))
        {
            yield return Row(item.Sku, [new { locale = "en", name = item.Name }], [item], item.Source.Revision);
        }

        foreach (var items in Priced.Where(item => item.ModelId is not null).GroupBy(item => item.ModelId!.Value).OrderBy(items => items.Key))
        {
            var model = models[items.Key];
            var texts = ofModel[items.Key]
                .Select(link => (Locale: Locale(link.Text(2)), Description: descriptions[link.Int(1)], Link: link))
                .OrderBy(text => text.Locale != "en").ThenBy(text => text.Locale, StringComparer.Ordinal)
                .ToList();
            yield return Row(
                $"AW-MODEL-{items.Key}",
                texts.Count == 0
                    ? [new { locale = "en", name = model.Text(1) }]
                    : texts.Select(text => (object)new { locale = text.Locale, name = model.Text(1), description = text.Description.Text(1) }),
                [.. items],
                [
                    model.Revision,
                    .. items.Select(item => item.Source.Revision),
                    .. texts.Select(text => Math.Max(text.Description.Revision, text.Link.Revision)),
                ]);
        }
    }

    /// <summary>
    /// For each specialty a view of its own bikes and frames and of all that is of no specialty. Where every part of a category is of some specialty (bikes),
    /// the view takes in its own part; elsewhere (components) it takes in all but the parts of the others.
    /// </summary>
    public IEnumerable<object> Views(IReadOnlyList<Store> stores)
    {
        var specialties = stores.Select(store => store.Specialty).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var specialty in specialties)
        {
            var included = new List<Category>();
            var excluded = new List<Category>();
            foreach (var parts in Categories.Where(category => category.Parent is not null).GroupBy(category => category.Parent))
            {
                if (parts.All(part => SpecialtyOf(part) is not null))
                {
                    included.AddRange(parts.Where(part => SpecialtyOf(part) == specialty));
                }
                else
                {
                    included.Add(Categories.Single(category => category.Path == parts.Key));
                    excluded.AddRange(parts.Where(part => SpecialtyOf(part) is { } other && other != specialty));
                }
            }

            var assigned = stores.Where(store => store.Specialty == specialty).ToList();
            var inside = Priced.Where(item => item.Category is { } category && Matches(included, category) && !Matches(excluded, category)).ToList();
            var products = inside.DistinctBy(item => item.ModelId).Count();
            var sold = inside.Count(item => item.IsSold);
            Notes.Add($"view {specialty}: {products} products with {inside.Count} variants, {sold} of them still sold, for {assigned.Count} companies");
            yield return new
            {
                externalId = $"AW-{specialty.ToUpperInvariant()}",
                name = $"{specialty} specialists",
                rules = (object[])
                [
                    .. included.Select(category => new { action = "INCLUDE", category = category.Path }),
                    .. excluded.Select(category => new { action = "EXCLUDE", category = category.Path }),
                ],
                assignees = assigned.Select(store => new { company = store.ExternalId }),
            };
        }

        string? SpecialtyOf(Category category) =>
            specialties.Find(specialty => category.Name == $"{specialty} Bikes" || category.Name == $"{specialty} Frames");

        static bool Matches(List<Category> rules, Category category) => rules.Exists(rule => rule == category || rule.Path == category.Parent);
    }

    static object Row(string sku, IEnumerable<object> texts, IReadOnlyList<Item> items, params IEnumerable<long> revisions)
    {
        // A fact on which the variants differ stands with each of them.
        var shared = items.Select(item => item.SharedFacts).Aggregate((facts, others) => facts.Intersect(others)).ToList();
        return new
        {
            sku,
            texts,
            brand = "Adventure Works",
            kind = items.All(item => item.IsComponent) ? "COMPONENT" : "FINISHED_GOOD",
            publishedFrom = Text.Instant(items.Min(item => item.From)),
            publishedTo = Text.Instant(items.Max(item => item.To)),
            category = items.Select(item => item.Category).Distinct().Single()?.Path,
            attributes = shared,
            variants = items.Select((item, index) => item.Row(index + 1, item.OwnFacts.Concat(item.SharedFacts.Except(shared)))),
            sourceRevision = revisions.Max(),
        };
    }

    static string Locale(string culture) => culture == "zh-cht" ? "zh-Hant" : culture;
}

/// <summary>A list price while it holds.</summary>
sealed record ListPrice(DateTime From, DateTime To, decimal Price, long Revision);

/// <summary>Takes a share off, in its time, for quantities from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
sealed record Offer(DateTime From, DateTime To, int Minimum, int Maximum, decimal Share, long Revision)
{
    public bool Covers(int quantity, DateTime instant) => From <= instant && instant < To && Minimum <= quantity && quantity <= Maximum;
}

/// <summary>A row of a price list.</summary>
sealed record Price(string Sku, int MinimumQuantity, decimal UnitPrice, DateTime From, DateTime To, long Revision)
{
    public Price Less(decimal percent) => this with { UnitPrice = Prices.Round(UnitPrice * (100 - percent) / 100) };

    public object Row(string list) => new
    {
        priceList = list,
        sku = Sku,
        minimumQuantity = MinimumQuantity,
        unitPrice = Text.Price(UnitPrice),
        currency = Prices.Currency,
        validFrom = Text.Instant(From),
        validTo = Text.Instant(To),
        sourceRevision = Revision,
    };
}

/// <summary>Price lists and prices.</summary>
sealed class Prices
{
    /// <summary>The data names no currency of its prices; Adventure Works keeps its books in dollars: all its rates are from USD.</summary>
    public const string Currency = "USD";

    const string Everyones = "AW-LIST";

    readonly List<Price> rows = [];

    /// <summary>What the summary says besides the files' counts.</summary>
    public IReadOnlyList<string> Notes { get; }

    public Prices(Tables tables, IReadOnlyList<Item> items)
    {
        var history = tables.Read("ProductListPriceHistory", 5)
            .ToLookup(record => record.Int(0), record => new ListPrice(record.Date(1), record.End(2), record.Decimal(3), record.Revision));
        var specialOffers = tables.Read("SpecialOffer", 11).ToList();
        var volumeDiscounts = specialOffers
            .Where(record => record.Text(3) == "Volume Discount" && record.Text(4) == "Reseller")
            .ToDictionary(record => record.Int(0));
        var links = tables.Read("SpecialOfferProduct", 4).Where(link => volumeDiscounts.ContainsKey(link.Int(0))).ToLookup(link => link.Int(1));
        var cuts = 0;
        var returns = 0;
        foreach (var item in items)
        {
            var offers = links[item.Id].Select(link => Read(volumeDiscounts[link.Int(0)], link)).ToList();
            var listPrices = history[item.Id].DefaultIfEmpty(new ListPrice(item.From, item.To, item.Source.Decimal(9), item.Source.Revision));
            foreach (var listPrice in WithoutOverlaps(listPrices, ref cuts))
            {
                var written = Rows(item.Sku, listPrice, offers).ToList();
                rows.AddRange(written);
                returns += written.Count(row => row.MinimumQuantity > 1 && row.UnitPrice == listPrice.Price);
            }
        }

        var singles = rows.Count(row => row.MinimumQuantity == 1);
        Notes =
        [
            $"{Everyones}: {singles} list prices, {rows.Count - singles - returns} quantity breaks, {returns} returns to the list price behind a break",
            $"{items.Count(item => !history.Contains(item.Id))} products have no price history: their list price holds as long as they are sold",
            $"{cuts} validities were cut where the next one begins",
            $"{volumeDiscounts.Count} special offers are volume discounts for resellers; the other {specialOffers.Count - volumeDiscounts.Count} were left out",
        ];

        static Offer Read(Record offer, Record link) => new(
            offer.Date(5),
            offer.End(6),
            Math.Max(offer.Int(7), 1),
            offer.IntOrNull(8) ?? int.MaxValue,
            offer.Decimal(2),
            Math.Max(offer.Revision, link.Revision));
    }

    public IEnumerable<object> Lists(IReadOnlyList<Tier> tiers)
    {
        // From the first price on, and not from the import on: so that prices of earlier days can be asked for.
        var validFrom = Text.Instant(rows.Min(row => row.From));
        yield return new { externalId = Everyones, name = "List prices", currency = Currency, assignments = (object[])[new { everyone = true, validFrom }] };
        foreach (var tier in tiers.Where(tier => tier.Percent > 0))
        {
            var assignment = new { tier = tier.Code, validFrom };
            yield return new { externalId = tier.ListId, name = $"{tier.Name}s' prices", currency = Currency, assignments = (object[])[assignment] };
        }
    }

    public IEnumerable<object> AllRows(IReadOnlyList<Tier> tiers) =>
        rows.Select(row => row.Row(Everyones))
            .Concat(tiers.Where(tier => tier.Percent > 0).SelectMany(tier => rows.Select(row => row.Less(tier.Percent).Row(tier.ListId))));

    public static decimal Round(decimal price) => Math.Round(price, 4, MidpointRounding.AwayFromZero);

    /// <summary>In order of time, each cut where the next begins. Of two that begin together the one that was changed last stays.</summary>
    static List<ListPrice> WithoutOverlaps(IEnumerable<ListPrice> listPrices, ref int cuts)
    {
        var result = new List<ListPrice>();
        foreach (var next in listPrices.OrderBy(listPrice => listPrice.From).ThenBy(listPrice => listPrice.Revision))
        {
            if (result is [.., var last] && last.To > next.From)
            {
                cuts++;
                result.RemoveAt(result.Count - 1);
                if (last.From < next.From)
                {
                    result.Add(last with { To = next.From });
                }
            }

            result.Add(next);
        }

        return result;
    }

    /// <summary>
    /// The rows of a list price: one for quantity 1, and one for every quantity and time at which the price differs from that of one piece less. So a break begins
    /// where an offer does, the list price comes back behind an offer that no other one follows, and no two rows of one quantity hold at the same time.
    /// Where offers meet, the highest share counts.
    /// </summary>
    static IEnumerable<Price> Rows(string sku, ListPrice listPrice, IReadOnlyList<Offer> offers)
    {
        var overlapping = offers.Where(offer => offer.From < listPrice.To && offer.To > listPrice.From).ToList();
        var quantities = overlapping
            .SelectMany(offer => offer.Maximum == int.MaxValue ? (int[])[offer.Minimum] : [offer.Minimum, offer.Maximum + 1])
            .Append(1)
            .Distinct()
            .Order();
        var inside = overlapping
            .SelectMany(offer => (DateTime[])[offer.From, offer.To])
            .Where(instant => listPrice.From < instant && instant < listPrice.To);
        List<DateTime> edges = [listPrice.From, .. inside.Distinct().Order(), listPrice.To];
        var revision = overlapping.Select(offer => offer.Revision).Append(listPrice.Revision).Max();
        foreach (var quantity in quantities)
        {
            Price? row = null;
            foreach (var (from, to) in edges.Zip(edges.Skip(1)))
            {
                var price = At(quantity, from);
                decimal? step = quantity == 1 || price != At(quantity - 1, from) ? price : null;
                if (row is not null && row.UnitPrice != step)
                {
                    yield return row;
                    row = null;
                }

                row = step is null ? null : row is null ? new Price(sku, quantity, price, from, to, revision) : row with { To = to };
            }

            if (row is not null)
            {
                yield return row;
            }
        }

        decimal At(int quantity, DateTime instant)
        {
            var share = overlapping.Where(offer => offer.Covers(quantity, instant)).Max(offer => (decimal?)offer.Share) ?? 0;
            return Round(listPrice.Price * (1 - share));
        }
    }
}

/// <summary>Tax rates: those of wholesale, since the buyers are resellers.</summary>
sealed class Taxes
{
    const int Retail = 1;

    /// <summary>The import's rows, by the rates' ids.</summary>
    public IReadOnlyList<object> Rows { get; }

    /// <summary>What the summary says besides the files' counts.</summary>
    public IReadOnlyList<string> Notes { get; }

    public Taxes(Tables tables)
    {
        var states = tables.Read("StateProvince", 8).ToDictionary(state => state.Int(0));
        var all = tables.Read("SalesTaxRate", 7).OrderBy(rate => rate.Int(0)).ToList();
        var taken = all.Where(rate => rate.Int(2) != Retail).Select(rate => (Rate: rate, State: states[rate.Int(1)])).ToList();
        var ofCountry = taken.CountBy(tax => tax.State.Text(2)).ToDictionary();
        Rows = [.. taken.Select(tax => new
        {
            externalId = $"AW-TAX-{tax.Rate.Int(0)}",
            name = tax.Rate.Text(4),
            country = tax.State.Text(2),
            region = ofCountry[tax.State.Text(2)] == 1 ? null : tax.State.Text(1),
            taxClass = "standard",
            rate = Text.Decimal(tax.Rate.Decimal(3)),
        })];
        Notes =
        [
            $"{all.Count - taken.Count} tax rates are for retail and were left out",
            $"{ofCountry.Count(country => country.Value == 1)} tax rates are the only ones of their countries and count for all of them",
        ];
    }
}

/// <summary>What lies in a location of a variant.</summary>
sealed record Level(Item Item, int Location, int Quantity, long Revision)
{
    public object Row => new { sku = Item.Sku, warehouse = Stock.WarehouseId(Location), onHand = Quantity, sourceRevision = Revision };
}

/// <summary>Warehouses, what lies in them, what is on order, and how long that takes.</summary>
sealed class Stock
{
    /// <summary>The data knows no day on which an order will come, and the same input is to give the same bytes: a day that lies ahead for long.</summary>
    const string ExpectedOn = "2036-01-01";

    readonly Tables tables;
    readonly Dictionary<int, Item> items;
    readonly ILookup<int, Record> vendors;

    /// <summary>Of all priced products, by product and location.</summary>
    public IReadOnlyList<Level> Levels { get; }

    /// <summary>What the summary says besides the files' counts.</summary>
    public IReadOnlyList<string> Notes { get; }

    public Stock(Tables tables, IReadOnlyList<Item> priced)
    {
        this.tables = tables;
        items = priced.ToDictionary(item => item.Id);
        vendors = tables.Read("ProductVendor", 11).Where(record => items.ContainsKey(record.Int(0))).ToLookup(record => record.Int(0));
        Levels =
        [
            .. tables.Read("ProductInventory", 7)
                .Where(record => items.ContainsKey(record.Int(0)))
                .GroupBy(record => (Product: record.Int(0), Location: record.Int(1)))
                .OrderBy(bins => bins.Key)
                .Select(bins => new Level(items[bins.Key.Product], bins.Key.Location, bins.Sum(bin => bin.Int(4)), bins.Max(bin => bin.Revision))),
        ];
        var counted = Levels.Select(level => level.Item).Distinct().Count();
        Notes = [$"{items.Count - counted} variants with a list price lie nowhere: their stock is not tracked"];
    }

    public static string WarehouseId(int location) => $"AW-LOC-{location}";

    public IEnumerable<object> Warehouses() => tables.Read("Location", 5)
        .OrderBy(location => location.Int(0))
        .Select(location => new { externalId = WarehouseId(location.Int(0)), name = location.Text(1), priority = location.Int(0) });

    /// <summary>What is on order arrives where the variant lies already, at the first of its locations.</summary>
    public IEnumerable<object> Supplies() =>
        from records in vendors.OrderBy(records => records.Key)
        from record in records.OrderBy(record => record.Int(1))
        where record.IntOrNull(8) > 0
        select new
        {
            externalId = $"AW-ORDER-{records.Key}-{record.Int(1)}",
            sku = items[records.Key].Sku,
            warehouse = WarehouseId(Levels.Where(level => level.Item.Id == records.Key).Min(level => level.Location)),
            expectedOn = ExpectedOn,
            quantity = record.Int(8),
            sourceRevision = record.Revision,
        };

    public IEnumerable<object> Policies() =>
        from records in vendors.OrderBy(records => records.Key)
        select new
        {
            sku = items[records.Key].Sku,
            backorderPolicy = "AGAINST_INCOMING",
            leadTimeDays = records.Min(record => record.Int(2)),
            sourceRevision = records.Max(record => record.Revision),
        };
}

/// <summary>
/// What Adventure Works buys itself, as the orders of one more company: files of their own, which nobody needs who wants the resellers alone. What was received counts, whatever a purchase order's status says.
/// </summary>
sealed class Purchases
{
    const string CompanyId = "AW-CYCLES";

    const int Rejected = 3;
    const int Complete = 4;

    readonly Tables tables;
    readonly List<Record> headers;
    readonly ILookup<int, Record> details;
    readonly Dictionary<int, Record> products;
    readonly Dictionary<int, string> shipMethods;
    readonly HashSet<int> employees;

    /// <summary>How many users the company has: those who have ordered.</summary>
    public int Users => employees.Count;

    /// <summary>What the summary says besides the files' counts.</summary>
    public IReadOnlyList<string> Notes { get; }

    public Purchases(Tables tables)
    {
        this.tables = tables;
        headers = [.. tables.Read("PurchaseOrderHeader", 13).OrderBy(header => header.Int(0))];
        details = tables.Read("PurchaseOrderDetail", 11).OrderBy(detail => detail.Int(1)).ToLookup(detail => detail.Int(0));
        products = tables.Read("Product", 25).ToDictionary(product => product.Int(0));
        shipMethods = tables.Read("ShipMethod", 6).ToDictionary(method => method.Int(0), method => method.Text(1));
        employees = [.. headers.Select(header => header.Int(3))];
        var lines = headers.SelectMany(header => details[header.Int(0)].Select(detail => (Status: header.Int(2), Header: header, Detail: detail))).ToList();
        Notes =
        [
            $"purchase orders: {lines.Count} lines, of {lines.Select(line => line.Detail.Int(4)).Distinct().Count()} products, at {headers.Select(header => header.Int(4)).Distinct().Count()} vendors",
            $"{headers.Count(header => header.Int(2) is not (Rejected or Complete))} of them are pending or approved, and goods of every one were received: DELIVERED, or PARTLY_SHIPPED where a part is missing",
            $"{headers.Count(header => header.Int(2) == Rejected)} of them are rejected, and their goods were received: DELIVERED, with what was refused of them",
            $"{lines.Count(line => Missing(line.Header, line.Detail) > 0)} lines of complete and rejected ones were not received in full: the rest is cancelled",
            $"{lines.Count(line => Promised(line.Header, line.Detail) is null)} lines were due before they were ordered: they were promised for no day",
        ];
    }

    public object Company => new
    {
        externalId = CompanyId,
        name = "Adventure Works Cycles",
        businessType = "MANUFACTURER",
        verification = "VERIFIED",
        country = "US",
        currency = Prices.Currency,
        users = employees.Order().Select(id => new { externalId = UserId(id), name = $"Employee {id}", email = $"employee-{id}@adventure-works.example", role = "BUYER" }),
        sourceRevision = headers.Max(header => header.Revision),
    };

    /// <summary>They are the buying company's own: no reseller sees them.</summary>
    public IEnumerable<object> Parts() => details.SelectMany(lines => lines)
        .Select(line => line.Int(4)).Distinct().Order()
        .Select(id => products[id]).Where(product => product.Decimal(9) == 0)
        .Select(product => new Item(product, null))
        .Select(item => new
        {
            sku = item.Sku,
            texts = (object[])[new { locale = "en", name = item.Name }],
            kind = item.IsComponent ? "COMPONENT" : "FINISHED_GOOD",
            publishedFrom = Text.Instant(item.From),
            publishedTo = Text.Instant(item.To),
            attributes = item.SharedFacts,
            variants = (object[])[item.Row(1, item.OwnFacts)],
            exclusiveTo = (string[])[CompanyId],
            sourceRevision = item.Source.Revision,
        });

    public IEnumerable<object> Suppliers() => tables.Read("Vendor", 8)
        .OrderBy(vendor => vendor.Int(0))
        .Select(vendor => new { externalId = SupplierId(vendor.Int(0)), name = vendor.Text(2), isActive = vendor.Flag(5) });

    public IEnumerable<object> Orders() => headers.Select(header =>
    {
        var lines = details[header.Int(0)].ToList();
        var number = $"AW-PO-{header.Int(0)}";
        return new
        {
            number,
            company = CompanyId,
            user = UserId(header.Int(3)),
            supplier = SupplierId(header.Int(4)),
            purchaseOrderNumber = header.Text(0),
            placedAt = Text.Instant(header.Date(6)),
            currency = Prices.Currency,
            paymentMethod = "ON_ACCOUNT",
            shipTo = Address,
            billTo = Address,
            completedAt = header.Int(2) == Complete ? Text.Instant(Sent(header)) : null,
            shipping = new { amount = Text.Price(header.Decimal(10)) },
            taxes = (object[])[new { name = $"Tax {Rate(header)} %", ratePercent = Rate(header), net = Text.Price(header.Decimal(8)), tax = Text.Price(header.Decimal(9)) }],
            lines = lines.Select(line => new
            {
                sku = products[line.Int(4)].Text(2),
                name = products[line.Int(4)].Text(1),
                quantity = line.Int(3),
                unitPrice = Text.Price(line.Decimal(5)),
                total = Text.Price(line.Decimal(6)),
                taxRatePercent = Rate(header),
                cancelled = Missing(header, line),
                promisedOn = Promised(header, line)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            }),
            shipments = (object[])[new
            {
                externalId = number,
                shippedAt = Text.Instant(Sent(header)),
                deliveredAt = Text.Instant(Sent(header)),
                carrier = shipMethods[header.Int(5)],
                lines = lines.Index().Where(line => line.Item.Decimal(7) > 0).Select(line => new { line = line.Index, quantity = line.Item.Decimal(7), rejected = line.Item.Decimal(8) }),
            }],
            sourceRevision = lines.Select(line => line.Revision).Append(header.Revision).Max(),
        };
    });

    /// <summary>The files hold no addresses; the town is that of Microsoft's description of the sample.</summary>
    static object Address => new { name = "Adventure Works Cycles", lines = (string[])["(street not in the data)"], city = "Bothell", region = "WA", country = "US" };

    static string UserId(int employee) => employee.ToString(CultureInfo.InvariantCulture);

    static string SupplierId(int vendor) => $"AW-VENDOR-{vendor}";

    static DateTime Sent(Record header) => header.Date(7);

    /// <summary>In per cent of the subtotal, to which it is exact in all of the data.</summary>
    static string Rate(Record header) => Text.Decimal(Math.Round(header.Decimal(9) / header.Decimal(8) * 100, 2));

    /// <summary>What will not come any more.</summary>
    static decimal Missing(Record header, Record line) => header.Int(2) is Rejected or Complete ? line.Int(3) - line.Decimal(7) : 0;

    static DateTime? Promised(Record header, Record line) => line.Date(2) < header.Date(6) ? null : line.Date(2);
}

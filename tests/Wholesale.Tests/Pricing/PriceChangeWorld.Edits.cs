using Wholesale.Platform;
using Wholesale.Repricing;

namespace Wholesale.Tests.Pricing;

/// <summary>What changes more than one thing at once, and what is planned ahead.</summary>
internal sealed partial class PriceChangeWorld
{
    private readonly List<NodeId> sets = [];
    private int names;

    /// <summary>A view hides single variants, by their SKUs or by what they are.</summary>
    private Task<string> ViewOfVariants() => Import("catalog-views", new
    {
        externalId = Pick("v1", "v2"),
        name = "V",
        rules = new object[]
        {
            new { action = "INCLUDE", category = Pick(Categories) },
            new { action = "INCLUDE", attribute = new { code = "color", value = Pick("red", "blue") } },
            new { action = "EXCLUDE", sku = Sku() },
            new { action = "EXCLUDE", attribute = new { code = "size", value = Pick("S", "L") } },
        },
    });

    /// <summary>Rules of views look at these.</summary>
    private Task<string> Attributes()
    {
        var product = Product();
        return Import("products", new
        {
            sku = product,
            attributes = new[] { new { code = "color", value = Pick("red", "blue") } },
            variants = new[] { new { sku = $"{product}-{Pick("a", "b")}", attributes = new[] { new { code = "size", value = Pick("S", "M", "L") } } } },
        });
    }

    /// <summary>One row that changes all that a product's listing has, and a new variant with it.</summary>
    private Task<string> WholeProduct()
    {
        var product = Product();
        return Import("products", new
        {
            sku = product,
            status = Pick("ACTIVE", "ACTIVE", "DRAFT"),
            category = Pick(Categories),
            exclusiveTo = random.Next(3) == 0 ? new[] { "c1" } : [],
            variants = new object[]
            {
                new { sku = $"{product}-a", quantityIncrement = random.Next(1, 4), publishedFrom = Maybe(() => Hour(-1, 3)) },
                new { sku = $"{product}-b", maximumQuantity = 60 },
                new { sku = $"{product}-n{++names}" },
            },
        });
    }

    /// <summary>A new unit, below or above another, a user that moves into it, and new terms, all in one row.</summary>
    private Task<string> NewUnit()
    {
        var unit = $"n{++names}";
        return Import("companies", new
        {
            externalId = "c1",
            tier = Maybe(() => Pick("t1", "t2")),
            units = new object[] { new { externalId = unit, name = "N", parent = Pick("hq", "depot"), market = Maybe(() => Pick("m1", "m2")) }, new { externalId = "branch", parent = Pick("hq", unit) } },
            users = new[] { new { externalId = Pick("u1", "u2"), unit = Pick(unit, "branch") } },
        });
    }

    /// <summary>A new category above another one.</summary>
    private Task<string> NewCategory()
    {
        var above = $"k{10 + ++names}";
        return Import("categories", Category(above, Maybe(() => Pick("k1", "k3"))), Category("k2", above));
    }

    private Task<string> PricesOfManyLists() => Import("prices", [.. Enumerable.Range(0, 5).Select(_ => Price())]);

    private Task<string> ManyLists() => Import(
        "price-lists",
        Given("gold", Assignee(), random.Next(2)), new { externalId = "special", isActive = random.Next(4) > 0, assignments = new[] { new { company = "c1", priority = random.Next(2) } } });

    /// <summary>A set of prices for a time to come or for now on, or the end of one.</summary>
    private async Task<string> Plan()
    {
        if (sets.Count > 0 && random.Next(3) == 0)
        {
            var id = sets[random.Next(sets.Count)];
            await shop.Write((PriceChangeSetScheduling writes) => writes.Cancel(new(id), default));
            return $"cancel set {id.Key}";
        }

        var atOnce = random.Next(2) == 0;
        var (from, until) = (shop.Now.AddMinutes(random.Next(1, 120)), shop.Now.AddMinutes(random.Next(150, 400)));
        var made = await shop.Write((PriceChangeSetWrites writes) => writes.Create(new($"set{++names}", "S", atOnce ? null : from, random.Next(2) == 0 ? until : null), default));
        var set = new NodeId(nameof(PriceChangeSet), made.PriceChangeSet!.Id);
        IReadOnlyList<PriceChangeLineInput> lines =
            [.. Enumerable.Range(0, 4).Select(_ => new PriceChangeLineInput(PriceReader.IdOf(lists[Pick("base", "gold")]), Sku(), UnitPrice: new Amount(random.Next(1, 9) * 1_0000)))];
        await shop.Write((PriceChangeLineWrites writes) => writes.Upsert(new(set, lines), default));
        await shop.Write((PriceChangeSetWrites writes) => writes.Approve(new(set), default));
        var scheduled = await shop.Write((PriceChangeSetScheduling writes) => writes.Schedule(new(set, AtOnce: atOnce), default));
        sets.Add(set);
        return $"set {set.Key} {(atOnce ? "now" : $"{from:O}")} {string.Join(' ', scheduled.UserErrors.Select(error => error.Message))}: {string.Join(", ", lines.Select(line => $"{line.PriceListId.Key} {line.Sku} {line.UnitPrice}"))}";
    }
}

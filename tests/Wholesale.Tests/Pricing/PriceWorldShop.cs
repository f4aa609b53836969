using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// A small world in a real shop, written by the services that the mutations call, hour by hour as it came about: what was assigned or ruled at an hour was
/// written when the clock stood there. The clock then stands at the third hour.
/// </summary>
internal sealed class PriceWorldShop(ShopHost shop)
{
    private static readonly Assignee[] Places =
    [
        TestCaller.Unit, TestCaller.ParentUnit, TestCaller.Company, TestCaller.Segment, TestCaller.OtherSegment, TestCaller.Tier, TestCaller.Market, Assignee.All,
    ];

    private readonly List<PriceList> lists = [];
    private readonly Dictionary<int, long> assignmentIds = [];
    private readonly Dictionary<long, NodeId> categories = [];

    public PriceWorld World { get; private set; } = PriceWorld.Empty;

    public Caller Caller { get; private set; } = null!;

    public IReadOnlyList<Variant> Variants { get; private set; } = null!;

    private static DateTime Now => PriceWorld.Hours[2];

    public async Task Write(PriceWorld world)
    {
        World = world = world.Currency is null ? WithoutMarket(world) : world;
        Caller = TestCaller.Of(VerificationStatus.Verified, world.Currency is null ? null : new Market
        {
            Id = TestCaller.Market.AssigneeId,
            ExternalId = "M",
            Name = "M",
            Currency = Currency.Of(world.Currency),
            PricePolicy = world.Policy,
            RoundingMode = world.Mode,
            RoundingLevel = world.Level,
        });
        await WriteCatalog();
        foreach (var list in world.Lists)
        {
            lists.Add(await shop.AddPriceList($"L{list.Id}", list.Currency));
            await WriteRows(list.Id, [.. world.Rows.Where(r => r.List == list.Id)]);
            await WriteTerms(list.Id, [.. world.QuantityTerms.Where(t => t.List == list.Id)]);
        }

        for (var hour = 0; hour <= 2; hour++)
        {
            shop.Time.Advance(PriceWorld.Hours[hour] - shop.Now);
            await WriteRuleSets(shop.Now);
            foreach (var assignment in world.Assignments.Where(a => a.MadeAt == shop.Now).OrderBy(a => a.Id))
            {
                await WriteAssignment(assignment);
            }
        }

        foreach (var list in world.Lists.Where(l => !l.IsActive))
        {
            await WriteActive(list.Id, false);
        }
    }

    /// <summary>Changes one thing, here and there.</summary>
    public async Task Edit(Random random)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                await EditRow(PriceWorld.RandomRow(random), random);
                break;
            case 2:
                var terms = PriceWorld.RandomTermsOf(random, random.Next(1, 6), random.Next(1, 3));
                await WriteTerms(terms.List, [terms]);
                World = World with { QuantityTerms = [.. World.QuantityTerms.Where(t => t.List != terms.List || t.Variant != terms.Variant), terms] };
                break;
            case 3:
                var assignment = PriceWorld.RandomAssignment(random, World.Assignments.Count == 0 ? 1 : World.Assignments.Max(a => a.Id) + 1) with { MadeAt = Now };
                assignment = World.Currency is null ? WithoutMarket(assignment) : assignment;
                await WriteAssignment(assignment);
                World = World with { Assignments = [.. World.Assignments, assignment] };
                break;
            case 4 when World.Assignments.Count > 0:
                await End(World.Assignments[random.Next(World.Assignments.Count)]);
                break;
            case 5:
                await EditRules(random);
                break;
            case 6:
                var list = World.Lists[random.Next(World.Lists.Count)];
                await WriteActive(list.Id, !list.IsActive);
                World = World with { Lists = [.. World.Lists.Select(l => l == list ? l with { IsActive = !l.IsActive } : l)] };
                break;
            default:
                await Move(random.Next(1, 3), random.Next(4) is > 0 and var c ? c : null);
                break;
        }
    }

    /// <summary>A caller without a currency of its own is one without a market: nothing is given to that, and it has no terms.</summary>
    private static PriceWorld WithoutMarket(PriceWorld world) => world with
    {
        Assignments = [.. world.Assignments.Select(WithoutMarket)],
        Policy = default,
        Mode = default,
        Level = default,
    };

    private static PriceWorld.Assignment WithoutMarket(PriceWorld.Assignment assignment) =>
        Places[assignment.Place] == TestCaller.Market ? assignment with { Place = PriceWorld.Everyone } : assignment;

    /// <summary>A new price, or another one in its place, or none any more; refused where it would overlap.</summary>
    private async Task EditRow(PriceWorld.Row row, Random random)
    {
        if (World.Rows.Count > 0 && random.Next(2) == 0)
        {
            var there = World.Rows[random.Next(World.Rows.Count)];
            row = there with { UnitPrice = row.UnitPrice };
            if (random.Next(3) == 0)
            {
                await shop.Upsert(lists[(int)row.List - 1], new PriceInput($"V{row.Variant}", row.Minimum, ValidFrom: row.ValidFrom));
                World = World with { Rows = [.. World.Rows.Where(r => r != there)] };
                return;
            }
        }

        bool IsSame(PriceWorld.Row other) =>
            (other.List, other.Variant, other.Minimum, other.ValidFrom) == (row.List, row.Variant, row.Minimum, row.ValidFrom);
        var others = World.Rows.Where(r => !IsSame(r)).ToList();
        if (!others.Exists(row.Overlaps))
        {
            await WriteRows(row.List, [row]);
            World = World with { Rows = [.. others, row] };
        }
    }

    private async Task End(PriceWorld.Assignment assignment)
    {
        await shop.Write((PriceListWrites writes) =>
            writes.Unassign(new(new NodeId(nameof(PriceListAssignment), assignmentIds[assignment.Id])), default));
        if (assignment.ValidTo is null || assignment.ValidTo > Now)
        {
            World = World with { Assignments = [.. World.Assignments.Select(a => a == assignment ? a with { ValidTo = Now } : a)] };
        }
    }

    /// <summary>Another parent, other rules, or none; left alone where the service refuses it.</summary>
    private async Task EditRules(Random random)
    {
        var list = random.Next(2, 6);
        var parent = random.Next(1, list);
        IReadOnlyList<PriceWorld.Rule> rules =
            random.Next(4) == 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => PriceWorld.RandomRule(random))];
        var payload = await SetRules(list, rules.Count == 0 ? null : parent, rules);
        if (payload.UserErrors.Count > 0)
        {
            Assert.All(payload.UserErrors, error => Assert.True(error.Code is "CURRENCY_MISMATCH" or "TOO_MANY_LEVELS", error.Message));
            return;
        }

        var sets = World.RuleSets
            .Where(s => s.List != list || s.From != Now)
            .Select(s => s.List == list && s.To is null ? s with { To = Now } : s);
        World = World with { RuleSets = rules.Count == 0 ? [.. sets] : [.. sets, new(list, parent, Now, null, rules)] };
    }

    private async Task Move(int variant, long? category)
    {
        World = World with { Variants = [.. World.Variants.Select(v => v.Id == variant ? v with { Category = category } : v)] };
        await WriteProduct(World.Variants.First(v => v.Id == variant));
        await ReadVariants();
    }

    private async Task WriteCatalog()
    {
        await shop.Import(
            "categories",
            """{"externalId":"1","texts":[{"locale":"en","name":"1"}]}""",
            """{"externalId":"2","parent":"1","texts":[{"locale":"en","name":"2"}]}""",
            """{"externalId":"3","texts":[{"locale":"en","name":"3"}]}""");
        foreach (var category in await shop.Read(db => db.Categories.ToListAsync()))
        {
            categories.Add(long.Parse(category.ExternalId, System.Globalization.CultureInfo.InvariantCulture), new NodeId(nameof(Category), category.Id));
        }

        foreach (var variant in World.Variants)
        {
            await WriteProduct(variant);
        }

        await ReadVariants();
    }

    private async Task WriteProduct(PriceWorld.Variant variant)
    {
        var category = variant.Category is { } id ? $"\"{id}\"" : "null";
        var report = await shop.Import(
            "products",
            $$"""{"sku":"P{{variant.Id}}","texts":[{"locale":"en","name":"P"}],"category":{{category}},"variants":[{"sku":"V{{variant.Id}}","quantityIncrement":{{variant.Increment}},"minimumQuantity":{{Number(variant.Minimum)}},"maximumQuantity":{{Number(variant.Maximum)}}}]}""");
        Assert.Contains("\"applied\":1", report, StringComparison.Ordinal);
    }

    private static string Number(Quantity? quantity) => quantity?.ToString() ?? "null";

    private async Task ReadVariants() => Variants = await shop.Read(db => db.Variants.OrderBy(v => v.Sku).ToListAsync());

    private async Task WriteRows(long list, IReadOnlyList<PriceWorld.Row> rows)
    {
        if (rows.Count > 0)
        {
            await shop.Upsert(lists[(int)list - 1], [.. rows.Select(r =>
                new PriceInput($"V{r.Variant}", r.Minimum, new Amount(r.UnitPrice), ValidFrom: r.ValidFrom, ValidTo: r.ValidTo))]);
        }
    }

    private async Task WriteTerms(long list, IReadOnlyList<PriceWorld.Terms> terms)
    {
        if (terms.Count > 0)
        {
            var payload = await shop.Write((PriceListTermsWrites writes) => writes.UpsertQuantityRules(
                new(PriceReader.IdOf(lists[(int)list - 1]), [.. terms.Select(t => new QuantityRuleInput($"V{t.Variant}", t.Minimum, t.Maximum, t.Increment, t.Group))]),
                default));
            Assert.Empty(payload.UserErrors);
        }
    }

    private async Task WriteRuleSets(DateTime now)
    {
        foreach (var ended in World.RuleSets.Where(s => s.To == now && !World.RuleSets.Any(other => other.List == s.List && other.From == now)))
        {
            Assert.Empty((await SetRules(ended.List, null, [])).UserErrors);
        }

        foreach (var begun in World.RuleSets.Where(s => s.From == now))
        {
            Assert.Empty((await SetRules(begun.List, begun.Parent, begun.Rules)).UserErrors);
        }
    }

    private Task<SetPriceListAdjustmentsPayload> SetRules(long list, long? parent, IReadOnlyList<PriceWorld.Rule> rules) =>
        shop.Write((PriceListTermsWrites writes) => writes.SetAdjustments(
            new(
                PriceReader.IdOf(lists[(int)list - 1]),
                [
                    .. rules.Select(r => new PriceAdjustmentRuleInput(
                        r.Category is { } category ? categories[category] : null, new Amount(r.BasisPoints * 100L), new Amount(r.Amount))),
                ],
                parent is { } id ? PriceReader.IdOf(lists[(int)id - 1]) : null),
            default));

    private async Task WriteAssignment(PriceWorld.Assignment assignment) => assignmentIds.Add(
        assignment.Id,
        (await shop.AddAssignment(lists[(int)assignment.List - 1], Places[assignment.Place], assignment.Priority, assignment.ValidFrom, assignment.ValidTo)).Id);

    private async Task WriteActive(long list, bool isActive) => Assert.Empty((await shop.Write((PriceListWrites writes) =>
        writes.Update(new(PriceReader.IdOf(lists[(int)list - 1]), IsActive: isActive), default))).UserErrors);
}

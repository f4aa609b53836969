using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Demo;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Demo;

[Collection(nameof(SeededDemo))]
public sealed class DemoSeedTests(SeededDemo demo)
{
    private static readonly int Variants = DemoCatalog.Products().Sum(p => p.Input.Variants!.Count);
    private static readonly int Products = DemoCatalog.Products().Count;
    private static readonly int Prices = DemoPrices.Lists(DemoCatalog.Products()).Sum(list => list.Prices.Count);

    [Fact]
    public async Task Everything_that_the_generators_make_passes_the_rooms_checks_and_is_stored()
    {
        Assert.Equal(Products, await demo.Host.Read(db => db.Products.CountAsync()));
        Assert.Equal(Variants, await demo.Host.Read(db => db.Variants.CountAsync()));
        Assert.Equal(Products * 2, await demo.Host.Read(db => db.ProductTexts.CountAsync(t => t.SourceLocale == t.Locale)));
        Assert.Equal(DemoCategories.All.Count, await demo.Host.Read(db => db.Categories.CountAsync()));
        Assert.Equal(Prices, await demo.Host.Read(db => db.PriceListEntries.CountAsync(e => e.ToVersion == null)));
        Assert.Equal(6, await demo.Host.Read(db => db.PriceListAssignments.CountAsync()));
        Assert.All(
            await demo.Host.Read(db => db.Companies.ToListAsync()),
            company => Assert.Equal(VerificationStatus.Verified, company.Verification));
    }

    [Fact]
    public async Task Each_company_has_a_view_of_its_own_size()
    {
        var counts = await demo.Host.Read(db => db.CatalogViews
            .Select(view => new { view.ExternalId, Count = db.CatalogViewProducts.Count(row => row.ViewId == view.Id) })
            .ToDictionaryAsync(view => view.ExternalId, view => view.Count));

        Assert.Equal(Products, counts["full-range"]);
        Assert.InRange(counts["building-services"], 500, 1000);
        Assert.InRange(counts["corporate-clothing"], 200, 400);
        Assert.Equal(3, await demo.Host.Read(db => db.CatalogViewAssignments.CountAsync(a => a.Level == AssigneeLevel.Company)));
        Assert.NotEqual(0, await demo.Host.Read(db => db.CatalogViewHiddenVariants.CountAsync()));
    }

    [Fact]
    public async Task Each_segment_takes_one_company_in()
    {
        var members = await demo.Host.Read(db => (
            from member in db.CustomerSegmentMembers
            join segment in db.CustomerSegments on member.SegmentId equals segment.Id
            join company in db.Companies on member.CompanyId equals company.Id
            orderby segment.ExternalId
            select segment.ExternalId + " " + company.ExternalId).ToListAsync());

        Assert.Equal(["clothing-shops harbor-uniforms", "german-trades bergmann-technik", "large-american summit-industrial"], members);
    }

    [Fact]
    public async Task Most_goods_are_there_some_are_expected_and_some_are_made_to_order()
    {
        Assert.Equal([DemoStock.Denver, DemoStock.Kassel], await demo.Host.Read(db => db.Warehouses.OrderBy(w => w.ExternalId).Select(w => w.ExternalId).ToListAsync()));
        var stocked = await demo.Host.Read(db => db.StockLevels.Where(l => l.OnHand > default(Quantity)).Select(l => l.VariantId).Distinct().CountAsync());
        var services = await demo.Host.Read(db => db.Products.Where(p => p.Kind == ProductKind.Service).Join(db.Variants, p => p.Id, v => v.ProductId, (p, v) => v.Id).ToListAsync());
        var expected = await demo.Host.Read(db => db.IncomingSupplies.ToListAsync());

        Assert.InRange(stocked, Variants * 8 / 10, Variants * 95 / 100);
        Assert.InRange(expected.Count, Variants / 20, Variants / 8);
        Assert.NotEqual(0, await demo.Host.Read(db => db.StockPolicies.CountAsync(p => p.BackorderPolicy == BackorderPolicy.Always && p.LeadTimeDays != null)));
        Assert.Equal(0, await demo.Host.Read(db => db.StockLevels.CountAsync(l => services.Contains(l.VariantId))));
        Assert.NotEmpty(services);
    }

    [Fact]
    public async Task Each_key_is_its_companys_and_the_last_one_is_staffs()
    {
        foreach (var key in demo.Keys.All)
        {
            var principal = await demo.Host.In(async scope => (await scope.GetRequiredService<ApiKeys>().Authenticate(key.Secret))?.Principal);
            var company = await demo.Host.Read(db => db.Companies
                .Where(c => db.CompanyUsers.Any(u => u.Id == principal!.CompanyUserId && u.CompanyId == c.Id))
                .Select(c => c.ExternalId)
                .SingleOrDefaultAsync());

            Assert.Equal(key.Owner, company ?? DemoKeys.Staff);
            Assert.Equal(company is null ? PrincipalKind.Staff : PrincipalKind.CompanyUser, principal!.Kind);
        }
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_second_start_finds_its_data_and_keys_and_writes_nothing()
    {
        await using var second = demo.Again();
        var before = await second.Read(db => db.Events.CountAsync());

        var keys = await second.Start();

        Assert.Equal(demo.Keys.All, keys!.All);
        Assert.Equal(before, await second.Read(db => db.Events.CountAsync()));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_start_that_was_killed_while_seeding_is_made_good_by_the_next()
    {
        using var left = new TempDirectory();
        await using (var killed = new DemoHost())
        {
            var isCopied = false;
            killed.Get<StatementCounter>().Executing += sql =>
            {
                if (sql.StartsWith("INSERT INTO \"PriceListEntries\"", StringComparison.Ordinal) && !isCopied)
                {
                    isCopied = true;
                    DemoHost.CopyFiles(killed.Path, left.Path);
                    throw new PowerCutException();
                }
            };
            await Assert.ThrowsAsync<PowerCutException>(() => killed.Start().AsTask());
            Assert.Equal(0, await killed.Read(db => db.Products.CountAsync()));
        }

        await using var next = new DemoHost(left.Path);
        Assert.Equal(0, await next.Read(db => db.Events.CountAsync()));
        var keys = await next.Start();

        Assert.Equal(4, keys!.All.Count);
        Assert.Equal(Products, await next.Read(db => db.Products.CountAsync()));
        Assert.Equal(Prices, await next.Read(db => db.PriceListEntries.CountAsync()));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_start_that_was_killed_before_the_keys_were_written_makes_them()
    {
        await using var next = demo.Again();
        File.Delete(next.KeyFile);

        var keys = await next.Start();

        Assert.Empty(keys!.All.Select(key => key.Secret).Intersect(demo.Keys.All.Select(key => key.Secret)));
        Assert.Equal(keys.All, (await next.Start())!.All);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Keys_that_are_lost_again_and_again_are_replaced_and_the_oldest_are_revoked()
    {
        await using var next = demo.Again();
        File.Delete(next.KeyFile);
        var second = (await next.Start())!.All;
        await File.WriteAllTextAsync(next.KeyFile, "{ \"summit-");
        var third = (await next.Start())!.All;

        for (var i = 0; i < third.Count; i++)
        {
            Assert.False(await Works(next, demo.Keys.All[i]));
            Assert.True(await Works(next, second[i]));
            Assert.True(await Works(next, third[i]));
        }
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_key_that_was_revoked_is_replaced_and_the_others_stay()
    {
        await using var next = demo.Again();
        var staff = demo.Keys.All[^1];
        var id = (await next.In(scope => scope.GetRequiredService<ApiKeys>().Authenticate(staff.Secret)))!.Id;
        await next.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(id));

        var keys = await next.Start();

        Assert.Equal(demo.Keys.All.SkipLast(1), keys!.All.SkipLast(1));
        Assert.NotEqual(staff.Secret, keys.All[^1].Secret);
        Assert.True(await Works(next, keys.All[^1]));
    }

    [Fact]
    public async Task A_database_that_holds_something_else_is_left_alone()
    {
        await using var host = new DemoHost();
        await host.Write(scope => scope.GetRequiredService<CompanyWrites>()
            .UpsertMarkets([new MarketInput("fr", "France", Currency.Of("EUR"))], BulkMode.Partial, CancellationToken.None));

        Assert.Null(await host.Start());
        Assert.Equal(1, await host.Read(db => db.Markets.CountAsync()));
        Assert.False(File.Exists(host.KeyFile));
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Development", "false")]
    public async Task There_is_no_demo_in_production_or_where_it_is_switched_off(string environment, string? setting)
    {
        await using var host = new DemoHost(null, environment, new KeyValuePair<string, string?>("Database:Demo", setting));

        Assert.Null(await host.Start());
        Assert.Equal(0, await host.Read(db => db.Events.CountAsync()));
    }

    [Fact]
    public async Task Outside_development_demo_data_bring_no_keys()
    {
        await using var production = new DemoHost(demo.Host.Path, "Production", new KeyValuePair<string, string?>("Database:Demo", "true"));
        File.Delete(production.KeyFile);
        var before = await production.Read(db => db.ApiKeys.CountAsync());

        Assert.Null(await production.Start());
        Assert.False(File.Exists(production.KeyFile));
        Assert.Equal(before, await production.Read(db => db.ApiKeys.CountAsync()));
    }

    private static async Task<bool> Works(DemoHost host, DemoKey key) =>
        await host.In(scope => scope.GetRequiredService<ApiKeys>().Authenticate(key.Secret)) is not null;

    private sealed class PowerCutException : Exception;
}

using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class PriceListWritesTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_second_list_with_the_same_external_id_is_refused()
    {
        await shop.AddPriceList("LIST");

        var payload = await shop.Write((PriceListWrites lists) => lists.Create(new("LIST", "Other", Currency.Of("EUR")), default));

        Assert.Null(payload.PriceList);
        Assert.Equal([("ALREADY_EXISTS", "externalId")], payload.UserErrors.Select(e => (e.Code, e.Path![0])));
    }

    [Fact]
    public async Task A_new_list_needs_a_key_and_a_name()
    {
        var payload = await shop.Write((PriceListWrites lists) => lists.Create(new("", new string('x', 201), Currency.Of("EUR")), default));

        Assert.Equal([("INVALID_VALUE", "externalId"), ("INVALID_VALUE", "name")], payload.UserErrors.Select(e => (e.Code, e.Path![0])));
    }

    [Fact]
    public async Task An_update_counts_the_version_up_and_one_that_changes_nothing_does_not()
    {
        var list = await shop.AddPriceList("LIST");

        Assert.Equal(2, (await Update(new(IdOf(list), Name: "New"))).PriceList?.Version);
        Assert.Equal(2, (await Update(new(IdOf(list), Name: "New", IsActive: true))).PriceList?.Version);
    }

    [Fact]
    public async Task An_update_upon_an_old_version_is_a_conflict()
    {
        var list = await shop.AddPriceList("LIST");
        await Update(new(IdOf(list), Name: "New"));

        var payload = await Update(new(IdOf(list), Name: "Newer", ExpectedVersion: 1));

        var error = Assert.Single(payload.UserErrors);
        Assert.Equal(("CONFLICT", "It was changed meanwhile: the current version is 2."), (error.Code, error.Message));
        Assert.Equal("New", payload.PriceList?.Name);
    }

    [Fact]
    public async Task An_assignment_names_exactly_one_assignee_that_exists()
    {
        var list = await shop.AddPriceList("LIST");
        var nobody = new NodeId(nameof(Company), 1);

        Assert.Equal([("NOT_FOUND", "assignee/companyId")], await Errors(new(IdOf(list), new AssigneeInput(CompanyId: nobody))));
        Assert.Equal([("INVALID_VALUE", "assignee")], await Errors(new(IdOf(list), new AssigneeInput())));
        Assert.Equal([("INVALID_VALUE", "assignee")], await Errors(new(IdOf(list), new AssigneeInput(CompanyId: nobody, Everyone: true))));
        Assert.Equal([("NOT_FOUND", "priceListId")], await Errors(new(nobody, new AssigneeInput(Everyone: true))));
        Assert.Empty(await Errors(new(IdOf(list), new AssigneeInput(Everyone: true))));

        async Task<IEnumerable<(string, string)>> Errors(AssignPriceListInput input) =>
            (await Assign(input)).UserErrors.Select(e => (e.Code, string.Join('/', e.Path!)));
    }

    [Fact]
    public async Task An_assignment_that_would_never_hold_is_refused()
    {
        var list = await shop.AddPriceList("LIST");

        var payload = await Assign(new(IdOf(list), new AssigneeInput(Everyone: true), ValidTo: shop.Now));

        Assert.Equal([("INVALID_VALUE", "validTo")], payload.UserErrors.Select(e => (e.Code, e.Path![0])));
    }

    [Fact]
    public async Task Ending_an_assignment_keeps_it_on_record_and_ending_it_again_changes_nothing()
    {
        var list = await shop.AddPriceList("LIST");
        var assignment = (await Assign(new(IdOf(list), new AssigneeInput(Everyone: true), Priority: 3))).Assignment!;
        shop.Time.Advance(TimeSpan.FromHours(1));
        var end = shop.Now;

        await Unassign(assignment.Id);
        shop.Time.Advance(TimeSpan.FromHours(1));
        var again = await Unassign(assignment.Id);

        Assert.Equal(end, again.Assignment?.ValidTo);
        var stored = await shop.Read(db => db.PriceListAssignments.SingleAsync());
        Assert.Equal((3, end), (stored.Priority, stored.ValidTo));
        Assert.Equal(
            [PricingEvents.PriceListChanged, PricingEvents.PriceListAssigned, PricingEvents.PriceListUnassigned],
            await shop.Read(db => db.Events.OrderBy(e => e.Number).Select(e => e.Type).ToListAsync()));
    }

    [Fact]
    public async Task An_unknown_assignment_is_reported() =>
        Assert.Equal([("NOT_FOUND", "assignmentId")], (await Unassign(1)).UserErrors.Select(e => (e.Code, e.Path![0])));

    private static NodeId IdOf(PriceList list) => new(nameof(PriceList), list.Id);

    private Task<UpdatePriceListPayload> Update(UpdatePriceListInput input) =>
        shop.Write((PriceListWrites lists) => lists.Update(input, default));

    private Task<AssignPriceListPayload> Assign(AssignPriceListInput input) =>
        shop.Write((PriceListWrites lists) => lists.Assign(input, default));

    private Task<UnassignPriceListPayload> Unassign(long id) =>
        shop.Write((PriceListWrites lists) => lists.Unassign(new(new NodeId(nameof(PriceListAssignment), id)), default));
}

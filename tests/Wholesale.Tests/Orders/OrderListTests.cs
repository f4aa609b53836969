using System.Text.Json;
using Wholesale.Platform;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>Who sees which orders, and how they are found.</summary>
public sealed class OrderListTests(HistoryShop shop) : IClassFixture<HistoryShop>
{
    [Fact]
    public async Task Each_sees_its_own_orders_those_of_its_unit_or_of_its_company_by_what_it_may()
    {
        Assert.Equal([3, 2, 1], await shop.List(shop.Acme));
        Assert.Equal([4], await shop.List(shop.Second));
        Assert.Equal([6, 5], await shop.List(shop.Other));
        Assert.Equal([6, 5], await shop.List(shop.Chief));
        Assert.Equal([6, 5, 4, 3, 2, 1], await shop.List(shop.Lead));
        Assert.Equal([6, 5, 4, 3, 2, 1], await shop.List(shop.Boss));
        Assert.Equal([7], await shop.List(shop.Rival));
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], await shop.List(shop.StaffKey, path: "/admin/graphql"));
    }

    [Fact]
    public async Task Who_may_read_no_orders_is_told_so_and_what_others_may_not_see_is_not_there_for_them()
    {
        var (_, viewer) = await shop.Ask(shop.Viewer, "{ orders { totalCount } }");
        Assert.Contains("FORBIDDEN", viewer, StringComparison.Ordinal);
        var prices = await shop.CreateStaffKey("no orders", Permission.PricesRead);
        var (_, staff) = await shop.Ask(prices, "{ orders { totalCount } }", null, "/admin/graphql");
        Assert.Contains("needs the permission ORDERS_READ.", staff, StringComparison.Ordinal);

        const string Query = "query($id: ID!) { order(id: $id) { number lines { edges { node { sku } } } } }";
        Assert.Equal(await shop.Ask(shop.Chief, Query, new { id = new NodeId("Order", 1).ToString() }), await shop.Ask(shop.Chief, Query, new { id = shop.Id(1) }));
        Assert.Contains(shop.Number(5), (await shop.Ask(shop.Chief, Query, new { id = shop.Id(5) })).Body, StringComparison.Ordinal);
        Assert.Contains(shop.Number(5), (await shop.Ask(shop.Lead, Query, new { id = shop.Id(5) })).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filter: { status: [CONFIRMED, CANCELLED] }", new[] { 3, 2 })]
    [InlineData("filter: { paymentStatus: [PENDING_RECEIPT] }", new[] { 3 })]
    [InlineData("filter: { placedFrom: \"2026-03-02T00:00:00Z\", placedBefore: \"2026-03-05T12:00:00Z\" }", new[] { 4, 3, 2 })]
    [InlineData("filter: { purchaseOrderNumber: \"PO-4711\" }", new[] { 1 })]
    [InlineData("filter: { costCenter: \"office\" }", new[] { 4, 3 })]
    [InlineData("filter: { jobCode: \"J-1\" }", new[] { 2 })]
    [InlineData("filter: { sku: \"TOOL-100-S\" }", new[] { 5, 2, 1 })]
    [InlineData("filter: { sku: \"tool-100-s\" }", new int[0])]
    [InlineData("filter: { sku: \"TOOL-100\" }", new int[0])]
    [InlineData("filter: { currency: \"USD\", minimumTotal: \"300\" }", new[] { 5, 4, 3 })]
    [InlineData("filter: { maximumTotal: \"107.25\" }", new[] { 2 })]
    [InlineData("filter: { isLate: true }", new[] { 2 })]
    [InlineData("filter: { isLate: false }", new[] { 6, 5, 4, 3, 1 })]
    [InlineData("filter: { source: [STOREFRONT], costCenter: \"workshop\" }", new[] { 2, 1 })]
    [InlineData("filter: { source: [STAFF, IMPORT] }", new int[0])]
    [InlineData("sort: OLDEST", new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("sort: HIGHEST_TOTAL", new[] { 4, 5, 3, 1, 6, 2 })]
    [InlineData("sort: LOWEST_TOTAL", new[] { 2, 6, 1, 3, 5, 4 })]
    [InlineData("search: \"4711\"", new[] { 1 })]
    [InlineData("search: \"po-47\"", new[] { 2, 1 })]
    [InlineData("search: \"tool 100\"", new[] { 5, 2, 1 })]
    [InlineData("search: \"100-s Tool\"", new[] { 5, 2, 1 })]
    [InlineData("search: \"toy\"", new[] { 4 })]
    [InlineData("search: \"toy 100\"", new int[0])]
    [InlineData("search: \"100%\"", new int[0])]
    [InlineData("search: \"tool\", filter: { costCenter: \"workshop\" }, sort: OLDEST", new[] { 1, 2 })]
    [InlineData("search: \"tool\", filter: { sku: \"TOOL-001-S\" }", new[] { 1 })]
    public async Task Orders_are_filtered_sorted_and_searched(string arguments, int[] expected) => Assert.Equal(expected, await shop.List(shop.Boss, arguments));

    [Fact]
    public async Task Units_users_and_companies_narrow_what_is_seen_and_never_widen_it()
    {
        var users = await shop.Admin("""{ company(externalId: "acme") { id units { id externalId } users { id externalId } } }""");
        var company = users.GetProperty("company");
        string Unit(string name) => Of(company.GetProperty("units"), name);
        string User(string name) => Of(company.GetProperty("users"), name);

        Assert.Equal([6, 5], await shop.List(shop.Boss, $"filter: {{ unitId: \"{Unit("branch")}\" }}"));
        Assert.Equal([6, 5, 4, 3, 2, 1], await shop.List(shop.Boss, $"filter: {{ unitId: \"{Unit("hq")}\" }}"));
        Assert.Equal([4], await shop.List(shop.Boss, $"filter: {{ userId: \"{User("second")}\" }}"));
        Assert.Equal([], await shop.List(shop.Chief, $"filter: {{ userId: \"{User("second")}\" }}"));
        Assert.Equal([], await shop.List(shop.Rival, $"filter: {{ unitId: \"{Unit("hq")}\" }}"));
        Assert.Equal([6, 5, 4, 3, 2, 1], await shop.List(shop.StaffKey, $"filter: {{ companyId: \"{company.GetProperty("id").GetString()}\" }}", "/admin/graphql"));
        Assert.Equal([7, 5, 2, 1], await shop.List(shop.StaffKey, "search: \"tool 100\"", "/admin/graphql"));
        var (_, refused) = await shop.Ask(shop.Boss, $"{{ orders(filter: {{ companyId: \"{company.GetProperty("id").GetString()}\" }}) {{ totalCount }} }}");
        Assert.Contains("\"companyId\" is not defined", refused.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("`", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NEWEST")]
    [InlineData("OLDEST")]
    [InlineData("HIGHEST_TOTAL")]
    [InlineData("LOWEST_TOTAL")]
    public async Task Pages_follow_one_another_without_gap_or_repetition(string sort)
    {
        var whole = await shop.List(shop.Boss, $"sort: {sort}");
        var paged = new List<string>();
        string? after = null;
        do
        {
            var page = (await shop.Data(shop.Boss, $"query($after: String) {{ orders(sort: {sort}, first: 2, after: $after) {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {{ number }} }} }} }}", new { after })).GetProperty("orders");
            Assert.Equal(6, page.GetProperty("totalCount").GetInt32());
            paged.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("number").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(whole.ConvertAll(shop.Number), paged);
    }

    [Theory]
    [InlineData("search: \" \"", "INVALID_VALUE")]
    [InlineData("search: \"a b c d e f g h i\"", "INVALID_VALUE")]
    [InlineData("first: 251", "INVALID_PAGE_SIZE")]
    [InlineData("after: \"x\"", "INVALID_CURSOR")]
    public async Task What_cannot_be_is_refused(string arguments, string code)
    {
        var (_, body) = await shop.Ask(shop.Boss, $"{{ orders({arguments}) {{ totalCount }} }}");

        Assert.Contains(code, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_of_orders_cannot_cancel_and_who_orders_can_what_it_sees()
    {
        var reader = await shop.CreateBuyerKey("acme", "boss", "ORDERS_READ_COMPANY");
        var (_, refused) = await shop.Ask(reader, "mutation($input: CancelOrderInput!) { cancelOrder(input: $input) { userErrors { code } } }", new { input = new { orderId = shop.Id(6) } });

        Assert.Contains("needs the permission ORDERS_PLACE", refused, StringComparison.Ordinal);
        Assert.Equal(6, (await shop.List(reader)).Count);
        Assert.Equal(["NOT_FOUND orderId"], CartShop.Errors(await shop.Mutate(shop.Second, "cancelOrder", "CancelOrderInput", new { orderId = shop.Id(6) }, "order { status }")));
        var cancelled = await shop.Mutate(shop.Chief, "cancelOrder", "CancelOrderInput", new { orderId = shop.Id(6), lines = new[] { new { sku = "TOOL-102-S", quantity = 0.5 } } }, "order { status }");
        Assert.DoesNotContain("NOT_FOUND orderId", CartShop.Errors(cancelled));
    }

    private static string Of(JsonElement things, string externalId) => things.EnumerateArray()
        .Single(thing => thing.GetProperty("externalId").GetString() == externalId).GetProperty("id").GetString()!;
}

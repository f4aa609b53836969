using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>An import of orders ends at each moment at which it can, one after the other, and is sent again.</summary>
[Collection(ProofCollection.Name)]
public sealed class CrashedOrderImportTests(ProofCollection.Shops shops)
{
    [Fact]
    public async Task Wherever_an_import_ends_its_orders_are_whole_and_sent_again_all_are_there()
    {
        var shop = await shops.Get();
        await Import(shop, 0);
        var number = 1;
        for (Moment? moment = null; moment is null || moment.Name is not null; number++)
        {
            moment = shop.Moments.OfNextRequest(number, () => throw new InvalidOperationException("The import ends here."));
            await Import(shop, number);
            await shop.AssertWhole();
            var (done, left) = (await Taken(number, "new"), await Taken(number, "again"));
            Assert.True((done, left) is (0, 0) or (20, 20), $"{moment.Name}: {done} new ones, {left} again");

            await Import(shop, number);

            Assert.True((20, 20) == (await Taken(number, "new"), await Taken(number, "again")), moment.Name);
            await shop.AssertWhole();
        }

        ProofCollection.Tell($"Import of orders: an end at each of {number - 2} moments.");
        Assert.True(number > 30, $"{number} moments");

        Task<int> Taken(int revision, string kind) => shop.Read(db => db.Orders.CountAsync(o => o.Number.StartsWith(kind == "new" ? $"CRASH-{revision}-" : "CRASH-again-") && o.Note == $"{revision}"));
    }

    /// <summary>Twenty new orders, and twenty that are there already and of which other goods are sent each time.</summary>
    private static async Task Import(BuyingShop shop, int revision)
    {
        var rows = Enumerable.Range(1, 20).SelectMany(i => new[] { $"CRASH-{revision}-{i}", $"CRASH-again-{i}" }).Select(number => ImportedRow.Of(
            number,
            ("note", $"{revision}"),
            ("shipments", new object[] { new { externalId = $"{number}/{revision}", shippedAt = "2024-05-03T08:00:00Z", lines = new[] { new { line = revision % 2, quantity = 1 } } } })));
        using var content = new StringContent(string.Join('\n', rows.Select(row => JsonSerializer.Serialize(row))), System.Text.Encoding.UTF8, "application/x-ndjson");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/imports/orders") { Content = content };
        request.Headers.Add("X-Api-Key", shop.StaffKey);
        try
        {
            using var response = await shop.Client.SendAsync(request);
            await response.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            // It ended before it could answer.
        }
    }
}

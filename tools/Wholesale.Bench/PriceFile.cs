using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Wholesale.Bench;

/// <summary>A file of prices, one a SKU, written as it is sent: it takes no memory, whatever its length.</summary>
/// <param name="list">The list's external id.</param>
/// <param name="rows">Rows; the SKUs are those of <see cref="GeneratedShop"/>.</param>
/// <param name="cents">What is added to each price.</param>
/// <param name="sent">Awaited after each block, with the number of rows sent so far.</param>
internal sealed class PriceFile(string list, int rows, int cents, Func<int, Task>? sent = null) : HttpContent
{
    private const int BlockRows = 1_000;

    public static async Task<string> Send(BenchServer server, PriceFile file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/imports/prices") { Content = file };
        file.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Add("X-Api-Key", GeneratedShop.StaffKey);
        using var response = await server.Client.SendAsync(request);
        var report = await response.Content.ReadAsStringAsync();
        return report.StartsWith("{\"received\"", StringComparison.Ordinal) && report.Contains("\"failed\":0}", StringComparison.Ordinal)
            ? report
            : throw new InvalidOperationException($"{(int)response.StatusCode} {report[..Math.Min(report.Length, 500)]}");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var block = new StringBuilder(80 * BlockRows);
        for (var row = 0; row < rows;)
        {
            block.Clear();
            for (var end = Math.Min(rows, row + BlockRows); row < end; row++)
            {
                block.Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"priceList":"{{list}}","sku":"{{GeneratedShop.Sku(row)}}","unitPrice":"{{(row % 1_000) + 1}}.{{cents:00}}"}""").Append('\n');
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(block.ToString()));
            if (sent is not null)
            {
                await sent(row);
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

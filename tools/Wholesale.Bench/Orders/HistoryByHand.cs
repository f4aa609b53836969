using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Wholesale.Platform.Database;

namespace Wholesale.Bench.Orders;

/// <summary>
/// What <see cref="HistoryBench.Page"/> asks for, by hand: one prepared statement that joins orders, lines, variants, products and their words, on a connection that stays open, and the answer's bytes written
/// as they are read. It knows neither callers nor arguments.
/// </summary>
internal static class HistoryByHand
{
    private const string Sql = """
        SELECT o."Id", o."Number", o."PlacedAt", o."TotalAmount", l."Sku", l."Quantity", l."Total", p."Sku", t."Name"
        FROM (SELECT "Id", "Number", "PlacedAt", "TotalAmount" FROM "Orders" WHERE "CompanyId" = $company ORDER BY "PlacedAt" DESC, "Id" DESC LIMIT 50) AS o
        JOIN "OrderLines" AS l ON l."OrderId" = o."Id"
        JOIN "Variants" AS v ON v."Id" = l."VariantId"
        JOIN "Products" AS p ON p."Id" = v."ProductId"
        JOIN "ProductTexts" AS t ON t."ProductId" = p."Id" AND t."Locale" = 'en'
        ORDER BY o."PlacedAt" DESC, o."Id" DESC, l."Id"
        """;

    public static async Task Run(int port, string file)
    {
        SqliteThreads.Set(); // neither side's connections are locked at each column
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        Counters.Map(app);
        var company = await Company(file);
        var idle = new System.Collections.Concurrent.ConcurrentBag<SqliteCommand>();
        app.MapPost("/graphql", async context =>
        {
            var command = idle.TryTake(out var taken) ? taken : Prepared(file, company);
            var body = new ArrayBufferWriter<byte>(64 * 1024);
            Write(command, body);
            idle.Add(command);
            await ConstantServer.Answer(context, body.WrittenMemory);
        });
        await app.RunAsync();
    }

    private static async Task<long> Company(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "CompanyId" FROM "Orders" LIMIT 1""";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static SqliteCommand Prepared(string file, long company)
    {
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        connection.Open();
        var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.Parameters.AddWithValue("$company", company);
        command.Prepare();
        return command;
    }

    private static void Write(SqliteCommand command, IBufferWriter<byte> target)
    {
        using var reader = command.ExecuteReader();
        using var json = new Utf8JsonWriter(target, new() { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteStartObject("orders");
        json.WriteStartArray("edges");
        var order = 0L;
        while (reader.Read())
        {
            if (reader.GetInt64(0) != order)
            {
                EndOrder(json, order);
                order = reader.GetInt64(0);
                json.WriteStartObject();
                json.WriteStartObject("node");
                json.WriteString("number", reader.GetString(1));
                json.WriteString("placedAt", $"{reader.GetString(2).Replace(' ', 'T')}Z");
                Amount(json, reader.GetInt64(3));
                json.WriteStartObject("lines");
                json.WriteStartArray("edges");
            }

            json.WriteStartObject();
            json.WriteStartObject("node");
            json.WriteString("sku", reader.GetString(4));
            json.WriteNumber("quantity", reader.GetInt64(5) / 1000m);
            Amount(json, reader.GetInt64(6));
            json.WriteStartObject("variant");
            json.WriteStartObject("product");
            json.WriteString("sku", reader.GetString(7));
            json.WriteString("name", reader.GetString(8));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EndOrder(json, order);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void EndOrder(Utf8JsonWriter json, long order)
    {
        if (order != 0)
        {
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void Amount(Utf8JsonWriter json, long tenThousandths)
    {
        json.WriteStartObject("total");
        json.WriteString("amount", (tenThousandths / 10_000m).ToString("0.00##", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}

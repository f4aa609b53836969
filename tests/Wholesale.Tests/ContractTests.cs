using System.Text.RegularExpressions;
using Snapshooter.Xunit;
using Wholesale.GraphQL.Types;

namespace Wholesale.Tests;

/// <summary>The public contract: what it says, that it says it completely, and that it says the truth.</summary>
public sealed partial class ContractTests
{
    private static readonly Contracts Loaded = Contracts.Load();

    [Fact]
    public void The_buyers_contract_is_what_was_accepted() => Snapshot.Match(SchemaPrinter.Print(Loaded.Buyers.Schema));

    [Fact]
    public void The_sellers_contract_is_what_was_accepted() => Snapshot.Match(SchemaPrinter.Print(Loaded.Seller.Schema));

    [Fact]
    public void The_buyers_contract_shows_nothing_of_the_sellers()
    {
        var buyers = SchemaPrinter.Print(Loaded.Buyers.Schema);

        Assert.DoesNotContain("@admin", buyers, StringComparison.Ordinal);
        foreach (var name in new[] { "PriceList", "CatalogView", "ApiKey", "COMPANIES_WRITE", "upsertCompanies", "upsertProducts", "upsertPrices", "exclusiveTo", "SKU_TAKEN", "standardCost", "revenueDelta", "marginDelta" })
        {
            Assert.DoesNotContain(name, buyers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Everything_in_the_contract_has_a_description()
    {
        var bare = new List<string>();
        foreach (var type in Loaded.Seller.Schema.Types.Where(t => t.Definition is not null))
        {
            Note(type.Name, type.Description, isOptional: type is InputObjectType && type.Name.EndsWith("Input", StringComparison.Ordinal));
            foreach (var field in (type as FieldsType)?.Fields ?? [])
            {
                // An id says the same everywhere: on Node.
                Note(field.Coordinate, field.Description, isOptional: field.Name == "id");
                foreach (var argument in field.Arguments)
                {
                    Note(argument.Coordinate, argument.Description, isOptional: argument.Name is "first" or "after" or "input" or "id" or "ids" or "externalId" or "sku");
                }
            }

            foreach (var field in (type as InputObjectType)?.Fields ?? [])
            {
                Note(field.Coordinate, field.Description, isOptional: false);
            }

            foreach (var value in (type as EnumType)?.Values ?? [])
            {
                Note($"{type.Name}.{value.Name}", value.Description, isOptional: false);
            }
        }

        Assert.Empty(bare);

        void Note(string coordinate, string? description, bool isOptional)
        {
            if (string.IsNullOrWhiteSpace(description) && !isOptional)
            {
                bare.Add(coordinate);
            }
        }
    }

    [Fact]
    public void Every_mutation_takes_one_input_returns_a_payload_with_user_errors_and_lists_codes_that_exist()
    {
        var schema = Loaded.Seller.Schema;
        var codes = ((EnumType)schema.Type("ErrorCode")!).Values.Select(v => v.Name).ToHashSet();

        Assert.All(schema.MutationType!.Fields, mutation =>
        {
            var input = Assert.Single(mutation.Arguments);
            Assert.Equal("input", input.Name);
            Assert.IsType<NonNullType>(input.Type);
            var payload = Assert.IsType<ObjectType>(mutation.Type.Named);
            Assert.Equal("[UserError!]!", payload.Field("userErrors")?.Type.ToString());
            var listed = CodesLine().Match(mutation.Description!);
            Assert.True(listed.Success, $"{mutation.Coordinate} lists no codes.");
            Assert.All(Code().Matches(listed.Value).Select(m => m.Value), code => Assert.Contains(code, codes));
        });
    }

    [Fact]
    public void Every_code_that_the_product_can_report_is_in_the_contract()
    {
        var codes = ((EnumType)Loaded.Seller.Schema.Type("ErrorCode")!).Values.Select(v => v.Name).ToHashSet();
        var constants = typeof(WholesaleDb).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith("Errors", StringComparison.Ordinal) || t.Name == "ErrorCodes")
            .SelectMany(t => t.GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static))
            .Where(f => f.IsLiteral && f.FieldType == typeof(string))
            .Select(f => (string)f.GetRawConstantValue()!)
            .ToHashSet();

        // What a field reports stands in its description; what a mutation reports, in the enum.
        var described = Loaded.Seller.Schema.Types.OfType<FieldsType>().SelectMany(t => t.Fields).SelectMany(f => Code().Matches(f.Description ?? "")).Select(m => m.Value).ToHashSet();
        Assert.NotEmpty(constants);
        Assert.All(constants.Where(c => Code().IsMatch(c)), constant => Assert.Contains(constant, codes.Concat(described)));
        Assert.All(codes, code => Assert.Contains(code, constants));
    }

    [GeneratedRegex("Codes:[^\\n]*(\\n[^\\n]+)*")]
    private static partial Regex CodesLine();

    [GeneratedRegex("\\b[A-Z]{2,}(_[A-Z]+)+\\b|\\bCONFLICT\\b")]
    private static partial Regex Code();
}

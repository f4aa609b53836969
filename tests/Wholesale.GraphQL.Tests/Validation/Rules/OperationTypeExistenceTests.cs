using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.GraphQL.Validation;
using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.2.1.1.</summary>
public sealed class OperationTypeExistenceTests
{
    static readonly Schema QueriesOnly = SchemaBuilder.Build([new Source("type Query { hello: String }")]);

    [Fact]
    public void Every_kind_of_operation_that_the_schema_has_is_valid()
    {
        ExpectValid(
            """
            query A { dog { name } }
            mutation B { adopt(pet: { dog: { name: "Rex" } }) { name } }
            subscription C { arrivals { name } }
            """);
    }

    [Theory]
    [InlineData("mutation Goodbye { goodbye }", "The mutation operation is not supported by the schema.")]
    [InlineData("subscription Goodbye { goodbye }", "The subscription operation is not supported by the schema.")]
    public void An_operation_without_root_type_is_reported_and_not_looked_into(string operation, string message)
    {
        var error = Assert.Single(DocumentValidator.Validate(QueriesOnly, Parse($"query Hello {{ hello }}\n  {operation}")));

        Assert.Equal(message, error.Message);
        Assert.Equal([new SourceLocation(2, 3)], error.Locations);
    }
}

using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.2.3.1.</summary>
public sealed class LoneAnonymousOperationTests
{
    [Fact]
    public void A_single_operation_needs_no_name()
    {
        ExpectValid(
            """
            {
              dog {
                name
              }
            }
            """);
    }

    [Fact]
    public void A_single_operation_beside_fragments_needs_no_name()
    {
        ExpectValid(
            """
            { dog { ...DogName } }
            fragment DogName on Dog { name }
            """);
    }

    [Fact]
    public void An_anonymous_operation_beside_a_named_one_is_reported()
    {
        ExpectErrors(
            """
            {
              dog { name }
            }

            query Name {
              dog { owner { name } }
            }
            """,
            Error("This anonymous operation must be the only defined operation.", (1, 1)));
    }

    [Fact]
    public void Two_anonymous_operations_are_both_reported()
    {
        ExpectErrors(
            """
            { dog { name } }
            query { cat { name } }
            """,
            Error("This anonymous operation must be the only defined operation.", (1, 1)),
            Error("This anonymous operation must be the only defined operation.", (2, 1)));
    }
}

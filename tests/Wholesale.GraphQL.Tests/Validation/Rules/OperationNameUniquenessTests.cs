using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.2.2.1.</summary>
public sealed class OperationNameUniquenessTests
{
    [Fact]
    public void Operations_of_different_names_are_valid()
    {
        ExpectValid(
            """
            query Name {
              dog { name }
            }

            query Owner {
              dog { owner { name } }
            }
            """);
    }

    [Fact]
    public void An_anonymous_operation_has_no_name_to_share()
    {
        ExpectValid(
            """
            { dog { name } }
            """);
    }

    [Fact]
    public void A_fragment_may_share_the_name_of_an_operation()
    {
        ExpectValid(
            """
            query Name { dog { ...Name } }
            fragment Name on Dog { name }
            """);
    }

    [Fact]
    public void Two_operations_of_one_name_are_reported_at_both_names()
    {
        ExpectErrors(
            """
            query Name {
              dog { name }
            }

            query Name {
              dog { owner { name } }
            }
            """,
            Error("There can be only one operation named \"Name\".", (1, 7), (5, 7)));
    }

    [Fact]
    public void Operations_of_different_kinds_may_not_share_a_name_either()
    {
        ExpectErrors(
            """
            query Pet {
              dog { name }
            }

            mutation Pet {
              adopt(pet: { dog: { name: "Rex" } }) { name }
            }
            """,
            Error("There can be only one operation named \"Pet\".", (1, 7), (5, 10)));
    }

    [Fact]
    public void Each_further_operation_is_reported_with_the_first()
    {
        ExpectErrors(
            """
            query A { dog { name } }
            query A { dog { name } }
            query A { dog { name } }
            """,
            Error("There can be only one operation named \"A\".", (1, 7), (2, 7)),
            Error("There can be only one operation named \"A\".", (1, 7), (3, 7)));
    }
}

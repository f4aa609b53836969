using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.8.1.</summary>
public sealed class VariableUniquenessTests
{
    [Fact]
    public void The_same_variable_in_different_operations_is_valid()
    {
        ExpectValid(
            """
            query A($elsewhere: Boolean) {
              ...Training
            }

            query B($elsewhere: Boolean) {
              ...Training
            }

            fragment Training on Query {
              dog {
                isTrained(elsewhere: $elsewhere)
              }
            }
            """);
    }

    [Fact]
    public void A_variable_that_is_defined_twice_is_reported_at_both_names()
    {
        ExpectErrors(
            """
            query Training($elsewhere: Boolean, $elsewhere: Boolean) {
              dog {
                isTrained(elsewhere: $elsewhere)
              }
            }
            """,
            Error("There can be only one variable named \"$elsewhere\".", (1, 17), (1, 38)));
    }

    [Fact]
    public void Another_type_makes_no_difference_and_all_places_are_one_error()
    {
        ExpectErrors(
            """
            query ($x: Int, $y: Int, $x: String = "x", $y: Int, $x: Int) {
              gauge { a: int(value: $x) b: int(value: $y) }
            }
            """,
            Error("There can be only one variable named \"$x\".", (1, 9), (1, 27), (1, 54)),
            Error("There can be only one variable named \"$y\".", (1, 18), (1, 45)));
    }
}

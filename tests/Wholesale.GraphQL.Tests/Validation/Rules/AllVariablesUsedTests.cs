using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.8.4.</summary>
public sealed class AllVariablesUsedTests
{
    [Fact]
    public void Variables_may_be_used_in_fragments_and_directives()
    {
        ExpectValid(
            """
            query Used($elsewhere: Boolean, $some: Boolean!, $id: ID) {
              dog {
                ...Training
              }
              person(id: $id) { name @include(if: $some) }
            }

            fragment Training on Dog {
              isTrained(elsewhere: $elsewhere)
            }
            """);
    }

    [Fact]
    public void An_unused_variable_is_reported_at_its_dollar()
    {
        ExpectErrors(
            """
            query Unused($elsewhere: Boolean) {
              dog {
                isTrained
              }
            }
            """,
            Error("Variable \"$elsewhere\" is never used in operation \"Unused\".", (1, 14)));
    }

    [Fact]
    public void An_unused_variable_of_an_anonymous_operation_is_reported()
    {
        ExpectErrors(
            """
            query ($a: Int, "Described." $b: Int) {
              gauge { int(value: $a) }
            }
            """,
            Error("Variable \"$b\" is never used.", (1, 17)));
    }

    [Fact]
    public void A_variable_that_the_fragment_does_not_use_is_reported()
    {
        ExpectErrors(
            """
            query Unused($elsewhere: Boolean) {
              dog {
                ...Training
              }
            }

            fragment Training on Dog {
              isTrained
            }
            """,
            Error("Variable \"$elsewhere\" is never used in operation \"Unused\".", (1, 14)));
    }

    [Fact]
    public void Each_operation_must_use_all_of_its_own()
    {
        ExpectErrors(
            """
            query One($elsewhere: Boolean) {
              dog {
                ...Training
              }
            }

            query Two($elsewhere: Boolean, $extra: Int) {
              dog {
                ...Training
              }
            }

            fragment Training on Dog {
              isTrained(elsewhere: $elsewhere)
            }
            """,
            Error("Variable \"$extra\" is never used in operation \"Two\".", (7, 32)));
    }

    [Fact]
    public void Many_variables_are_told_apart()
    {
        ExpectErrors(
            """
            query ($a: Int, $b: Int, $c: Int, $d: Int, $e: Int, $f: Int, $g: Int, $h: Int, $i: Int, $j: Int) {
              gauge { ints(value: [$a, $b, $c, $d, $e, $f, $g, $i, $j, $k]) }
            }
            """,
            Error("Variable \"$k\" is not defined.", (2, 60), (1, 1)),
            Error("Variable \"$h\" is never used.", (1, 71)));
    }
}

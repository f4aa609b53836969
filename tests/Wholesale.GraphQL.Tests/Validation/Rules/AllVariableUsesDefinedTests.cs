using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.8.3.</summary>
public sealed class AllVariableUsesDefinedTests
{
    [Fact]
    public void A_defined_variable_is_valid_wherever_it_is_used()
    {
        ExpectValid(
            """
            query Defined($elsewhere: Boolean, $n: Int) {
              dog {
                isTrained(elsewhere: $elsewhere) @include(if: true)
              }
              gauge { json(value: [{ n: [$n] }]) }
            }
            """);
    }

    [Fact]
    public void An_undefined_variable_is_reported_with_the_operation()
    {
        ExpectErrors(
            """
            query NotDefined {
              dog {
                isTrained(elsewhere: $elsewhere)
              }
            }
            """,
            Error("Variable \"$elsewhere\" is not defined by operation \"NotDefined\".", (3, 26), (1, 1)));
    }

    [Fact]
    public void An_undefined_variable_in_an_anonymous_operation_is_reported()
    {
        ExpectErrors(
            """
            {
              dog { isTrained(elsewhere: $elsewhere) }
            }
            """,
            Error("Variable \"$elsewhere\" is not defined.", (2, 30), (1, 1)));
    }

    [Fact]
    public void A_variable_that_is_used_in_a_fragment_may_be_defined_by_the_operation()
    {
        ExpectValid(
            """
            query Defined($elsewhere: Boolean) {
              dog {
                ...Training
              }
            }

            fragment Training on Dog {
              isTrained(elsewhere: $elsewhere)
            }
            """);
    }

    [Fact]
    public void An_undefined_variable_in_a_fragment_is_reported()
    {
        ExpectErrors(
            """
            query NotDefined {
              dog {
                ...Training
              }
            }

            fragment Training on Dog {
              isTrained(elsewhere: $elsewhere)
            }
            """,
            Error("Variable \"$elsewhere\" is not defined by operation \"NotDefined\".", (8, 24), (1, 1)));
    }

    [Fact]
    public void An_undefined_variable_in_a_fragment_of_a_fragment_is_reported()
    {
        ExpectErrors(
            """
            query NotDefined {
              dog {
                ...Outer
              }
            }

            fragment Outer on Dog {
              ...Training
            }

            fragment Training on Dog {
              isTrained(elsewhere: $elsewhere)
            }
            """,
            Error("Variable \"$elsewhere\" is not defined by operation \"NotDefined\".", (12, 24), (1, 1)));
    }

    [Fact]
    public void Every_operation_that_reaches_a_fragment_must_define_its_variables()
    {
        ExpectErrors(
            """
            query One($elsewhere: Boolean) {
              dog {
                ...Training
              }
            }

            query Two {
              dog {
                ...Training
              }
            }

            fragment Training on Dog {
              isTrained(elsewhere: $elsewhere)
            }
            """,
            Error("Variable \"$elsewhere\" is not defined by operation \"Two\".", (14, 24), (7, 1)));
    }

    [Fact]
    public void Every_operation_that_defines_them_is_valid()
    {
        ExpectValid(
            """
            query One($elsewhere: Boolean) { dog { ...Training } }
            query Two($elsewhere: Boolean) { dog { ...Training } }
            fragment Training on Dog { isTrained(elsewhere: $elsewhere) }
            """);
    }

    [Fact]
    public void Variables_in_a_cycle_of_fragments_are_found_once()
    {
        ExpectErrors(
            """
            query Cycle { dog { ...A } }
            fragment A on Dog { ...B }
            fragment B on Dog { isTrained(elsewhere: $x) ...A }
            """,
            Error("Variable \"$x\" is not defined by operation \"Cycle\".", (3, 42), (1, 1)),
            Error("Cannot spread fragment \"A\" within itself via \"B\".", (2, 21), (3, 46)));
    }
}

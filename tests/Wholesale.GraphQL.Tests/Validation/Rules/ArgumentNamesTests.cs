using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.4.1.</summary>
public sealed class ArgumentNamesTests
{
    [Fact]
    public void Defined_arguments_are_valid_in_any_order()
    {
        ExpectValid(Used(
            """
            fragment Known on Gauge {
              a: two(x: 1, y: 2)
              b: two(y: 2, x: 1)
              c: boolean(value: true) @include(if: true)
            }
            """));
    }

    [Fact]
    public void An_unknown_argument_of_a_field_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Unknown on Dog {
                  isTrained(somewhere: true)
                }
                """),
            Error("Unknown argument \"somewhere\" on field \"Dog.isTrained\".", (2, 13)));
    }

    [Fact]
    public void An_unknown_argument_of_a_directive_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Unknown on Dog {
                  name @include(if: true, unless: false)
                }
                """),
            Error("Unknown argument \"unless\" on directive \"@include\".", (2, 27)));
    }

    [Fact]
    public void An_argument_of_an_interfaces_field_is_looked_up_in_the_interface()
    {
        ExpectErrors(
            Used(
                """
                fragment OnInterface on Animal {
                  name(loud: true)
                }
                """),
            Error("Unknown argument \"loud\" on field \"Animal.name\".", (2, 8)));
    }

    [Fact]
    public void Nothing_is_said_about_arguments_of_what_is_unknown()
    {
        ExpectErrors(
            Used(
                """
                fragment OfUnknown on Dog {
                  tail(wagging: "yes")
                  name @sing(loud: 1)
                }
                """),
            Error("Cannot query field \"tail\" on type \"Dog\".", (2, 3)),
            Error("Unknown directive \"@sing\".", (3, 8)));
    }
}

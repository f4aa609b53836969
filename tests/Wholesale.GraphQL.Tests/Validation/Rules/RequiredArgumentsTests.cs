using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.4.3.</summary>
public sealed class RequiredArgumentsTests
{
    [Fact]
    public void Given_required_and_omitted_optional_arguments_are_valid()
    {
        ExpectValid(Used(
            """
            fragment Fine on Gauge {
              a: boolean(value: true)
              b: boolean
              c: requiredBoolean(value: true)
              d: defaultedInt
              e: twoDefaulted
            }
            """));
    }

    [Fact]
    public void A_missing_required_argument_is_reported_at_the_field()
    {
        ExpectErrors(
            Used(
                """
                fragment Missing on Gauge {
                  requiredBoolean
                }
                """),
            Error("Field \"requiredBoolean\" argument \"value\" of type \"Boolean!\" is required, but it was not provided.", (2, 3)));
    }

    [Fact]
    public void Each_missing_argument_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Missing on Gauge {
                  alias: two
                }
                """),
            Error("Field \"two\" argument \"x\" of type \"Int!\" is required, but it was not provided.", (2, 3)),
            Error("Field \"two\" argument \"y\" of type \"Int!\" is required, but it was not provided.", (2, 3)));
    }

    [Fact]
    public void Null_does_not_provide_a_required_argument()
    {
        ExpectErrors(
            Used(
                """
                fragment Null on Gauge {
                  requiredBoolean(value: null)
                }
                """),
            Error("Expected value of type \"Boolean!\", found null.", (2, 26)));
    }

    [Fact]
    public void Null_is_no_value_for_an_argument_with_a_default_either()
    {
        ExpectErrors(
            Used(
                """
                fragment Null on Gauge {
                  defaultedInt(value: null)
                }
                """),
            Error("Expected value of type \"Int!\", found null.", (2, 23)));
    }

    [Fact]
    public void A_directives_missing_argument_is_reported_at_the_directive()
    {
        ExpectErrors(
            Used(
                """
                fragment Missing on Dog {
                  name @include
                  barkVolume @skip(unless: true)
                }
                """),
            Error("Directive \"@include\" argument \"if\" of type \"Boolean!\" is required, but it was not provided.", (2, 8)),
            Error("Directive \"@skip\" argument \"if\" of type \"Boolean!\" is required, but it was not provided.", (3, 14)),
            Error("Unknown argument \"unless\" on directive \"@skip\".", (3, 20)));
    }
}

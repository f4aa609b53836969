using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.6.4.</summary>
public sealed class InputObjectRequiredFieldsTests
{
    [Fact]
    public void Given_required_and_omitted_optional_fields_are_valid()
    {
        ExpectValid(Used(
            """
            fragment Fine on Gauge {
              shape(value: { required: false })
            }
            """));
    }

    [Fact]
    public void A_missing_required_field_is_reported_at_the_object()
    {
        ExpectErrors(
            Used(
                """
                fragment Missing on Gauge {
                  shape(value: { int: 4, inner: {} })
                }
                """),
            Error("Field \"Shape.required\" of required type \"Boolean!\" was not provided.", (2, 16)),
            Error("Field \"Shape.required\" of required type \"Boolean!\" was not provided.", (2, 33)));
    }

    [Fact]
    public void Null_does_not_provide_a_required_field()
    {
        ExpectErrors(
            Used(
                """
                fragment Null on Gauge {
                  shape(value: { required: null })
                }
                """),
            Error("Expected value of type \"Boolean!\", found null.", (2, 28)));
    }

    [Fact]
    public void Null_is_no_value_for_a_field_with_a_default_either()
    {
        ExpectErrors(
            Used(
                """
                fragment Null on Gauge {
                  shape(value: { required: true, defaulted: null })
                }
                """),
            Error("Expected value of type \"Int!\", found null.", (2, 45)));
    }
}

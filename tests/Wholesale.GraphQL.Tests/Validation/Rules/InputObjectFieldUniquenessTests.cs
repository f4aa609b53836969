using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.6.3.</summary>
public sealed class InputObjectFieldUniquenessTests
{
    [Fact]
    public void The_same_field_of_different_objects_is_valid()
    {
        ExpectValid(Used(
            """
            fragment Once on Gauge {
              shape(value: { required: true, inner: { required: true, inner: { required: true } } })
              json(value: [{ a: 1 }, { a: 1 }])
            }
            """));
    }

    [Fact]
    public void A_field_that_is_given_twice_is_reported_at_both_names()
    {
        ExpectErrors(
            Used(
                """
                fragment Twice on Gauge {
                  shape(value: { required: true, required: false })
                }
                """),
            Error("There can be only one input field named \"required\".", (2, 18), (2, 34)));
    }

    [Fact]
    public void Each_further_field_is_reported_with_the_first()
    {
        ExpectErrors(
            Used(
                """
                fragment Thrice on Gauge {
                  shape(value: { required: true, int: 1, int: 2, int: 3 })
                }
                """),
            Error("There can be only one input field named \"int\".", (2, 34), (2, 42)),
            Error("There can be only one input field named \"int\".", (2, 34), (2, 50)));
    }

    [Fact]
    public void Objects_inside_a_custom_scalar_are_checked()
    {
        ExpectErrors(
            Used(
                """
                fragment Inside on Gauge {
                  json(value: { a: { b: 1, b: 2 } })
                }
                """),
            Error("There can be only one input field named \"b\".", (2, 22), (2, 28)));
    }

    [Fact]
    public void Duplicates_among_many_fields_are_found()
    {
        ExpectErrors(
            Used(
                """
                fragment Many on Gauge {
                  json(value: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, c: 2 })
                }
                """),
            Error("There can be only one input field named \"c\".", (2, 29), (2, 77)));
    }
}

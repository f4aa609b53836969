using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.5.1.3.</summary>
public sealed class FragmentsOnObjectInterfaceOrUnionTypesTests
{
    [Fact]
    public void Fragments_on_objects_interfaces_and_unions_are_valid()
    {
        ExpectValid(Used(
            """
            fragment OnObject on Dog {
              name
              ...OnInterface
              ...OnUnion
            }
            fragment OnInterface on Animal { name }
            fragment OnUnion on CatOrDog { ... on Dog { name } }
            """));
    }

    [Fact]
    public void A_fragment_on_a_scalar_is_reported_at_the_type()
    {
        ExpectErrors(
            Used(
                """
                fragment Outer on Dog { ...OnScalar }
                fragment OnScalar on Int {
                  something
                }
                """),
            Error("Fragment \"OnScalar\" cannot condition on non composite type \"Int\".", (2, 22)));
    }

    [Fact]
    public void An_inline_fragment_on_a_scalar_is_reported_at_the_type()
    {
        ExpectErrors(
            Used(
                """
                fragment Inline on Dog {
                  ... on Boolean {
                    somethingElse
                  }
                }
                """),
            Error("Fragment cannot condition on non composite type \"Boolean\".", (2, 10)));
    }

    [Fact]
    public void Fragments_on_enums_and_input_objects_are_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Inline on Dog {
                  ... on DogTrick { a }
                  ... on Shape { b }
                }
                """),
            Error("Fragment cannot condition on non composite type \"DogTrick\".", (2, 10)),
            Error("Fragment cannot condition on non composite type \"Shape\".", (3, 10)));
    }
}

using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.3.3.</summary>
public sealed class LeafFieldSelectionsTests
{
    [Fact]
    public void A_scalar_without_selection_is_valid()
    {
        ExpectValid(Used(
            """
            fragment Scalar on Dog {
              barkVolume
            }
            """));
    }

    [Fact]
    public void An_object_with_selection_is_valid()
    {
        ExpectValid(
            """
            { person { name } }
            """);
    }

    [Fact]
    public void A_selection_on_a_scalar_is_reported_at_its_brace()
    {
        ExpectErrors(
            Used(
                """
                fragment OnInt on Dog {
                  barkVolume {
                    sinceWhen
                  }
                }
                """),
            Error("Field \"barkVolume\" must not have a selection since type \"Int\" has no subfields.", (2, 14)));
    }

    [Fact]
    public void A_selection_on_an_enum_or_a_list_of_scalars_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment OnEnum on Gauge {
                  enum { name }
                  ints { value }
                }
                """),
            Error("Field \"enum\" must not have a selection since type \"DogTrick\" has no subfields.", (2, 8)),
            Error("Field \"ints\" must not have a selection since type \"[Int]\" has no subfields.", (3, 8)));
    }

    [Fact]
    public void An_object_an_interface_and_a_union_without_selection_are_reported()
    {
        ExpectErrors(
            """
            {
              person
              animal
              catOrDog
              findDogs
            }
            """,
            Error("Field \"person\" of type \"Person\" must have a selection of subfields.", (2, 3)),
            Error("Field \"animal\" of type \"Animal\" must have a selection of subfields.", (3, 3)),
            Error("Field \"catOrDog\" of type \"CatOrDog\" must have a selection of subfields.", (4, 3)),
            Error("Field \"findDogs\" of type \"[Dog!]\" must have a selection of subfields.", (5, 3)));
    }
}

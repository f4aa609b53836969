using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.5.2.3.</summary>
public sealed class FragmentSpreadIsPossibleTests
{
    [Fact]
    public void An_object_in_its_own_scope_is_possible()
    {
        ExpectValid(Used(
            """
            fragment Same on Dog {
              ... on Dog {
                barkVolume
              }
            }
            """));
    }

    [Fact]
    public void An_object_in_the_scope_of_another_is_not()
    {
        ExpectErrors(
            Used(
                """
                fragment CatInDog on Dog {
                  ... on Cat {
                    meowVolume
                  }
                }
                """),
            Error("Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\".", (2, 3)));
    }

    [Fact]
    public void Interfaces_and_unions_of_an_object_are_possible_in_its_scope()
    {
        ExpectValid(Used(
            """
            fragment InObject on Dog {
              ...OnAnimal
              ...OnCatOrDog
            }
            fragment OnAnimal on Animal { name }
            fragment OnCatOrDog on CatOrDog { ... on Cat { meowVolume } }
            """));
    }

    [Fact]
    public void Objects_are_possible_in_the_scope_of_their_interfaces_and_unions()
    {
        ExpectValid(Used(
            """
            fragment OnAnimal on Animal {
              name
              ... on Dog { barkVolume }
              ...OnCatOrDog
            }
            fragment OnCatOrDog on CatOrDog { ... on Cat { meowVolume } }
            """));
    }

    [Fact]
    public void An_object_in_the_scope_of_a_strange_interface_is_not()
    {
        ExpectErrors(
            Used(
                """
                fragment OnSpeaker on Speaker {
                  ... on Dog {
                    barkVolume
                  }
                }
                """),
            Error("Fragment cannot be spread here as objects of type \"Speaker\" can never be of type \"Dog\".", (2, 3)));
    }

    [Fact]
    public void An_object_in_the_scope_of_a_strange_union_is_not()
    {
        ExpectErrors(
            Used(
                """
                fragment OnPersonOrRobot on PersonOrRobot {
                  ... on Cat {
                    meowVolume
                  }
                }
                """),
            Error("Fragment cannot be spread here as objects of type \"PersonOrRobot\" can never be of type \"Cat\".", (2, 3)));
    }

    [Fact]
    public void Abstract_types_that_share_an_object_are_possible_in_each_other()
    {
        ExpectValid(Used(
            """
            fragment InterfaceAndUnion on Animal {
              ...OnDogOrPerson
            }
            fragment OnDogOrPerson on DogOrPerson {
              ... on Dog { barkVolume }
              ... on CatOrDog { __typename }
            }
            """));
    }

    [Fact]
    public void Abstract_types_that_share_no_object_are_not()
    {
        ExpectErrors(
            Used(
                """
                fragment NothingInCommon on Animal {
                  ...OnSpeaker
                  ... on PersonOrRobot { __typename }
                }
                fragment OnSpeaker on Speaker { name }
                """),
            Error("Fragment \"OnSpeaker\" cannot be spread here as objects of type \"Animal\" can never be of type \"Speaker\".", (2, 3)),
            Error("Fragment cannot be spread here as objects of type \"Animal\" can never be of type \"PersonOrRobot\".", (3, 3)));
    }

    [Fact]
    public void An_interface_is_possible_in_the_scope_of_the_interface_that_it_implements()
    {
        ExpectValid(Used(
            """
            fragment OnNamed on Named {
              ...OnAnimal
              ... on Speaker { language }
            }
            fragment OnAnimal on Animal { nickname }
            """));
    }

    [Fact]
    public void Nothing_is_said_about_unknown_or_wrong_types()
    {
        ExpectErrors(
            Used(
                """
                fragment Wrong on Dog {
                  ... on Nothing { ... on Cat { name } }
                  ... on Int { ... on Cat { name } }
                }
                """),
            Error("Unknown type \"Nothing\".", (2, 10)),
            Error("Fragment cannot condition on non composite type \"Int\".", (3, 10)));
    }
}

using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.3.1.</summary>
public sealed class FieldSelectionsTests
{
    [Fact]
    public void Fields_of_objects_interfaces_and_the_meta_field_of_unions_are_valid()
    {
        ExpectValid(
            """
            {
              dog { barkVolume }
              animal { nickname }
              catOrDog { __typename }
              __schema { queryType { name } }
              __type(name: "Dog") { name }
            }
            """);
    }

    [Fact]
    public void An_alias_may_be_anything()
    {
        ExpectValid(
            """
            { dog { loudness: barkVolume meowVolume: name } }
            """);
    }

    [Fact]
    public void An_unknown_field_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment NotDefined on Dog {
                  meowVolume
                }
                """),
            Error("Cannot query field \"meowVolume\" on type \"Dog\".", (2, 3)));
    }

    [Fact]
    public void The_target_of_an_alias_is_what_must_exist()
    {
        ExpectErrors(
            Used(
                """
                fragment Lied on Dog {
                  barkVolume: kawVolume
                }
                """),
            Error("Cannot query field \"kawVolume\" on type \"Dog\".", (2, 3)));
    }

    [Fact]
    public void A_field_of_an_interfaces_objects_is_no_field_of_the_interface()
    {
        ExpectErrors(
            Used(
                """
                fragment NotOnAnimal on Animal {
                  barkVolume
                }
                """),
            Error("Cannot query field \"barkVolume\" on type \"Animal\".", (2, 3)));
    }

    [Fact]
    public void A_union_has_no_fields_of_its_own()
    {
        ExpectErrors(
            Used(
                """
                fragment DirectlyOnUnion on CatOrDog {
                  name
                  barkVolume
                }
                """),
            Error("Cannot query field \"name\" on type \"CatOrDog\".", (2, 3)),
            Error("Cannot query field \"barkVolume\" on type \"CatOrDog\".", (3, 3)));
    }

    [Fact]
    public void The_schemas_meta_fields_stand_at_the_root_of_queries_only()
    {
        ExpectErrors(
            Used(
                """
                fragment Meta on Dog {
                  __schema { queryType { name } }
                }
                """),
            Error("Cannot query field \"__schema\" on type \"Dog\".", (2, 3)));
    }

    [Fact]
    public void Nothing_is_said_about_fields_below_an_unknown_field()
    {
        ExpectErrors(
            Used(
                """
                fragment Deep on Dog {
                  tail { length { inches } }
                }
                """),
            Error("Cannot query field \"tail\" on type \"Dog\".", (2, 3)));
    }

    [Fact]
    public void Fields_are_checked_in_the_type_of_an_inline_fragment()
    {
        ExpectErrors(
            Used(
                """
                fragment Inside on Animal {
                  ... on Dog { meowVolume }
                  ... { barkVolume }
                }
                """),
            Error("Cannot query field \"meowVolume\" on type \"Dog\".", (2, 16)),
            Error("Cannot query field \"barkVolume\" on type \"Animal\".", (3, 9)));
    }
}

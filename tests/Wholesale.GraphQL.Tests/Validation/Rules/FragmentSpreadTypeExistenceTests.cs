using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.5.1.2.</summary>
public sealed class FragmentSpreadTypeExistenceTests
{
    [Fact]
    public void Fragments_on_the_schemas_types_are_valid()
    {
        ExpectValid(Used(
            """
            fragment Correct on Dog {
              name
              ... on Dog { nickname }
              ... @include(if: true) { barkVolume }
            }
            """));
    }

    [Fact]
    public void A_fragment_on_an_unknown_type_is_reported_at_the_type()
    {
        ExpectErrors(
            Used(
                """
                fragment Outer on Dog { ...NotOnExistingType }
                fragment NotOnExistingType on NotInSchema {
                  name
                }
                """),
            Error("Unknown type \"NotInSchema\".", (2, 31)));
    }

    [Fact]
    public void An_inline_fragment_on_an_unknown_type_is_reported_at_the_type()
    {
        ExpectErrors(
            Used(
                """
                fragment Inline on Dog {
                  ... on NotInSchema {
                    name
                  }
                }
                """),
            Error("Unknown type \"NotInSchema\".", (2, 10)));
    }
}

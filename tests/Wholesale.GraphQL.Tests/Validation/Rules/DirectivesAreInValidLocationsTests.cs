using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.7.2.</summary>
public sealed class DirectivesAreInValidLocationsTests
{
    [Fact]
    public void Directives_in_their_places_are_valid()
    {
        ExpectValid(
            """
            query Q($id: ID @onVariableDefinition) @onQuery {
              person(id: $id) @onField {
                ...F @onFragmentSpread
                ... @onInlineFragment { name }
              }
            }
            mutation M @onMutation { adopt(pet: { dog: { name: "Rex" } }) { name } }
            subscription S @onSubscription { arrivals { name } }
            fragment F on Person @onFragmentDefinition { name }
            """);
    }

    [Fact]
    public void A_condition_on_an_operation_is_reported()
    {
        ExpectErrors(
            """
            query ($foo: Boolean!) @skip(if: $foo) {
              dog { name }
            }
            """,
            Error("Directive \"@skip\" may not be used on QUERY.", (1, 24)));
    }

    [Fact]
    public void Directives_out_of_their_places_are_reported()
    {
        ExpectErrors(
            """
            query Q($id: ID @onQuery) @onMutation {
              person(id: $id) @onFragmentSpread {
                ...F @onField
                ... @onFragmentDefinition { name }
              }
            }
            mutation M @onSubscription { adopt(pet: { dog: { name: "Rex" } }) { name } }
            subscription S @onlyInSchemas { arrivals { name } }
            fragment F on Person @onInlineFragment { name }
            """,
            Error("Directive \"@onQuery\" may not be used on VARIABLE_DEFINITION.", (1, 17)),
            Error("Directive \"@onMutation\" may not be used on QUERY.", (1, 27)),
            Error("Directive \"@onFragmentSpread\" may not be used on FIELD.", (2, 19)),
            Error("Directive \"@onField\" may not be used on FRAGMENT_SPREAD.", (3, 10)),
            Error("Directive \"@onFragmentDefinition\" may not be used on INLINE_FRAGMENT.", (4, 9)),
            Error("Directive \"@onSubscription\" may not be used on MUTATION.", (7, 12)),
            Error("Directive \"@onlyInSchemas\" may not be used on SUBSCRIPTION.", (8, 16)),
            Error("Directive \"@onInlineFragment\" may not be used on FRAGMENT_DEFINITION.", (9, 22)));
    }
}

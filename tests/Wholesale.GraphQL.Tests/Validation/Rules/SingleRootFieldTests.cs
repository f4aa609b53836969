using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.2.4.1.</summary>
public sealed class SingleRootFieldTests
{
    [Fact]
    public void One_root_field_is_valid()
    {
        ExpectValid(
            """
            subscription Arrivals {
              arrivals {
                name
              }
            }
            """);
    }

    [Fact]
    public void One_root_field_in_a_fragment_is_valid()
    {
        ExpectValid(
            """
            subscription Arrivals {
              ...New
            }

            fragment New on Subscription {
              arrivals {
                name
                nickname
              }
            }
            """);
    }

    [Fact]
    public void The_same_root_field_twice_is_one()
    {
        ExpectValid(
            """
            subscription Arrivals {
              arrivals { name }
              ... on Subscription { arrivals { nickname } }
              ...New
            }
            fragment New on Subscription { ... { arrivals { name } } }
            """);
    }

    [Fact]
    public void A_fragment_that_is_spread_twice_counts_once()
    {
        ExpectValid(
            """
            subscription Arrivals { ...New ...New }
            fragment New on Subscription { arrivals { name } }
            """);
    }

    [Fact]
    public void A_second_root_field_is_reported()
    {
        ExpectErrors(
            """
            subscription Arrivals {
              arrivals {
                name
              }
              departures {
                name
              }
            }
            """,
            Error("Subscription \"Arrivals\" must select only one top level field.", (5, 3)));
    }

    [Fact]
    public void A_second_root_field_in_a_fragment_is_reported()
    {
        ExpectErrors(
            """
            subscription Arrivals {
              ...Both
            }

            fragment Both on Subscription {
              arrivals {
                name
              }
              departures {
                name
              }
            }
            """,
            Error("Subscription \"Arrivals\" must select only one top level field.", (9, 3)));
    }

    [Fact]
    public void All_fields_but_the_first_are_reported_in_their_order()
    {
        ExpectErrors(
            """
            subscription Arrivals {
              ...First
              b: departures { name }
              c: departures { name }
              b: departures { nickname }
            }
            fragment First on Subscription {
              ... on Subscription { a: arrivals { name } }
            }
            """,
            Error("Subscription \"Arrivals\" must select only one top level field.", (3, 3), (5, 3), (4, 3)));
    }

    [Fact]
    public void An_alias_makes_another_root_field()
    {
        ExpectErrors(
            """
            subscription {
              arrivals { name }
              again: arrivals { name }
            }
            """,
            Error("Anonymous Subscription must select only one top level field.", (3, 3)));
    }

    [Fact]
    public void A_fragment_on_another_type_adds_nothing()
    {
        ExpectValid(
            """
            subscription Arrivals {
              arrivals { name }
              ... on Anything { ... on Subscription { arrivals { name } } }
            }
            """);
    }

    [Fact]
    public void Conditions_at_the_root_are_reported_instead_of_anything_else()
    {
        ExpectErrors(
            """
            subscription Arrivals($some: Boolean!) {
              arrivals @include(if: $some) {
                name
              }
              departures @skip(if: $some) {
                name
              }
              ... @skip(if: $some) @include(if: $some) { arrivals { name } }
            }
            """,
            Error(
                "Subscription \"Arrivals\" must not use `@skip` or `@include` directives in the top level selection.",
                (2, 12), (5, 14), (8, 7)));
    }

    [Fact]
    public void Conditions_at_the_root_of_a_fragment_are_reported()
    {
        ExpectErrors(
            """
            subscription ($some: Boolean!) {
              ...New
            }
            fragment New on Subscription { arrivals @skip(if: $some) { name } }
            """,
            Error("Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection.", (4, 41)));
    }

    [Fact]
    public void Conditions_below_the_root_are_valid()
    {
        ExpectValid(
            """
            subscription ($some: Boolean!) {
              arrivals { name @skip(if: $some) }
            }
            """);
    }

    [Fact]
    public void An_introspection_field_is_no_event()
    {
        ExpectErrors(
            """
            subscription Arrivals {
              __typename
            }
            """,
            Error("Subscription \"Arrivals\" must not select an introspection top level field.", (2, 3)));
    }

    [Fact]
    public void An_introspection_field_beside_another_is_reported_twice()
    {
        ExpectErrors(
            """
            subscription Arrivals {
              arrivals { name }
              kind: __typename
            }
            """,
            Error("Subscription \"Arrivals\" must select only one top level field.", (3, 3)),
            Error("Subscription \"Arrivals\" must not select an introspection top level field.", (3, 3)));
    }

    [Fact]
    public void Several_subscriptions_may_stand_in_one_document()
    {
        ExpectValid(
            """
            subscription A { arrivals { name } }
            subscription B { departures { name } }
            """);
    }

    [Fact]
    public void A_subscription_whose_fragment_is_unknown_selects_nothing()
    {
        ExpectErrors(
            """
            subscription Arrivals {
              ...Missing
            }
            """,
            Error("Unknown fragment \"Missing\".", (2, 6)),
            Error("Subscription \"Arrivals\" must select one top level field.", (1, 23)));
    }
}

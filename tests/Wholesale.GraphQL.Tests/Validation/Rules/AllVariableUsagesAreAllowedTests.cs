using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.8.5.</summary>
public sealed class AllVariableUsagesAreAllowedTests
{
    [Fact]
    public void A_variable_of_the_same_or_a_stricter_type_is_valid()
    {
        ExpectValid(
            """
            query ($a: Int, $b: Int!, $c: [Int!]!, $d: [Int]!, $e: Shape) {
              gauge {
                p: int(value: $a)
                q: int(value: $b)
                r: requiredInt(value: $b)
                s: ints(value: $c)
                t: requiredInts(value: $c)
                u: ints(value: $d)
                v: ints(value: [$a, $b])
                w: shape(value: $e)
                x: shape(value: { required: true, int: $a, inner: $e })
              }
            }
            """);
    }

    [Fact]
    public void A_variable_of_another_type_is_reported_at_both_places()
    {
        ExpectErrors(
            """
            query IntIntoBoolean($n: Int) {
              gauge {
                boolean(value: $n)
              }
            }
            """,
            Error("Variable \"$n\" of type \"Int\" used in position expecting type \"Boolean\".", (1, 22), (3, 20)));
    }

    [Fact]
    public void A_list_does_not_go_into_a_single_value()
    {
        ExpectErrors(
            """
            query ListIntoItem($list: [Boolean]) {
              gauge {
                boolean(value: $list)
              }
            }
            """,
            Error("Variable \"$list\" of type \"[Boolean]\" used in position expecting type \"Boolean\".", (1, 20), (3, 20)));
    }

    [Fact]
    public void A_single_variable_does_not_go_into_a_list()
    {
        ExpectErrors(
            """
            query ItemIntoList($n: Int) {
              gauge { ints(value: $n) }
            }
            """,
            Error("Variable \"$n\" of type \"Int\" used in position expecting type \"[Int]\".", (1, 20), (2, 23)));
    }

    [Fact]
    public void A_nullable_variable_does_not_go_into_a_non_null_argument()
    {
        ExpectErrors(
            """
            query Nullable($flag: Boolean) {
              gauge {
                requiredBoolean(value: $flag)
              }
            }
            """,
            Error("Variable \"$flag\" of type \"Boolean\" used in position expecting type \"Boolean!\".", (1, 16), (3, 28)));
    }

    [Fact]
    public void A_non_null_list_goes_into_a_nullable_list()
    {
        ExpectValid(
            """
            query ($list: [Int]!) {
              gauge { ints(value: $list) }
            }
            """);
    }

    [Fact]
    public void A_nullable_list_or_item_does_not_go_into_a_non_null_one()
    {
        ExpectErrors(
            """
            query Lists($list: [Int!], $items: [Int]!) {
              gauge {
                a: requiredInts(value: $list)
                b: requiredInts(value: $items)
                c: itemsRequired(value: $items)
              }
            }
            """,
            Error("Variable \"$list\" of type \"[Int!]\" used in position expecting type \"[Int!]!\".", (1, 13), (3, 28)),
            Error("Variable \"$items\" of type \"[Int]!\" used in position expecting type \"[Int!]!\".", (1, 28), (4, 28)),
            Error("Variable \"$items\" of type \"[Int]!\" used in position expecting type \"[Int!]\".", (1, 28), (5, 29)));
    }

    [Fact]
    public void A_default_of_the_argument_allows_a_nullable_variable()
    {
        ExpectValid(
            """
            query ($n: Int) {
              gauge {
                defaultedInt(value: $n)
              }
            }
            """);
    }

    [Fact]
    public void A_default_of_the_variable_allows_a_nullable_variable()
    {
        ExpectValid(
            """
            query ($flag: Boolean = true) {
              gauge {
                requiredBoolean(value: $flag)
              }
            }
            """);
    }

    [Fact]
    public void A_default_of_null_does_not()
    {
        ExpectErrors(
            """
            query ($flag: Boolean = null) {
              gauge {
                requiredBoolean(value: $flag)
              }
            }
            """,
            Error("Variable \"$flag\" of type \"Boolean\" used in position expecting type \"Boolean!\".", (1, 8), (3, 28)));
    }

    [Fact]
    public void A_default_does_not_make_another_type_fit()
    {
        ExpectErrors(
            """
            query ($n: Float = 1.5) {
              gauge { defaultedInt(value: $n) }
            }
            """,
            Error("Variable \"$n\" of type \"Float\" used in position expecting type \"Int!\".", (1, 8), (2, 31)));
    }

    [Fact]
    public void A_default_of_an_input_field_allows_a_nullable_variable()
    {
        ExpectErrors(
            """
            query ($n: Int, $flag: Boolean) {
              gauge {
                shape(value: { required: $flag, defaulted: $n })
              }
            }
            """,
            Error("Variable \"$flag\" of type \"Boolean\" used in position expecting type \"Boolean!\".", (1, 17), (3, 30)));
    }

    [Fact]
    public void Items_of_a_list_have_no_default()
    {
        ExpectErrors(
            """
            query ($n: Int) {
              gauge { requiredInts(value: [$n]) }
            }
            """,
            Error("Variable \"$n\" of type \"Int\" used in position expecting type \"Int!\".", (1, 8), (2, 32)));
    }

    [Fact]
    public void Usages_in_fragments_are_checked_against_each_operation()
    {
        ExpectErrors(
            """
            query One($n: Int!) { gauge { ...Required } }
            query Two($n: Int) { gauge { ...Required } }
            query Three($n: String!) { gauge { ...Required } }
            fragment Required on Gauge { ...Inner }
            fragment Inner on Gauge { requiredInt(value: $n) }
            """,
            Error("Variable \"$n\" of type \"Int\" used in position expecting type \"Int!\".", (2, 11), (5, 46)),
            Error("Variable \"$n\" of type \"String!\" used in position expecting type \"Int!\".", (3, 13), (5, 46)));
    }

    [Fact]
    public void Usages_in_directives_are_checked()
    {
        ExpectErrors(
            """
            query ($flag: Boolean, $text: Int!, $size: Int) {
              dog { name @include(if: $flag) @label(text: $text, size: $size) }
            }
            """,
            Error("Variable \"$flag\" of type \"Boolean\" used in position expecting type \"Boolean!\".", (1, 8), (2, 27)),
            Error("Variable \"$text\" of type \"Int!\" used in position expecting type \"String!\".", (1, 24), (2, 47)));
    }

    [Fact]
    public void Nothing_is_said_about_a_variable_where_the_position_is_unknown()
    {
        ExpectErrors(
            """
            query ($n: Int) {
              gauge { int(volume: $n) a: json(value: [$n]) b: json(value: { n: $n }) }
            }
            """,
            Error("Unknown argument \"volume\" on field \"Gauge.int\".", (2, 15)));
    }
}

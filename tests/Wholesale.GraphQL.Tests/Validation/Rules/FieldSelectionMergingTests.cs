using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.3.2.</summary>
public sealed class FieldSelectionMergingTests
{
    [Fact]
    public void Identical_fields_and_aliases_merge()
    {
        ExpectValid(Used(
            """
            fragment Identical on Dog {
              name
              name
              other: name
              other: name
              name @include(if: true)
            }
            """));
    }

    [Fact]
    public void Identical_arguments_merge_in_any_order()
    {
        ExpectValid(Used(
            """
            fragment Identical on Gauge {
              two(x: 1, y: $n)
              two(y: $n, x: 1)
              shape(value: { required: true, strings: ["a", "b"] })
              shape(value: { strings: ["a", "b"], required: true })
            }
            """,
            "$n: Int!"));
    }

    [Fact]
    public void An_alias_that_hides_another_field_conflicts()
    {
        ExpectErrors(
            Used(
                """
                fragment Hidden on Dog {
                  name: nickname
                  name
                }
                """),
            Conflict("name", "\"nickname\" and \"name\" are different fields", (2, 3), (3, 3)));
    }

    [Fact]
    public void Different_arguments_conflict()
    {
        ExpectErrors(
            Used(
                """
                fragment Values on Dog { knows(trick: SIT) knows(trick: ROLL) ...ValueAndVariable }
                fragment ValueAndVariable on Dog { a: knows(trick: SIT) a: knows(trick: $one) }
                """,
                "$one: DogTrick!"),
            Conflict("knows", "they have differing arguments", (1, 26), (1, 44)),
            Conflict("a", "they have differing arguments", (2, 36), (2, 57)));
    }

    [Theory]
    [InlineData("json(value: $one)", "json(value: $two)")]
    [InlineData("json(value: 1)", "json(value: $two)")]
    [InlineData("json(value: 1)", "json(value: 1.0)")]
    [InlineData("json(value: 1)", "json(value: \"1\")")]
    [InlineData("json(value: A)", "json(value: B)")]
    [InlineData("json(value: true)", "json(value: false)")]
    [InlineData("json(value: null)", "json")]
    [InlineData("json(value: [1])", "json(value: [1, 1])")]
    [InlineData("json(value: [1, 2])", "json(value: [2, 1])")]
    [InlineData("json(value: { n: 1 })", "json(value: { n: 2 })")]
    [InlineData("json(value: { n: 1 })", "json(value: { m: 1 })")]
    [InlineData("json(value: { n: 1 })", "json(value: { n: 1, m: 1 })")]
    [InlineData("twoDefaulted(x: 1)", "twoDefaulted(y: 1)")]
    public void Arguments_differ_in_any_part(string one, string other)
    {
        ExpectErrors(
            $$"""
            query ($one: Json, $two: Json) {
              gauge {
                x: {{one}}
                x: {{other}}
                b: json(value: $one)
                c: json(value: $two)
              }
            }
            """,
            Conflict("x", "they have differing arguments", (3, 5), (4, 5)));
    }

    [Fact]
    public void Arguments_on_one_side_only_conflict()
    {
        ExpectErrors(
            "{ dog { isTrained(elsewhere: true) isTrained } }",
            Conflict("isTrained", "they have differing arguments", (1, 9), (1, 36)));
    }

    [Fact]
    public void Every_pair_of_three_different_fields_is_reported()
    {
        ExpectErrors(
            """
            {
              dog {
                x: name
                x: nickname
                x: barkVolume
              }
            }
            """,
            Conflict("x", "\"name\" and \"nickname\" are different fields", (3, 5), (4, 5)),
            Conflict("x", "\"name\" and \"barkVolume\" are different fields", (3, 5), (5, 5)),
            Conflict("x", "\"nickname\" and \"barkVolume\" are different fields", (4, 5), (5, 5)));
    }

    [Fact]
    public void Different_fields_of_different_objects_are_safe()
    {
        ExpectValid(Used(
            """
            fragment Safe on Animal {
              ... on Dog { volume: barkVolume }
              ... on Cat { volume: meowVolume }
              ... on Dog { knows(trick: SIT) }
              ... on Cat { knows(trick: PURR) }
            }
            """));
    }

    [Fact]
    public void Different_fields_of_an_object_and_its_interface_conflict()
    {
        ExpectErrors(
            Used(
                """
                fragment Unsafe on Animal {
                  name: nickname
                  ... on Dog { name }
                }
                """),
            Conflict("name", "\"nickname\" and \"name\" are different fields", (2, 3), (3, 16)));
    }

    [Fact]
    public void A_field_of_an_interface_is_compared_with_each_object()
    {
        ExpectErrors(
            """
            {
              animal {
                ... on Cat { x: nickname }
                ... on Dog { x: name }
                x: nickname
              }
            }
            """,
            Conflict("x", "they return conflicting types \"String\" and \"String!\"", (3, 18), (4, 18)),
            Conflict("x", "\"name\" and \"nickname\" are different fields", (4, 18), (5, 5)));
    }

    [Fact]
    public void Answers_of_different_objects_must_have_one_shape()
    {
        ExpectErrors(
            Used(
                """
                fragment Responses on Animal {
                  ... on Dog {
                    someValue: nickname
                  }
                  ... on Cat {
                    someValue: meowVolume
                  }
                }
                """),
            Conflict("someValue", "they return conflicting types \"String\" and \"Int\"", (3, 5), (6, 5)));
    }

    [Theory]
    [InlineData("a: name", "a: nickname", "String!", "String")]
    [InlineData("a: barkVolume", "a: code", "Int", "String!")]
    [InlineData("a: parents { name }", "a: owner { name }", "[Animal!]", "Person")]
    [InlineData("a: parents { name }", "a: name", "[Animal!]", "String!")]
    public void Shapes_differ_in_lists_nullability_and_leaves(string ofDog, string ofCat, string dogType, string catType)
    {
        ExpectErrors(
            $$"""
            {
              animal {
                ... on Dog { {{ofDog}} }
                ... on Cat { {{ofCat}} }
              }
            }
            """,
            Conflict("a", $"they return conflicting types \"{dogType}\" and \"{catType}\"", (3, 18), (4, 18)));
    }

    [Fact]
    public void Composite_types_of_different_objects_have_one_shape_if_their_fields_have()
    {
        ExpectValid(
            """
            {
              animal {
                ... on Dog { a: owner { name language } }
                ... on Cat { a: keeper { name model } }
              }
            }
            """);
    }

    [Fact]
    public void Shapes_are_compared_below_the_fields_of_different_objects()
    {
        ExpectErrors(
            """
            {
              animal {
                ... on Dog { a: owner { age relatives { name } } }
                ... on Cat { a: keeper { age relatives: animals { name: nickname } } }
              }
            }
            """,
            Conflict(
                "a",
                "subfields \"age\" conflict because they return conflicting types \"Int\" and \"String\" and "
                + "subfields \"relatives\" conflict because subfields \"name\" conflict because "
                + "they return conflicting types \"String!\" and \"String\"",
                (3, 18), (3, 29), (3, 33), (3, 45), (4, 18), (4, 30), (4, 34), (4, 55)));
    }

    [Fact]
    public void A_deep_conflict_is_reported_from_the_outermost_fields()
    {
        ExpectErrors(
            """
            {
              dog {
                owner { x: name }
              }
              dog {
                owner { x: language }
              }
            }
            """,
            Conflict(
                "dog",
                "subfields \"owner\" conflict because subfields \"x\" conflict because \"name\" and \"language\" are different fields",
                (2, 3), (3, 5), (3, 13), (5, 3), (6, 5), (6, 13)));
    }

    [Fact]
    public void A_deep_conflict_is_reported_from_the_nearest_common_field()
    {
        ExpectErrors(
            """
            {
              dog {
                owner { x: name }
                owner { x: language }
              }
              dog {
                owner { x: name }
              }
            }
            """,
            Conflict(
                "dog",
                "subfields \"owner\" conflict because subfields \"x\" conflict because \"language\" and \"name\" are different fields",
                (2, 3), (4, 5), (4, 13), (6, 3), (7, 5), (7, 13)),
            Conflict("owner", "subfields \"x\" conflict because \"name\" and \"language\" are different fields", (3, 5), (3, 13), (4, 5), (4, 13)));
    }

    [Fact]
    public void Several_deep_conflicts_of_a_pair_are_one_error()
    {
        ExpectErrors(
            """
            {
              dog { x: name y: barkVolume }
              dog { x: nickname y: code }
            }
            """,
            Conflict(
                "dog",
                "subfields \"x\" conflict because \"name\" and \"nickname\" are different fields and "
                + "subfields \"y\" conflict because \"barkVolume\" and \"code\" are different fields",
                (2, 3), (2, 9), (2, 17), (3, 3), (3, 9), (3, 21)));
    }

    [Fact]
    public void Fields_of_fragments_are_compared_with_those_beside_the_spread()
    {
        ExpectErrors(
            """
            {
              dog {
                x: name
                ...Other
              }
            }
            fragment Other on Dog { ...Inner }
            fragment Inner on Dog { x: nickname }
            """,
            Conflict("x", "\"name\" and \"nickname\" are different fields", (3, 5), (8, 25)));
    }

    [Fact]
    public void Fields_of_two_fragments_are_compared_and_reported_once_in_a_document()
    {
        ExpectErrors(
            """
            {
              one: dog { ...A ...B }
              two: dog { ...B ...A }
            }
            fragment A on Dog { x: name }
            fragment B on Dog { x: nickname }
            """,
            Conflict("x", "\"name\" and \"nickname\" are different fields", (5, 21), (6, 21)));
    }

    [Fact]
    public void A_conflict_inside_a_fragment_is_reported_there()
    {
        ExpectErrors(
            """
            {
              one: dog { ...A }
              two: dog { ...A }
            }
            fragment A on Dog { x: name x: nickname }
            """,
            Conflict("x", "\"name\" and \"nickname\" are different fields", (5, 21), (5, 29)));
    }

    [Fact]
    public void Fragments_below_merged_fields_are_compared()
    {
        ExpectErrors(
            """
            {
              dog { ...A }
              dog { ...B }
            }
            fragment A on Dog { x: name }
            fragment B on Dog { x: nickname }
            """,
            Conflict(
                "dog", "subfields \"x\" conflict because \"name\" and \"nickname\" are different fields",
                (2, 3), (5, 21), (3, 3), (6, 21)));
    }

    [Fact]
    public void An_unused_fragment_is_checked_by_itself()
    {
        ExpectErrors(
            """
            { dog { name } }
            fragment A on Dog { x: name x: nickname }
            """,
            Conflict("x", "\"name\" and \"nickname\" are different fields", (2, 21), (2, 29)),
            Error("Fragment \"A\" is never used.", (2, 1)));
    }

    [Fact]
    public void A_fragment_in_a_cycle_is_compared_with_itself_once()
    {
        ExpectErrors(
            """
            { person { ...A } }
            fragment A on Person { x: name relatives { x: language ...A } }
            """,
            Conflict("x", "\"language\" and \"name\" are different fields", (2, 44), (2, 24)),
            Error("Cannot spread fragment \"A\" within itself.", (2, 56)));
    }

    [Fact]
    public void A_cycle_of_merged_fields_comes_to_an_end()
    {
        ExpectErrors(
            """
            { person { ...A ...B } }
            fragment A on Person { relatives { name ...B } }
            fragment B on Person { relatives { age ...A } }
            """,
            Error("Cannot spread fragment \"A\" within itself via \"B\".", (2, 41), (3, 40)));
    }

    [Fact]
    public void Fields_of_unknown_types_and_unknown_fields_are_compared_by_name()
    {
        ExpectErrors(
            """
            { dog { x: tail x: name ... on Nothing { y: a { z: b } y: c } } }
            """,
            Error("Cannot query field \"tail\" on type \"Dog\".", (1, 9)),
            Error("Unknown type \"Nothing\".", (1, 32)),
            Conflict("x", "\"tail\" and \"name\" are different fields", (1, 9), (1, 17)),
            Conflict("y", "\"a\" and \"c\" are different fields", (1, 42), (1, 56)));
    }

    [Fact]
    public void More_response_names_than_are_searched_one_by_one_are_told_apart()
    {
        ExpectErrors(
            "{ dog { a: name b: name c: name d: name e: name f: name g: name h: name i: name j: name j: nickname i: name } }",
            Conflict("j", "\"name\" and \"nickname\" are different fields", (1, 81), (1, 89)));
    }

    static GraphQLError Conflict(string name, string reason, params (int Line, int Column)[] places) =>
        Error($"Fields \"{name}\" conflict because {reason}. Use different aliases on the fields to fetch both if this was intentional.", places);
}

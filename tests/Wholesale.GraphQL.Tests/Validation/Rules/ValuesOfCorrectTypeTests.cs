using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.6.1.</summary>
public sealed class ValuesOfCorrectTypeTests
{
    [Fact]
    public void Literals_of_the_expected_types_are_valid()
    {
        ExpectValid(Used(
            """
            fragment Good on Gauge {
              a: int(value: -2147483648)
              b: int(value: 2147483647)
              c: float(value: 1.5e3)
              d: string(value: "text")
              f: boolean(value: true)
              g: id(value: "x1")
              h: enum(value: SIT)
              i: ints(value: [1, null, 2])
              j: grid(value: [[1], [], null])
              k: shape(value: { required: true, strings: ["a"], inner: { required: false } })
            }
            """));
    }

    [Fact]
    public void An_int_literal_is_a_float_and_an_id()
    {
        ExpectValid(Used(
            """
            fragment Coerced on Gauge {
              float(value: 123)
              id(value: 123456789012345678901234567890)
            }
            """));
    }

    [Fact]
    public void Null_is_a_value_of_every_nullable_type()
    {
        ExpectValid(Used(
            """
            fragment Nulls on Gauge {
              int(value: null)
              enum(value: null)
              ints(value: null)
              shape(value: null)
              json(value: null)
            }
            """));
    }

    [Fact]
    public void One_value_is_a_list_of_one()
    {
        ExpectValid(Used(
            """
            fragment Single on Gauge {
              ints(value: 1)
              itemsRequired(value: 2)
              a: grid(value: 1)
              b: grid(value: [1])
              shapes(value: { required: true })
            }
            """));
    }

    [Fact]
    public void A_custom_scalar_takes_any_literal()
    {
        ExpectValid(Used(
            """
            fragment Any on Gauge {
              a: json(value: 1)
              b: json(value: "1")
              c: json(value: WORD)
              d: json(value: [1, "a", { x: [$n] }])
              e: shape(value: { required: true, json: { required: 7 } })
            }
            """, "$n: Int"));
    }

    [Fact]
    public void Other_literals_for_an_int_are_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Ints on Gauge {
                  a: int(value: "3")
                  b: int(value: 3.0)
                  c: int(value: FOO)
                  d: int(value: true)
                  e: int(value: [1])
                  f: int(value: { a: "\\n" })
                  g: int(value: 2147483648)
                  h: int(value: -829384293849283498239482938)
                }
                """),
            Error("Int cannot represent non-integer value: \"3\"", (2, 17)),
            Error("Int cannot represent non-integer value: 3.0", (3, 17)),
            Error("Int cannot represent non-integer value: FOO", (4, 17)),
            Error("Int cannot represent non-integer value: true", (5, 17)),
            Error("Int cannot represent non-integer value: [1]", (6, 17)),
            Error("Int cannot represent non-integer value: { a: \"\\\\n\" }", (7, 17)),
            Error("Int cannot represent non 32-bit signed integer value: 2147483648", (8, 17)),
            Error("Int cannot represent non 32-bit signed integer value: -829384293849283498239482938", (9, 17)));
    }

    [Fact]
    public void Other_literals_for_a_float_are_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Floats on Gauge {
                  a: float(value: "3.3")
                  b: float(value: true)
                  c: float(value: FOO)
                  d: float(value: 1e400)
                }
                """),
            Error("Float cannot represent non numeric value: \"3.3\"", (2, 19)),
            Error("Float cannot represent non numeric value: true", (3, 19)),
            Error("Float cannot represent non numeric value: FOO", (4, 19)),
            Error("Float cannot represent non numeric value: 1e400", (5, 19)));
    }

    [Fact]
    public void Other_literals_for_a_string_are_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Strings on Gauge {
                  a: string(value: 1)
                  b: string(value: 1.0)
                  c: string(value: true)
                  d: string(value: BAR)
                }
                """),
            Error("String cannot represent a non string value: 1", (2, 20)),
            Error("String cannot represent a non string value: 1.0", (3, 20)),
            Error("String cannot represent a non string value: true", (4, 20)),
            Error("String cannot represent a non string value: BAR", (5, 20)));
    }

    [Fact]
    public void Other_literals_for_a_boolean_are_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Booleans on Gauge {
                  a: boolean(value: 2)
                  b: boolean(value: "true")
                  c: boolean(value: TRUE)
                }
                """),
            Error("Boolean cannot represent a non boolean value: 2", (2, 21)),
            Error("Boolean cannot represent a non boolean value: \"true\"", (3, 21)),
            Error("Boolean cannot represent a non boolean value: TRUE", (4, 21)));
    }

    [Fact]
    public void Other_literals_for_an_id_are_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Ids on Gauge {
                  a: id(value: 1.0)
                  b: id(value: true)
                  c: id(value: SOMETHING)
                }
                """),
            Error("ID cannot represent a non-string and non-integer value: 1.0", (2, 16)),
            Error("ID cannot represent a non-string and non-integer value: true", (3, 16)),
            Error("ID cannot represent a non-string and non-integer value: SOMETHING", (4, 16)));
    }

    [Fact]
    public void Other_literals_for_an_enum_are_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Enums on Gauge {
                  a: enum(value: 2)
                  b: enum(value: "SIT")
                  c: enum(value: JUGGLE)
                  d: enum(value: sit)
                }
                """),
            Error("Enum \"DogTrick\" cannot represent non-enum value: 2.", (2, 18)),
            Error("Enum \"DogTrick\" cannot represent non-enum value: \"SIT\".", (3, 18)),
            Error("Value \"JUGGLE\" does not exist in \"DogTrick\" enum.", (4, 18)),
            Error("Value \"sit\" does not exist in \"DogTrick\" enum.", (5, 18)));
    }

    [Fact]
    public void Wrong_items_of_a_list_are_reported_one_by_one()
    {
        ExpectErrors(
            Used(
                """
                fragment Lists on Gauge {
                  a: ints(value: [1, "2", THREE])
                  b: ints(value: "1")
                  c: requiredInts(value: [1, null])
                  d: grid(value: [[1, "2"], 3])
                }
                """),
            Error("Int cannot represent non-integer value: \"2\"", (2, 22)),
            Error("Int cannot represent non-integer value: THREE", (2, 27)),
            Error("Int cannot represent non-integer value: \"1\"", (3, 18)),
            Error("Expected value of type \"Int!\", found null.", (4, 30)),
            Error("Int cannot represent non-integer value: \"2\"", (5, 23)));
    }

    [Fact]
    public void Null_is_no_value_of_a_non_null_type()
    {
        ExpectErrors(
            Used(
                """
                fragment NonNulls on Gauge {
                  a: requiredInt(value: null)
                  b: requiredInts(value: null)
                }
                """),
            Error("Expected value of type \"Int!\", found null.", (2, 25)),
            Error("Expected value of type \"[Int!]!\", found null.", (3, 26)));
    }

    [Fact]
    public void Anything_but_an_object_for_an_input_object_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Objects on Gauge {
                  a: shape(value: "x")
                  b: shape(value: [{ required: true, unknown: "not looked at" }])
                  c: shapes(value: [1, { required: true }])
                }
                """),
            Error("Expected value of type \"Shape\", found \"x\".", (2, 19)),
            Error("Expected value of type \"Shape\", found [{ required: true, unknown: \"not looked at\" }].", (3, 19)),
            Error("Expected value of type \"Shape\", found 1.", (4, 21)));
    }

    [Fact]
    public void Wrong_fields_of_input_objects_are_reported_where_they_stand()
    {
        ExpectErrors(
            """
            query BadComplexValue {
              findDog(by: { name: 123 }) {
                name
              }
              gauge { shape(value: { required: null, strings: ["a", 1], inner: { required: "true" } }) }
            }
            """,
            Error("String cannot represent a non string value: 123", (2, 23)),
            Error("Expected value of type \"Boolean!\", found null.", (5, 36)),
            Error("String cannot represent a non string value: 1", (5, 57)),
            Error("Boolean cannot represent a non boolean value: \"true\"", (5, 80)));
    }

    [Fact]
    public void Defaults_of_variables_are_values_too()
    {
        ExpectErrors(
            """
            query Defaults(
              $a: Int = 1
              $b: String = "b"
              $c: DogSearch = { name: "Fido" }
              $d: Int! = null
              $e: Int = "e"
              $f: Shape = { int: 2.5 }
            ) {
              findDog(by: $c) { knows(trick: SIT) }
              gauge { i: int(value: $a) string(value: $b) requiredInt(value: $d) j: int(value: $e) shape(value: $f) }
            }
            """,
            Error("Expected value of type \"Int!\", found null.", (5, 14)),
            Error("Int cannot represent non-integer value: \"e\"", (6, 13)),
            Error("Field \"Shape.required\" of required type \"Boolean!\" was not provided.", (7, 15)),
            Error("Int cannot represent non-integer value: 2.5", (7, 22)));
    }

    [Fact]
    public void Arguments_of_directives_are_values_too()
    {
        ExpectErrors(
            Used(
                """
                fragment Directed on Dog {
                  name @include(if: "yes") @label(text: 1, tags: ["a", B])
                }
                """),
            Error("Boolean cannot represent a non boolean value: \"yes\"", (2, 21)),
            Error("String cannot represent a non string value: 1", (2, 41)),
            Error("String cannot represent a non string value: B", (2, 56)));
    }

    [Fact]
    public void Variables_inside_literals_are_taken_to_be_right()
    {
        ExpectValid(Used(
            """
            fragment Mixed on Gauge {
              ints(value: [1, $n])
              shape(value: { required: $b, inner: { required: $b, int: $n } })
            }
            """, "$n: Int, $b: Boolean!"));
    }

    [Fact]
    public void Long_literals_are_cut_in_messages()
    {
        ExpectErrors(
            $$"""
            {
              gauge { int(value: "{{new string('x', 150)}}") }
            }
            """,
            Error($"Int cannot represent non-integer value: \"{new string('x', 99)}…", (2, 22)));
    }

    [Fact]
    public void Long_literals_are_not_cut_within_a_character()
    {
        ExpectErrors(
            $$"""
            {
              gauge { int(value: "{{new string('x', 98)}}🦮") }
            }
            """,
            Error($"Int cannot represent non-integer value: \"{new string('x', 98)}…", (2, 22)));
    }
}

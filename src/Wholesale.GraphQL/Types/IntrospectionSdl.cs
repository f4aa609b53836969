using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>The definitions that the specification itself brings into every schema: sections 3.5, 3.13 and 4.2.</summary>
internal static class IntrospectionSdl
{
    /// <summary>Recognises these definitions: nothing else is parsed from this source.</summary>
    public static Source Source { get; } = new(
        """"
        "A whole number from -2147483648 to 2147483647."
        scalar Int

        "A finite number of double precision (IEEE 754)."
        scalar Float

        "A text of Unicode characters."
        scalar String

        "Either true or false."
        scalar Boolean

        "An opaque identifier: always a string in responses; a string or a whole number as input."
        scalar ID

        "Leaves out a field or fragment if the condition is true."
        directive @skip(
          "The condition."
          if: Boolean!
        ) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

        "Leaves out a field or fragment unless the condition is true."
        directive @include(
          "The condition."
          if: Boolean!
        ) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

        "Marks what should no longer be used."
        directive @deprecated(
          "Why, and what to use in its place, in Markdown."
          reason: String! = "No longer supported"
        ) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

        "Names the text that specifies a custom scalar's format and coercion."
        directive @specifiedBy(
          "The URL of a text for people to read."
          url: String!
        ) on SCALAR

        "Of this input object's fields exactly one must be given, and it must not be null."
        directive @oneOf on INPUT_OBJECT

        "What this server can be asked: the types and directives of its schema."
        type __Schema {
          "A description of the schema; null where there is none."
          description: String
          "Every named type of the schema."
          types: [__Type!]!
          "The object type from which queries start."
          queryType: __Type!
          "The object type from which mutations start; null if there are none."
          mutationType: __Type
          "The object type from which subscriptions start; null if there are none."
          subscriptionType: __Type
          "Every directive of the schema, the specification's own included."
          directives: [__Directive!]!
        }

        "A named type, or a list or non-null type around another. Which fields are null depends on the kind."
        type __Type {
          "The kind of type."
          kind: __TypeKind!
          "The name; null for LIST and NON_NULL."
          name: String
          "A description in Markdown; null where there is none."
          description: String
          "SCALAR: the URL of its specification, or null. Null for every other kind."
          specifiedByURL: String
          "OBJECT and INTERFACE: the fields that can be selected. Null for every other kind."
          fields(
            "Whether to list deprecated fields too."
            includeDeprecated: Boolean! = false
          ): [__Field!]
          "OBJECT and INTERFACE: the interfaces it implements. Null for every other kind."
          interfaces: [__Type!]
          "INTERFACE and UNION: the object types that can stand for it. Null for every other kind."
          possibleTypes: [__Type!]
          "ENUM: the values. Null for every other kind."
          enumValues(
            "Whether to list deprecated values too."
            includeDeprecated: Boolean! = false
          ): [__EnumValue!]
          "INPUT_OBJECT: the input fields. Null for every other kind."
          inputFields(
            "Whether to list deprecated input fields too."
            includeDeprecated: Boolean! = false
          ): [__InputValue!]
          "LIST and NON_NULL: the type inside. Null for every other kind."
          ofType: __Type
          "INPUT_OBJECT: whether exactly one field must be given. Null for every other kind."
          isOneOf: Boolean
        }

        "The kinds of types."
        enum __TypeKind {
          "A leaf value without fields."
          SCALAR
          "A value with fields: see `fields` and `interfaces`."
          OBJECT
          "Fields that several object types share: see `fields`, `interfaces` and `possibleTypes`."
          INTERFACE
          "One of several object types: see `possibleTypes`."
          UNION
          "One of a fixed set of names: see `enumValues`."
          ENUM
          "An input value with fields: see `inputFields`."
          INPUT_OBJECT
          "A sequence of values of the type in `ofType`."
          LIST
          "The type in `ofType` without null."
          NON_NULL
        }

        "A field of an object type or interface."
        type __Field {
          "The name by which it is selected."
          name: String!
          "A description in Markdown; null where there is none."
          description: String
          "The arguments it accepts."
          args(
            "Whether to list deprecated arguments too."
            includeDeprecated: Boolean! = false
          ): [__InputValue!]!
          "The type of its value."
          type: __Type!
          "Whether it should no longer be used."
          isDeprecated: Boolean!
          "Why it should no longer be used; null unless it is deprecated."
          deprecationReason: String
        }

        "An argument of a field or directive, or a field of an input object."
        type __InputValue {
          "The name by which it is given."
          name: String!
          "A description in Markdown; null where there is none."
          description: String
          "The type of value it accepts."
          type: __Type!
          "The value that stands in when none is given, as a GraphQL literal; null where there is none."
          defaultValue: String
          "Whether it should no longer be used."
          isDeprecated: Boolean!
          "Why it should no longer be used; null unless it is deprecated."
          deprecationReason: String
        }

        "One value of an enum."
        type __EnumValue {
          "The name, which is also what responses show."
          name: String!
          "A description in Markdown; null where there is none."
          description: String
          "Whether it should no longer be used."
          isDeprecated: Boolean!
          "Why it should no longer be used; null unless it is deprecated."
          deprecationReason: String
        }

        "A directive that documents may use."
        type __Directive {
          "The name without the @."
          name: String!
          "A description in Markdown; null where there is none."
          description: String
          "Whether it may stand more than once at one place."
          isRepeatable: Boolean!
          "The places where it may stand."
          locations: [__DirectiveLocation!]!
          "The arguments it accepts."
          args(
            "Whether to list deprecated arguments too."
            includeDeprecated: Boolean! = false
          ): [__InputValue!]!
        }

        "The places where a directive may stand."
        enum __DirectiveLocation {
          "On a query."
          QUERY
          "On a mutation."
          MUTATION
          "On a subscription."
          SUBSCRIPTION
          "On a field that is selected."
          FIELD
          "On a fragment's definition."
          FRAGMENT_DEFINITION
          "On the use of a fragment."
          FRAGMENT_SPREAD
          "On an inline fragment."
          INLINE_FRAGMENT
          "On a variable's definition."
          VARIABLE_DEFINITION
          "On a schema's definition."
          SCHEMA
          "On a scalar's definition."
          SCALAR
          "On an object type's definition."
          OBJECT
          "On a field's definition."
          FIELD_DEFINITION
          "On an argument's definition."
          ARGUMENT_DEFINITION
          "On an interface's definition."
          INTERFACE
          "On a union's definition."
          UNION
          "On an enum's definition."
          ENUM
          "On an enum value's definition."
          ENUM_VALUE
          "On an input object's definition."
          INPUT_OBJECT
          "On an input field's definition."
          INPUT_FIELD_DEFINITION
        }
        """",
        "GraphQL specification");
}

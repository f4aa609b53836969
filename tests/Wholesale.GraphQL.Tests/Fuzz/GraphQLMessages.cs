using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>Everything that the engine has to say against a document or its variables.</summary>
internal static class GraphQLMessages
{
    /// <summary>What the lexer and the parser refuse.</summary>
    public static Messages Syntax { get; } = new(
        ("description of a shorthand query", "^Syntax Error: Unexpected description, descriptions are not supported on shorthand queries\\.$"),
        ("description of no definition", "^Syntax Error: Unexpected description, only GraphQL definitions support descriptions\\.$"),
        ("variable in a constant", "^Syntax Error: Unexpected variable \"\\$.*\" in constant value\\.$"),
        ("single quote", "^Syntax Error: Unexpected single quote character"),
        ("character", "^Syntax Error: Unexpected character: "),
        ("another token expected", "^Syntax Error: Expected .*, found .*\\.$"),
        ("token", "^Syntax Error: Unexpected .*\\.$"),
        ("reserved enum value", "^Syntax Error: Name \".*\" is reserved and cannot be used for an enum value\\.$"),
        ("nesting", "^Syntax Error: Document nests deeper than "),
        ("tokens", "^Syntax Error: Document contains more than "),
        ("unterminated string", "^Syntax Error: Unterminated string\\.$"),
        ("character escape", "^Syntax Error: Invalid character escape sequence: "),
        ("Unicode escape", "^Syntax Error: Invalid Unicode escape sequence: "),
        ("digit after 0", "^Syntax Error: Invalid number, unexpected digit after 0: "),
        ("no digit", "^Syntax Error: Invalid number, expected digit but got: "),
        ("no UTF-8", "^Syntax Error: Invalid UTF-8, unexpected byte "));

    /// <summary>The rules of section 5, by the names of their classes, and what ends validation early.</summary>
    public static Messages Validation { get; } = new(
        ("limit of errors", "^Too many validation errors"),
        ("limit of fragment visits", "fragments are visited more than"),
        ("limit of comparisons", "^The document needs more than \\d+ comparisons"),
        ("ExecutableDefinitions", "definition is not executable\\.$"),
        ("OperationTypeExistence", "operation is not supported by the schema\\.$"),
        ("OperationNameUniqueness", "^There can be only one operation named"),
        ("LoneAnonymousOperation", "^This anonymous operation must be the only defined operation"),
        ("SingleRootField", "ubscription.* must (not use|select only one|select one|not select)"),
        ("FieldSelections", "^Cannot query field"),
        ("FieldSelectionMerging", "^Fields \".*\" conflict because"),
        ("LeafFieldSelections", "^Field \".*\" (must not have a selection|of type \".*\" must have a selection)"),
        ("ArgumentNames", "^Unknown argument"),
        ("ArgumentUniqueness", "^There can be only one argument named"),
        ("RequiredArguments", "^(Field|Directive) \".*\" argument \".*\" of type \".*\" is required, but it was not provided"),
        ("FragmentNameUniqueness", "^There can be only one fragment named"),
        ("FragmentsOnObjectInterfaceOrUnionTypes", "annot condition on non composite type"),
        ("FragmentsMustBeUsed", "^Fragment \".*\" is never used"),
        ("FragmentSpreadTargetDefined", "^Unknown fragment"),
        ("FragmentSpreadsMustNotFormCycles", "^Cannot spread fragment \".*\" within itself"),
        ("FragmentSpreadIsPossible", "cannot be spread here as objects of type"),
        ("InputObjectFieldNames", "^Field \".*\" is not defined by type"),
        ("InputObjectFieldUniqueness", "^There can be only one input field named"),
        ("InputObjectRequiredFields", "of required type \".*\" was not provided\\.$"),
        ("DirectivesAreDefined", "^Unknown directive"),
        ("DirectivesAreInValidLocations", "^Directive \".*\" may not be used on"),
        ("DirectivesAreUniquePerLocation", "^The directive \".*\" can only be used once at this location"),
        ("VariableUniqueness", "^There can be only one variable named"),
        ("VariablesAreInputTypes", "^Variable \".*\" cannot be non-input type"),
        ("AllVariableUsesDefined", "^Variable \".*\" is not defined"),
        ("AllVariablesUsed", "^Variable \".*\" is never used"),
        ("AllVariableUsagesAreAllowed", "^Variable \".*\" (of type \".*\" used in position expecting|is of type \".*\" but must be non-nullable)"),
        ("ValuesOfCorrectType", "^(Expected value of type|Enum \"|Value \".*\" does not exist in|Within OneOf|(Int|Float|String|Boolean|ID) cannot represent)"),
        ("FragmentSpreadTypeExistence", "^Unknown type"));

    /// <summary>What is refused after validation: constants, variables, arguments, and what unfolds too far.</summary>
    public static Messages Coercion { get; } = new(
        ("needs a variable", "^Variable .* of required type .* was not provided\\.$"),
        ("null", " must not be null\\.$"),
        ("enum", " must be a value of "),
        ("object", " must be an object of "),
        ("unknown field", " has a field \".*\" that .* does not have\\.$"),
        ("missing field", " needs its field \""),
        ("OneOf", " must have exactly one of the fields of "),
        ("Unicode", " must be Unicode, not "),
        ("Int", " must be a whole number, not "),
        ("32 bits", " must be between -2147483648 and 2147483647, not "),
        ("Float", " must be a finite number, not "),
        ("String", " must be a string, not "),
        ("Boolean", " must be true or false, not "),
        ("ID", " must be a string or a whole number, not "),
        ("custom scalar", " must be something else than "));
}

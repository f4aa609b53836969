using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.8.5 "All Variable Usages Are Allowed": whatever value a variable may have, its position takes it. A position that is not null
/// takes a nullable variable only if one of the two has a default to stand in where the variable is left out.
/// </summary>
sealed class AllVariableUsagesAreAllowed : Rule
{
    public override void VariableUsage(ValidationContext context, OperationVariables variables, in VariableUsage usage)
    {
        if (variables.Find(usage.Node.Name.Value) is not ({ } definition, { } type))
        {
            return;
        }

        var hasDefault = definition.DefaultValue is not (null or NullValueNode) || usage.HasDefault;
        if (usage.Type is { } locationType && !AreTypesCompatible(type, type is NonNullType || !hasDefault ? locationType : locationType.Nullable))
        {
            context.Report(
                $"Variable \"${usage.Node.Name}\" of type \"{type}\" used in position expecting type \"{locationType}\".", definition, usage.Node);
        }
        else if (usage.InputObject is { IsOneOf: true } oneOf && type is not NonNullType && !hasDefault)
        {
            // Fields of such an object are declared nullable, so that they can be left out, but the one that is given must not be null.
            context.Report(
                $"Variable \"${usage.Node.Name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{oneOf}\".",
                definition,
                usage.Node);
        }
    }

    static bool AreTypesCompatible(GraphQLType variableType, GraphQLType locationType)
    {
        while (variableType != locationType)
        {
            if (locationType is NonNullType)
            {
                if (variableType is not NonNullType)
                {
                    return false;
                }

                locationType = locationType.Nullable;
                variableType = variableType.Nullable;
            }
            else if (variableType is NonNullType)
            {
                variableType = variableType.Nullable;
            }
            else if (variableType is ListType variableList && locationType is ListType locationList)
            {
                variableType = variableList.ItemType;
                locationType = locationList.ItemType;
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}

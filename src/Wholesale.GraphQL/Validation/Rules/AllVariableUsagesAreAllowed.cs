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

        if (usage.Type is { } locationType && !IsVariableUsageAllowed(definition, type, locationType, usage.HasDefault))
        {
            context.Report(
                $"Variable \"${usage.Node.Name}\" of type \"{type}\" used in position expecting type \"{locationType}\".", definition, usage.Node);
        }
    }

    static bool IsVariableUsageAllowed(VariableDefinitionNode definition, GraphQLType type, GraphQLType locationType, bool hasLocationDefault)
    {
        if (locationType is not NonNullType || type is NonNullType)
        {
            return AreTypesCompatible(type, locationType);
        }

        var hasVariableDefault = definition.DefaultValue is not (null or NullValueNode);
        return (hasVariableDefault || hasLocationDefault) && AreTypesCompatible(type, locationType.Nullable);
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

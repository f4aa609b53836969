using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.6.4 "Input Object Required Fields": a field that cannot be null and has no default is given. That it is not given as
/// <c>null</c> is seen by <see cref="ValuesOfCorrectType"/>.
/// </summary>
sealed class InputObjectRequiredFields : Rule
{
    public override void ObjectValue(ValidationContext context, ObjectValueNode value, InputObjectType? type)
    {
        if (type is null)
        {
            return;
        }

        foreach (var field in type.Fields)
        {
            if (field.IsRequired && !IsGiven(value.Fields, field.Name))
            {
                context.Report($"Field \"{field.Coordinate}\" of required type \"{field.Type}\" was not provided.", value);
            }
        }
    }

    static bool IsGiven(ImmutableArray<ObjectFieldNode> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name.Value == name)
            {
                return true;
            }
        }

        return false;
    }
}

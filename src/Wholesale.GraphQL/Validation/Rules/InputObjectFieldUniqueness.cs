using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.6.3 "Input Object Field Uniqueness": a field of an input object is given once, whatever the object's type.</summary>
sealed class InputObjectFieldUniqueness : Rule
{
    public override void ObjectValue(ValidationContext context, ObjectValueNode value, InputObjectType? type)
    {
        if (DuplicateNames.Any(value.Fields, static f => f.Name))
        {
            foreach (var same in DuplicateNames.Of(value.Fields, static f => f.Name))
            {
                foreach (var again in same.AsSpan(1))
                {
                    context.ReportNames($"There can be only one input field named \"{again}\".", same[0], again);
                }
            }
        }
    }
}

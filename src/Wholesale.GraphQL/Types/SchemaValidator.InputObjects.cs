using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

// "Type Validation" of section 3.10 "Input Objects".
internal sealed partial class SchemaValidator
{
    private void CheckInputFields(InputObjectType type)
    {
        if (type.Fields.IsEmpty)
        {
            problems.Add(type, "An input object needs at least one field.");
        }

        foreach (var field in type.Fields)
        {
            CheckInputValue(field);
            if (type.IsOneOf && field.Type is NonNullType)
            {
                problems.Add(field, "A field of a @oneOf input object has to be nullable.");
            }

            if (type.IsOneOf && field.DefaultValue is not null)
            {
                problems.Add(field, "A field of a @oneOf input object cannot have a default value.");
            }
        }

        foreach (var oneOf in type.Extensions.SelectMany(e => e.Directives).Where(d => d.Name.Value == "oneOf"))
        {
            problems.Add(Place.Of(oneOf), type.Name, "@oneOf belongs on the definition, not on an extension.");
        }
    }

    /// <summary>Rule 3: no value could end a cycle of fields that are all non-null and not lists.</summary>
    private void CheckCircularReferences()
    {
        foreach (var cycle in Cycles.Find(types.OfType<InputObjectType>(), t => RequiredObjects(t).Select(r => r.Type).Distinct()))
        {
            var fields = cycle.SelectMany((type, i) => RequiredObjects(type)
                .Where(r => r.Type == cycle[(i + 1) % cycle.Count])
                .Select(r => r.Field));
            problems.Add(cycle[0], $"It has no finite value, because non-null fields form a cycle: {string.Join(", ", fields)}.");
        }
    }

    private static IEnumerable<(InputValueDefinition Field, InputObjectType Type)> RequiredObjects(InputObjectType type)
    {
        foreach (var field in type.Fields)
        {
            if (field.Type is NonNullType { Nullable: InputObjectType required })
            {
                yield return (field, required);
            }
        }
    }

    /// <summary>Rule 4, InputObjectDefaultValueHasCycle(): no default value may need itself.</summary>
    private void CheckDefaultValueCycles()
    {
        var defaults = types.OfType<InputObjectType>().SelectMany(t => t.Fields).Where(f => f.DefaultValue is not null);
        foreach (var cycle in Cycles.Find(defaults, DefaultsNeededBy))
        {
            problems.Add(cycle[0], $"Its default value is not finite, because default values form a cycle: {string.Join(", ", cycle)}.");
        }
    }

    /// <summary>The defaults that come in for the fields which a field's own default value does not give.</summary>
    private static IEnumerable<InputValueDefinition> DefaultsNeededBy(InputValueDefinition input)
    {
        var open = new Stack<(ValueNode Value, NamedType Type)>([(input.DefaultValue!, input.Type.Named)]);
        while (open.TryPop(out var next))
        {
            if (next.Value is ListValueNode list)
            {
                foreach (var item in list.Values)
                {
                    open.Push((item, next.Type));
                }
            }
            else if (next is { Value: ObjectValueNode value, Type: InputObjectType type })
            {
                foreach (var field in type.Fields)
                {
                    if (value.Fields.FirstOrDefault(f => f.Name.Value == field.Name) is { } given)
                    {
                        open.Push((given.Value, field.Type.Named));
                    }
                    else if (field.DefaultValue is not null)
                    {
                        yield return field;
                    }
                }
            }
        }
    }
}

using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

// The sizes of lists: section 8 "The List Size Directive" and its rules in section 9.2.
internal sealed partial class CostReader
{
    private ListSize? SizeOf(FieldDefinition field)
    {
        if (field.Directive("listSize") is not { } directive)
        {
            return IntrospectionSize(field) is { } known ? new ListSize(known, [], [], RequireOne: false) : null;
        }

        var before = problems.Count;
        var assumed = directive.Argument("assumedSize") is IntValueNode number ? long.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture) : (long?)null;
        var slicing = Texts(directive, "slicingArguments").Select(text => SlicingOf(field, text)).OfType<SlicingArgument>().ToImmutableArray();
        var sized = Texts(directive, "sizedFields").Where(name => IsSizable(field, name)).ToImmutableArray();
        var requireOne = directive.Argument("requireOneSlicingArgument") is BooleanValueNode { Value: true };
        if (assumed < 0)
        {
            problems.Add($"{field.Coordinate}: assumedSize must not be negative.");
        }

        if (field.Type.Nullable is ListType ? sized.Length > 0 : sized.Length == 0 && !isPart && problems.Count == before)
        {
            problems.Add($"{field.Coordinate}: @listSize stands on a list, or names in sizedFields the lists of its value; not both.");
        }

        if (assumed is null && (slicing.IsEmpty || !requireOne) && !slicing.Any(s => IsAlwaysGiven(field, s)) && problems.Count == before)
        {
            problems.Add($"{field.Coordinate}: @listSize needs an assumedSize for when no slicing argument is given.");
        }

        return new ListSize(assumed, slicing, sized, requireOne);
    }

    private SlicingArgument? SlicingOf(FieldDefinition field, string text)
    {
        if (SlicingArgument.Find(field, text) is not { } found)
        {
            if (!isPart)
            {
                problems.Add($"{field.Coordinate}: the slicing argument \"{text}\" does not exist.");
            }

            return null;
        }

        if (found.End.Type.Nullable is not (ListType or ScalarType { Name: "Int" }))
        {
            problems.Add($"{field.Coordinate}: the slicing argument \"{text}\" must be an Int or a list, not {found.End.Type}.");
        }

        return found.Path;
    }

    private bool IsSizable(FieldDefinition field, string name)
    {
        var sized = field.Type.Named is FieldsType type ? type.Field(name) : null;
        if (sized?.Type.Nullable is ListType)
        {
            return true;
        }

        if (sized is not null || !isPart)
        {
            problems.Add($"{field.Coordinate}: the sized field \"{name}\" is no list of {field.Type.Named}.");
        }

        return false;
    }

    private static bool IsAlwaysGiven(FieldDefinition field, SlicingArgument slicing) =>
        slicing.Fields.IsEmpty && field.Arguments[slicing.Argument].Type is NonNullType;

    private static IEnumerable<string> Texts(AppliedDirective directive, string argument) => directive.Argument(argument) switch
    {
        ListValueNode list => list.Values.OfType<StringValueNode>().Select(v => v.Value),
        StringValueNode one => [one.Value],
        _ => [],
    };

    /// <summary>How long the lists of introspection can be is known from the schema itself.</summary>
    private long? IntrospectionSize(FieldDefinition field) => field.Coordinate switch
    {
        "__Schema.types" => schema.Types.Count,
        "__Schema.directives" => schema.Directives.Count,
        "__Type.fields" => Greatest<FieldsType>(t => t.Fields.Count),
        "__Type.interfaces" => Greatest<FieldsType>(t => t.Interfaces.Length),
        "__Type.possibleTypes" => Greatest<CompositeType>(t => schema.PossibleTypes(t).Count),
        "__Type.enumValues" => Greatest<EnumType>(t => t.Values.Length),
        "__Type.inputFields" => Greatest<InputObjectType>(t => t.Fields.Length),
        "__Field.args" => Greatest<FieldsType>(t => t.Fields.Max(f => f.Arguments.Length)),
        "__Directive.args" => schema.Directives.Max(d => d.Arguments.Length),
        _ => null,
    };

    private int Greatest<T>(Func<T, int> count) where T : NamedType => schema.Types.OfType<T>().Select(count).DefaultIfEmpty().Max();

    /// <summary>Section 9.1.1: what an interface costs is what its object types do.</summary>
    private void CheckInterfaces()
    {
        foreach (var field in schema.Types.OfType<InterfaceType>().SelectMany(t => t.Fields).Where(f => f.Directive("cost") is not null))
        {
            problems.Add($"{field.Coordinate}: @cost cannot stand on an interface's field, only on those of the object types.");
        }
    }

    /// <summary>A list that nobody bounds could cost anything. Only one that costs nothing, however long it is, needs no size.</summary>
    private void CheckEveryListHasASize()
    {
        var free = FreeTypes();
        FieldsType?[] roots = [schema.QueryType, schema.MutationType, schema.SubscriptionType];
        var leading = fields.Keys
            .Where(f => f.Type.Named is CompositeType)
            .SelectMany(f => schema.PossibleTypes((CompositeType)f.Type.Named).Select(t => (Type: t, Field: f)))
            .ToLookup(p => p.Type, p => p.Field);
        foreach (var (field, cost) in fields.Where(p => p.Value.ListLevels > 0 && !free.Contains(p.Key.Type.Named) && p.Value.Size is not { SizedFields.IsEmpty: true }))
        {
            foreach (var owner in leading[(ObjectType)field.DeclaringType].Where(o => fields[o].Size?.SizedFields.Contains(field.Name) != true))
            {
                var orNameIt = owner.Type.Named is UnionType ? "" : $", or name it in the sizedFields of {owner.Coordinate}";
                problems.Add($"{field.Coordinate} is a list without a size: give it @listSize{orNameIt}.");
            }

            if (roots.Contains(field.DeclaringType))
            {
                problems.Add($"{field.Coordinate} is a list without a size: give it @listSize.");
            }
        }
    }

    /// <summary>The types whose values cost nothing, nor whatever can be selected of them.</summary>
    private HashSet<NamedType> FreeTypes()
    {
        var free = types.Where(t => t.Value == 0 && t.Key is ScalarType or EnumType or ObjectType).Select(t => t.Key).ToHashSet();
        while (free.RemoveWhere(t => t is ObjectType type && type.Fields.Any(f => !IsFree(f))) > 0)
        {
        }

        foreach (var type in schema.Types.OfType<CompositeType>().Where(t => t is not ObjectType && schema.PossibleTypes(t).All(free.Contains)))
        {
            free.Add(type);
        }

        return free;

        bool IsFree(FieldDefinition field) => fields[field] is { Own: <= 0, Arguments.IsEmpty: true } && free.Contains(field.Type.Named);
    }
}

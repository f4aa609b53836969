using System.Collections.Immutable;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>What <c>@listSize</c> says of a field: how many items its list has at most, or the lists of those fields of its value that it names.</summary>
/// <param name="Assumed">How many where no slicing argument says; null: one has to.</param>
/// <param name="Slicing">The arguments that say how many.</param>
/// <param name="SizedFields">Fields of the value whose lists this is the size of; empty: the field's own list.</param>
/// <param name="RequireOne">Whether exactly one of the slicing arguments has to be given.</param>
internal sealed record ListSize(long? Assumed, ImmutableArray<SlicingArgument> Slicing, ImmutableArray<string> SizedFields, bool RequireOne)
{
    /// <summary>The size as the arguments have it: the greatest that is given.</summary>
    /// <param name="isRefused">Whether the directive wants exactly one slicing argument and there are none or several.</param>
    public long Of(ArgumentPlan arguments, Variables variables, out bool isRefused)
    {
        var (given, greatest) = (0, 0L);
        foreach (var slicing in Slicing)
        {
            if (slicing.Size(arguments, variables) is { } size)
            {
                given++;
                greatest = Math.Max(greatest, size);
            }
        }

        isRefused = RequireOne && Slicing.Length > 0 && given != 1;
        return given > 0 ? greatest : Assumed ?? 0;
    }
}

/// <summary>
/// An argument, or by a dotted path a field of an input object, that says how long a list will be: by its number or, where it is a list itself, by its length.
/// </summary>
/// <param name="Text">As it stands in the directive.</param>
/// <param name="Argument">The argument's place in the field's definition.</param>
/// <param name="Fields">Which field of each input object on the way.</param>
internal sealed record SlicingArgument(string Text, int Argument, ImmutableArray<int> Fields)
{
    /// <summary>Null where it was not given.</summary>
    public long? Size(ArgumentPlan arguments, Variables variables)
    {
        var value = arguments.Value(Argument, variables);
        foreach (var field in Fields)
        {
            value = (value as InputObjectValue)?.Fields[field];
        }

        return value switch
        {
            int number => Math.Max(number, 0),
            object?[] list => list.Length,
            _ => null,
        };
    }

    /// <summary>The argument or input field that a path of a field leads to; null where it leads nowhere.</summary>
    public static (SlicingArgument Path, InputValueDefinition End)? Find(FieldDefinition field, string text)
    {
        var names = text.Split('.');
        var end = field.Argument(names[0]);
        var fields = ImmutableArray.CreateBuilder<int>();
        foreach (var name in names.Skip(1))
        {
            if (end?.Type.Nullable is not InputObjectType type || type.Field(name) is not { } next)
            {
                return null;
            }

            fields.Add(type.Fields.IndexOf(next));
            end = next;
        }

        return end is null ? null : (new SlicingArgument(text, field.Arguments.IndexOf(field.Argument(names[0])!), fields.ToImmutable()), end);
    }
}

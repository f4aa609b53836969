namespace Wholesale.GraphQL.Execution;

/// <summary>
/// What this request selects of a field's value, after section 6.3.2 "Field Collection": a resolver that takes it as a parameter can read that and no more. Under <c>@skip</c> and
/// <c>@include</c> is selected what the request's variables say.
/// </summary>
public sealed class SelectedFields
{
    private readonly PlanField? field;
    private readonly ulong mask;

    internal SelectedFields(PlanField? field, ulong mask) => (this.field, this.mask) = (field, mask);

    /// <summary>For whoever asks outside any request: everything is selected.</summary>
    public static SelectedFields All { get; } = new(null, 0);

    /// <summary>For whoever asks outside any request: nothing is selected.</summary>
    public static SelectedFields None { get; } = new(null, 0);

    /// <summary>
    /// Whether nothing but these is selected, whatever object type the value turns out to be of. <c>__typename</c> is never one too many. True where nothing is selected at all.
    /// </summary>
    /// <param name="names">Names of fields, not of responses: aliases do not matter.</param>
    /// <param name="path">The fields that lead from the value to the objects that are meant: <c>edges</c>, <c>node</c> of a connection; none: the value itself.</param>
    public bool AreWithin(IReadOnlySet<string> names, params ReadOnlySpan<string> path) =>
        field is null ? this == None : AreWithin(field, names, path);

    private bool AreWithin(PlanField owner, IReadOnlySet<string> names, ReadOnlySpan<string> path)
    {
        foreach (var selection in owner.Selections)
        {
            foreach (var selected in selection.Fields)
            {
                if (!selected.IsIncluded(mask) || selected.Slot < 0)
                {
                    continue;
                }

                if (path.IsEmpty ? !names.Contains(selected.Definition.Name) : selected.Definition.Name == path[0] && !AreWithin(selected, names, path[1..]))
                {
                    return false;
                }
            }
        }

        return true;
    }
}

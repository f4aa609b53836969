using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Decides what a row does to the unit tree of its company.</summary>
internal sealed class UnitsOfRow
{
    private readonly Company company;
    private readonly KnownCompanies known;
    private readonly Ids ids;
    private readonly Dictionary<string, CompanyUnit> byExternalId;
    private readonly HashSet<CompanyUnit> added = [];
    private readonly HashSet<CompanyUnit> changed = [];
    private readonly List<UnitPlace> former = [];

    public UnitsOfRow(Company company, IReadOnlyList<CompanyUnit> existing, KnownCompanies known, Ids ids)
    {
        this.company = company;
        this.known = known;
        this.ids = ids;
        byExternalId = existing.ToDictionary(unit => unit.ExternalId, StringComparer.Ordinal);
    }

    /// <summary>The units as the row leaves them, by external id.</summary>
    public IReadOnlyDictionary<string, CompanyUnit> All => byExternalId;

    /// <summary>Where units stood that the row moves, or puts into another market.</summary>
    public IReadOnlyList<UnitPlace> Former => former;

    /// <summary>Carries the row's units out.</summary>
    /// <returns>Whether a unit is new or not as it was.</returns>
    public bool Decide(CompanyInput row, RowErrors errors)
    {
        var inputs = row.Units ?? [];
        if (inputs.Count == 0 && byExternalId.Count == 0)
        {
            inputs = [new CompanyUnitInput(row.ExternalId, errors.Any ? row.ExternalId : company.Name)]; // a bad name is reported once
        }

        var positions = new Dictionary<CompanyUnit, int>();
        for (var i = 0; i < inputs.Count; i++)
        {
            Decide(inputs[i], i, positions, errors);
        }

        FindPaths(positions, errors);
        return added.Count + changed.Count > 0;
    }

    /// <summary>Files the units under what was done to them.</summary>
    public void NoteIn(Changes<CompanyUnit> changes)
    {
        foreach (var unit in byExternalId.Values)
        {
            changes.Note(unit, added.Contains(unit), changed.Contains(unit));
        }
    }

    private void Decide(CompanyUnitInput input, int position, Dictionary<CompanyUnit, int> positions, RowErrors errors)
    {
        string[] Path(string field) => ["units", RowErrors.Position(position), field];
        errors.Key(input.ExternalId, Path("externalId"));
        var unit = byExternalId.GetValueOrDefault(input.ExternalId);
        if (unit is not null && positions.ContainsKey(unit))
        {
            errors.Add(ErrorCodes.DuplicateRow, $"The unit \"{input.ExternalId}\" stands twice in this row.", Path("externalId"));
            return;
        }

        var parentId = input.Parent.HasValue ? null : unit?.ParentId;
        if (input.Parent.Or(null) is { } parent)
        {
            parentId = byExternalId.GetValueOrDefault(parent)?.Id;
            if (parentId is null)
            {
                errors.Add(CompanyErrors.ParentNotBefore(parent, Path("parent")));
            }
        }

        if (unit is null)
        {
            unit = new CompanyUnit { Id = ids.Next(), CompanyId = company.Id, ExternalId = input.ExternalId, Name = "", Path = "" };
            byExternalId.Add(unit.ExternalId, unit);
            added.Add(unit);
            if (input.Name is null)
            {
                errors.Add(CompanyErrors.NameNeeded("unit", Path("name")));
            }
        }

        positions.Add(unit, position);
        var (nameBefore, before) = (unit.Name, unit.Place);
        if (input.Name is { } name)
        {
            errors.Name(name, Path("name"));
            unit.Name = name;
        }

        unit.ParentId = parentId;
        unit.MarketId = CompanyUpsert.Reference(input.Market, unit.MarketId, known.Markets, "market", errors, Path("market"));
        if (added.Contains(unit) || nameBefore != unit.Name || before != unit.Place)
        {
            unit.Version++;
            changed.Add(unit);
        }

        if (!added.Contains(unit) && before != unit.Place)
        {
            former.Add(before);
        }
    }

    private void FindPaths(Dictionary<CompanyUnit, int> positions, RowErrors errors)
    {
        var parents = byExternalId.Values.ToDictionary(unit => unit.Id, unit => unit.ParentId);
        foreach (var unit in byExternalId.Values)
        {
            // What was not named moves with what was: its place in the input is that of the whole list.
            string[] path = positions.TryGetValue(unit, out var position) ? ["units", RowErrors.Position(position), "parent"] : ["units"];
            switch (TreePath.Find(unit.Id, id => parents[id], out var found))
            {
                case TreePathResult.Circle when path.Length > 1:
                    errors.Add(CompanyErrors.Circular("unit", unit.ExternalId, path));
                    break;
                case TreePathResult.TooDeep:
                    errors.Add(CompanyErrors.TooDeep("unit", path));
                    break;
                case TreePathResult.Found when unit.Path != found:
                    unit.Path = found;
                    changed.Add(unit);
                    break;
            }
        }
    }
}

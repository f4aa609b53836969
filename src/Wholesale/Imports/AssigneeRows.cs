using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Whoever is given something, by external ids: exactly one of a unit with its company, a company, a segment, a tier, a market and everyone.</summary>
internal interface IAssigneeRow
{
    /// <summary>A unit of <see cref="Company"/>.</summary>
    string? Unit { get; }

    /// <summary>A company, or where the unit is.</summary>
    string? Company { get; }

    /// <summary>A segment.</summary>
    string? Segment { get; }

    /// <summary>A tier.</summary>
    string? Tier { get; }

    /// <summary>A market.</summary>
    string? Market { get; }

    /// <summary>true: everyone.</summary>
    bool? Everyone { get; }
}

/// <summary>An assignee and nothing else.</summary>
internal sealed record AssigneeRow(
    string? Unit = null, string? Company = null, string? Segment = null, string? Tier = null, string? Market = null, bool? Everyone = null) : IAssigneeRow;

/// <summary>The assignees that some rows name, read by one statement a level.</summary>
internal sealed class KnownAssignees
{
    private readonly Dictionary<(AssigneeLevel Level, string ExternalId), long> ids = [];
    private readonly Dictionary<(string Company, string Unit), long> units = [];

    /// <summary>Reads them.</summary>
    public static async ValueTask<KnownAssignees> Read(WholesaleDb db, IReadOnlyCollection<IAssigneeRow> rows, CancellationToken cancellation)
    {
        var known = new KnownAssignees();
        var companies = Keys(rows, r => r.Company);
        var unitKeys = Keys(rows, r => r.Unit);
        var segments = Keys(rows, r => r.Segment);
        var tiers = Keys(rows, r => r.Tier);
        var markets = Keys(rows, r => r.Market);
        if (companies.Count > 0)
        {
            known.Add(AssigneeLevel.Company, await db.Companies
                .Where(c => companies.Contains(c.ExternalId)).Select(c => new KeyValuePair<string, long>(c.ExternalId, c.Id)).ToListAsync(cancellation));
        }

        if (unitKeys.Count > 0)
        {
            var found = await db.CompanyUnits
                .Where(u => unitKeys.Contains(u.ExternalId))
                .Join(db.Companies.Where(c => companies.Contains(c.ExternalId)), u => u.CompanyId, c => c.Id, (u, c) => new { Company = c.ExternalId, Unit = u.ExternalId, u.Id })
                .ToListAsync(cancellation);
            found.ForEach(u => known.units.Add((u.Company, u.Unit), u.Id));
        }

        if (segments.Count > 0)
        {
            known.Add(AssigneeLevel.Segment, await db.CustomerSegments
                .Where(s => segments.Contains(s.ExternalId)).Select(s => new KeyValuePair<string, long>(s.ExternalId, s.Id)).ToListAsync(cancellation));
        }

        if (tiers.Count > 0)
        {
            known.Add(AssigneeLevel.Tier, await db.CustomerTiers
                .Where(t => tiers.Contains(t.ExternalId)).Select(t => new KeyValuePair<string, long>(t.ExternalId, t.Id)).ToListAsync(cancellation));
        }

        if (markets.Count > 0)
        {
            known.Add(AssigneeLevel.Market, await db.Markets
                .Where(m => markets.Contains(m.ExternalId)).Select(m => new KeyValuePair<string, long>(m.ExternalId, m.Id)).ToListAsync(cancellation));
        }

        return known;
    }

    /// <summary>Who is meant; null if that is wrong, which is reported.</summary>
    /// <param name="row">By external ids.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="path">Where the assignee stands in the row.</param>
    public Assignee? Find(IAssigneeRow row, RowErrors errors, params string[] path)
    {
        (AssigneeLevel Level, string? ExternalId, string Field)[] named =
        [
            .. new (AssigneeLevel Level, string? ExternalId, string Field)[]
            {
                (AssigneeLevel.Unit, row.Unit, "unit"),
                (AssigneeLevel.Company, row.Unit is null ? row.Company : null, "company"),
                (AssigneeLevel.Segment, row.Segment, "segment"),
                (AssigneeLevel.Tier, row.Tier, "tier"),
                (AssigneeLevel.Market, row.Market, "market"),
                (AssigneeLevel.Everyone, row.Everyone == true ? "" : null, "everyone"),
            }.Where(n => n.ExternalId is not null),
        ];
        if (named.Length != 1 || (row.Unit is not null && row.Company is null))
        {
            errors.Invalid("Exactly one of unit (with its company), company, segment, tier, market and everyone (true) is to be set.", path);
            return null;
        }

        var (level, externalId, field) = named[0];
        if (level == AssigneeLevel.Everyone)
        {
            return Assignee.All;
        }

        if (level == AssigneeLevel.Unit ? units.TryGetValue((row.Company!, externalId!), out var id) : ids.TryGetValue((level, externalId!), out id))
        {
            return new Assignee(level, id);
        }

        var where = level == AssigneeLevel.Unit ? $" in a company \"{row.Company}\"" : "";
        errors.Add(ErrorCodes.NotFound, $"There is no {field} \"{externalId}\"{where}.", [.. path, field]);
        return null;
    }

    private static HashSet<string> Keys(IEnumerable<IAssigneeRow> rows, Func<IAssigneeRow, string?> key) => [.. rows.Select(key).OfType<string>()];

    private void Add(AssigneeLevel level, List<KeyValuePair<string, long>> found)
    {
        foreach (var (externalId, id) in found)
        {
            ids.Add((level, externalId), id);
        }
    }
}

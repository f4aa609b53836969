using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Wholesale.Platform.Database;

/// <summary>The tables as SQLite has them. Its indexes hold no columns but their key's: what one is to cover is put behind the others.</summary>
internal static class SqliteModel
{
    private const string Included = "SqlServer:Include";

    /// <summary>Turns what rooms say of their tables into what SQLite needs.</summary>
    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var index in entity.GetIndexes().Where(index => index.FindAnnotation(Stored.WideAnnotation) is not null).ToList())
            {
                Widen(entity, index);
            }
        }
    }

    private static void Widen(IMutableEntityType entity, IMutableIndex index)
    {
        var covered = ((IEnumerable<string>)index.FindAnnotation(Included)!.Value!).Select(name => entity.FindProperty(name)!).ToList();
        var wide = entity.AddIndex([.. index.Properties, .. covered]);
        wide.IsDescending = index.IsDescending is { Count: > 0 } isDescending ? [.. isDescending, .. covered.Select(_ => false)] : null;
        wide.SetDatabaseName($"IX_{entity.GetTableName()}_{index.FindAnnotation(Stored.ServesAnnotation)!.Value}");
        entity.RemoveIndex(index.Properties);
    }
}

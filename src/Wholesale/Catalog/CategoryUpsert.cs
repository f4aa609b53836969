using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>Decides what rows of categories do: pure, all rows at once, because rows may name each other as parents in any order.</summary>
/// <param name="all">The whole tree as it is, by external id.</param>
/// <param name="texts">The names of the categories that rows change.</param>
/// <param name="ids">For new categories.</param>
internal sealed class CategoryUpsert(IReadOnlyDictionary<string, Category> all, ILookup<long, CategoryText> texts, Ids ids)
{
    public Changes<Category> Categories { get; } = new();

    public Changes<CategoryText> Texts { get; } = new();

    /// <summary>The categories that are not as they were; not those that only moved along with one above.</summary>
    public List<Category> Touched { get; } = [];

    /// <summary>The subtrees that stand elsewhere now, by their top, and where they stood: what is in them matches other rules than before.</summary>
    public Dictionary<Category, CategoryPlace> Moved { get; } = [];

    public void Decide(IReadOnlyList<BulkRow<CategoryInput, Category>> rows)
    {
        foreach (var row in rows)
        {
            Check(row);
        }

        var places = new Places(all, rows);
        places.RefuseImpossible();
        foreach (var row in rows.Where(row => row.IsGood))
        {
            CarryOut(row, places);
        }

        var noted = Touched.ToHashSet();
        foreach (var category in all.Values.Concat(Categories.Added))
        {
            var path = places.PathOf(category);
            Categories.Note(category, isNew: false, isChanged: category.Path != path && !noted.Contains(category));
            category.Path = path;
        }
    }

    private void Check(BulkRow<CategoryInput, Category> row)
    {
        var (input, errors) = (row.Input, row.Errors);
        ProductChecks.Check(input, errors);
        if (errors.Any)
        {
            return;
        }

        if (all.TryGetValue(input.ExternalId, out var category))
        {
            row.IsSkipped = input.SourceRevision < category.SourceRevision;
        }
        else if (input.Texts is null or [])
        {
            errors.Add(CatalogErrors.TextsNeeded("category", "texts"));
        }

        row.Thing = category ?? new Category { Id = ids.Next(), ExternalId = input.ExternalId, Path = "" };
    }

    private void CarryOut(BulkRow<CategoryInput, Category> row, Places places)
    {
        var (input, category) = (row.Input, row.Thing!);
        var isNew = !all.ContainsKey(category.ExternalId);
        var before = (category.ParentId, category.Position, category.SourceRevision);
        category.ParentId = places.ParentOf(category.Id);
        category.Position = input.Position ?? category.Position;
        category.SourceRevision = input.SourceRevision ?? category.SourceRevision;
        var isChanged = isNew | ChangeTexts(category, input) | before != (category.ParentId, category.Position, category.SourceRevision);
        if (!isChanged)
        {
            return;
        }

        category.Version++;
        Categories.Note(category, isNew, isChanged);
        Touched.Add(category);
        if (!isNew && before.ParentId != category.ParentId)
        {
            Moved.Add(category, new CategoryPlace(before.ParentId));
        }
    }

    private bool ChangeTexts(Category category, CategoryInput input)
    {
        var names = texts[category.Id].ToDictionary(text => text.Locale, StringComparer.Ordinal);
        var isChanged = false;
        foreach (var given in input.Texts ?? [])
        {
            var locale = Fallback.InUsualSpelling(given.Locale);
            var isNew = !names.TryGetValue(locale, out var text);
            text ??= new CategoryText { CategoryId = category.Id, Locale = locale, Name = given.Name };
            var isOther = isNew || text.Name != given.Name;
            text.Name = given.Name;
            Texts.Note(text, isNew, isOther);
            isChanged |= isOther;
        }

        return isChanged;
    }

    /// <summary>The tree as the good rows would have it.</summary>
    private sealed class Places
    {
        private readonly IReadOnlyList<BulkRow<CategoryInput, Category>> rows;
        private readonly Dictionary<string, Category> known;
        private readonly Dictionary<long, long?> parents;

        public Places(IReadOnlyDictionary<string, Category> all, IReadOnlyList<BulkRow<CategoryInput, Category>> rows)
        {
            this.rows = rows;
            known = new Dictionary<string, Category>(all, StringComparer.Ordinal);
            parents = all.Values.ToDictionary(category => category.Id, category => category.ParentId);
            foreach (var row in rows.Where(row => row.IsGood))
            {
                known[row.Input.ExternalId] = row.Thing!;
                parents.TryAdd(row.Thing!.Id, null);
            }

            foreach (var row in rows.Where(row => row.IsGood && row.Input.Parent.HasValue))
            {
                var parent = row.Input.Parent.Value;
                parents[row.Thing!.Id] = parent is not null && known.TryGetValue(parent, out var above) ? above.Id : null;
            }
        }

        public long? ParentOf(long id) => parents[id];

        public string PathOf(Category category)
        {
            _ = TreePath.Find(category.Id, ParentOf, out var path);
            return path;
        }

        /// <summary>Reports rows until the rest fits together: what one row gives up may be what another stood on.</summary>
        public void RefuseImpossible()
        {
            bool isRefused;
            do
            {
                isRefused = false;
                foreach (var row in rows.Where(row => row.IsGood))
                {
                    if (row.Input.Parent.Or(null) is { } parent && !IsThere(parent))
                    {
                        Refuse(row, CompanyErrors.NoSuch("category", parent, "parent"));
                        isRefused = true;
                    }
                }

                isRefused = isRefused || RefuseMisplaced(TreePathResult.Circle, row => CompanyErrors.Circular("category", row.Input.ExternalId, "parent"))
                    || RefuseMisplaced(TreePathResult.TooDeep, _ => CompanyErrors.TooDeep("category", "parent"));
            }
            while (isRefused);
        }

        private bool RefuseMisplaced(TreePathResult result, Func<BulkRow<CategoryInput, Category>, UserError> error)
        {
            // A category without a row can only be wrongly placed by what moved above it: that row is refused, the nearest one.
            var movers = rows.Where(row => row.IsGood && row.Input.Parent.HasValue).ToDictionary(row => row.Thing!.Id);
            var refused = parents.Keys
                .Where(id => TreePath.Find(id, ParentOf, out _) == result)
                .Select(id => MoverAtOrAbove(id, movers))
                .Distinct()
                .ToList();
            foreach (var row in refused)
            {
                Refuse(row, error(row));
            }

            return refused.Count > 0;
        }

        private BulkRow<CategoryInput, Category> MoverAtOrAbove(long id, Dictionary<long, BulkRow<CategoryInput, Category>> movers)
        {
            while (!movers.ContainsKey(id))
            {
                id = parents[id]!.Value;
            }

            return movers[id];
        }

        private bool IsThere(string externalId) => known.TryGetValue(externalId, out var category) && parents.ContainsKey(category.Id);

        private void Refuse(BulkRow<CategoryInput, Category> row, UserError error)
        {
            row.Errors.Add(error);
            var category = row.Thing!;
            if (category.Path.Length > 0)
            {
                parents[category.Id] = category.ParentId;
            }
            else
            {
                parents.Remove(category.Id);
            }
        }
    }
}

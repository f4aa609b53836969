using System.Collections;
using System.Globalization;
using System.Reflection;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>Walks syntax trees of any kind by reflection, so that no node and no property is forgotten.</summary>
internal static class SyntaxTree
{
    // Where a node stands, how a string was written and how large the text was are not what it means.
    private static readonly string[] NotMeaning = ["Source", "Start", "Location", "IsBlock", "ResponseName", "TokenCount", "Nesting"];

    private static readonly Dictionary<Type, PropertyInfo[]> Properties = typeof(SyntaxNode).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(SyntaxNode)) && !t.IsAbstract)
        .ToDictionary(t => t, t => t.GetProperties().Where(p => !NotMeaning.Contains(p.Name)).ToArray());

    /// <summary>The names of all kinds of nodes.</summary>
    public static IEnumerable<string> Kinds => Properties.Keys.Select(t => t.Name);

    /// <summary>Calls an action with the kind of each node.</summary>
    public static void Visit(SyntaxNode node, Action<string> visit)
    {
        visit(node.GetType().Name);
        foreach (var property in Properties[node.GetType()])
        {
            switch (property.GetValue(node))
            {
                case SyntaxNode inner:
                    Visit(inner, visit);
                    break;
                case IEnumerable items and not string:
                    foreach (var item in items.OfType<SyntaxNode>())
                    {
                        Visit(item, visit);
                    }

                    break;
            }
        }
    }

    /// <summary>What a tree means, as text: equal for equal trees, whatever their layout.</summary>
    public static string Meaning(object? node) => node switch
    {
        null => "-",
        SyntaxNode inner => $"{inner.GetType().Name}({string.Join(' ', Properties[inner.GetType()].Select(p => Meaning(p.GetValue(inner))))})",
        Name name => name.Value,
        string text => $"'{text}'",
        IEnumerable items => $"[{string.Join(' ', items.Cast<object>().Select(Meaning))}]",
        _ => Convert.ToString(node, CultureInfo.InvariantCulture)!,
    };
}

using System.Globalization;
using System.Text;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Where an input value stands, for messages: <c>Variable "$input.products[0].sku"</c>. A chain that is put into words only when there is something to say.
/// </summary>
internal sealed class InputPlace
{
    private readonly InputPlace? parent;
    private readonly string name;
    private readonly int index = -1;

    /// <param name="owner">What holds the whole value, as in <c>Argument</c>.</param>
    /// <param name="name">The whole value's own name.</param>
    public InputPlace(string owner, string name) : this(new InputPlace(null, owner, -1), name, -1)
    {
    }

    private InputPlace(InputPlace? parent, string name, int index)
    {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /// <summary>A field of the input object that stands here.</summary>
    public InputPlace Field(string field) => new(this, field, -1);

    /// <summary>An item of the list that stands here.</summary>
    public InputPlace Item(int item) => new(this, "", item);

    public override string ToString()
    {
        var chain = new Stack<InputPlace>();
        var place = this;
        for (; place.parent is not null; place = place.parent)
        {
            chain.Push(place);
        }

        var text = new StringBuilder(place.name).Append(" \"").Append(chain.Pop().name);
        foreach (var step in chain)
        {
            _ = step.index < 0 ? text.Append('.').Append(step.name) : text.Append(CultureInfo.InvariantCulture, $"[{step.index}]");
        }

        return text.Append('"').ToString();
    }
}

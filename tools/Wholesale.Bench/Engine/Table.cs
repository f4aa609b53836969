using System.Globalization;

namespace Wholesale.Bench.Engine;

/// <summary>The figures of one run, as they are published: a row for each thing measured, a column for each contender.</summary>
/// <param name="rounds">How often everything is measured in turn.</param>
internal sealed class Table(int rounds)
{
    private readonly List<Row> rows = [];

    public int Rounds => rounds;

    /// <summary>A row of the table, to be filled round by round.</summary>
    public Row NewRow(string name, string floorUnit, string format, string target)
    {
        var row = new Row(name, floorUnit, format, target);
        rows.Add(row);
        return row;
    }

    public void Print()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} alternating rounds; median (least – most); every figure but the floor's is a ratio to the floor of the same round, or has its unit"));
        Console.WriteLine();
        Console.WriteLine("| | floor | by hand | **engine** | graphql-js 17 | graphql-jit | target |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            Console.WriteLine(row);
        }
    }
}

/// <summary>Who is measured.</summary>
internal enum Contender
{
    Floor,
    ByHand,
    Engine,
    GraphQLJs,
    GraphQLJit,
}

/// <summary>One row of the table.</summary>
/// <param name="name">What is measured.</param>
/// <param name="floorUnit">What the floor's own figure is, in words; a row without a floor has none.</param>
/// <param name="format">Of the ratios.</param>
/// <param name="target">From the scorecard.</param>
internal sealed class Row(string name, string floorUnit, string format, string target)
{
    private readonly Dictionary<Contender, List<double>> figures = [];

    public void Add(Contender contender, double figure)
    {
        if (!double.IsNaN(figure))
        {
            (figures.TryGetValue(contender, out var known) ? known : figures[contender] = []).Add(figure);
        }
    }

    public override string ToString()
    {
        var floor = figures.TryGetValue(Contender.Floor, out var own) ? $"{Figures.Spread(own, "0.#")} {floorUnit}" : "–";
        return $"| {name} | {floor} | {Text(Contender.ByHand)} | {Text(Contender.Engine)} | {Text(Contender.GraphQLJs)} | {Text(Contender.GraphQLJit)} | {target} |";
    }

    private string Text(Contender contender) => figures.TryGetValue(contender, out var own) ? Figures.Spread(own, format) : "–";
}

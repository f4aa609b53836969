namespace Wholesale.Tests;

/// <summary>Another node on a host's database.</summary>
/// <param name="first">The host; it ends later.</param>
/// <param name="time">Its clock; null: the system's.</param>
/// <param name="settings">Further settings, as on the command line.</param>
internal sealed class Node(TestHost first, TimeProvider? time = null, params IReadOnlyList<string> settings) : TestHost(first)
{
    protected override IEnumerable<string> Settings => ["--Node:Number", "1", .. settings];

    protected override TimeProvider? Time => time;

    public static async Task<Node> Start(TestHost first, TimeProvider? time = null, params IReadOnlyList<string> settings)
    {
        var node = new Node(first, time, settings);
        await node.InitializeAsync();
        return node;
    }
}

/// <summary>The shop as the first of several nodes.</summary>
/// <param name="time">Its clock; null: the system's.</param>
/// <param name="settings">Further settings, as on the command line.</param>
internal sealed class FirstNode(TimeProvider? time = null, params IReadOnlyList<string> settings) : Shop
{
    protected override IEnumerable<string> Settings => settings;

    protected override TimeProvider? Time => time;
}

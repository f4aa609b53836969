using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class TreePathTests
{
    [Theory]
    [InlineData(3, TreePathResult.Found, "/1/2/3/")]
    [InlineData(1, TreePathResult.Found, "/1/")]
    [InlineData(10, TreePathResult.Circle, "")]
    [InlineData(11, TreePathResult.Circle, "")]
    [InlineData(12, TreePathResult.BelowCircle, "")]
    [InlineData(13, TreePathResult.Circle, "")]
    public void A_path_is_found_by_walking_up(long id, TreePathResult expected, string path)
    {
        var parents = new Dictionary<long, long?> { [1] = null, [2] = 1, [3] = 2, [10] = 11, [11] = 10, [12] = 11, [13] = 13 };

        Assert.Equal(expected, TreePath.Find(id, i => parents[i], out var found));
        Assert.Equal(path, found);
    }

    [Fact]
    public void The_twenty_first_level_is_too_deep()
    {
        Assert.Equal(TreePathResult.Found, TreePath.Find(20, i => i == 1 ? null : i - 1, out var path));
        Assert.Equal(20, TreePath.Ids(path).Length);
        Assert.Equal(TreePathResult.TooDeep, TreePath.Find(21, i => i == 1 ? null : i - 1, out _));
    }

    [Theory]
    [InlineData("/7/", true)]
    [InlineData("/7/1/", true)]
    [InlineData("/7/999999999999999999/3/", true)]
    [InlineData("/70/", false)]
    [InlineData("/6/", false)]
    [InlineData("/8/", false)]
    [InlineData("/1/7/", false)]
    public void A_subtree_is_one_range(string path, bool isInside) => Assert.Equal(
        isInside, string.CompareOrdinal(path, "/7/") >= 0 && string.CompareOrdinal(path, "/7/" + TreePath.End) < 0);
}

using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class PageTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(251)]
    public void A_page_size_out_of_range_is_refused_with_its_number(int first)
    {
        var error = Assert.Throws<GraphQLException>(() => Page.Of(first));

        Assert.Equal("INVALID_PAGE_SIZE", error.Code);
        Assert.Equal($"`first` must be from 1 to 250, not {first}.", error.Message);
    }

    [Theory]
    [InlineData(null, 20)]
    [InlineData(1, 1)]
    [InlineData(250, 250)]
    public void A_page_size_in_range_is_taken(int? first, int size) => Assert.Equal(size, Page.Of(first).Size);

    [Fact]
    public void One_row_too_many_tells_that_there_is_a_next_page()
    {
        var page = Page.Of(2);

        var connection = page.Connect(["a", "b", "c"], row => $"<{row}>");

        Assert.Equal(3, page.Take);
        Assert.Equal(["a", "b"], connection.Edges.Select(edge => edge.Node));
        Assert.Equal(new PageInfo(true, false, "<a>", "<b>"), connection.PageInfo);
    }

    [Fact]
    public void The_last_page_has_none_behind_it()
    {
        var connection = Page.Of(2, "<b>").Connect(["c"], row => $"<{row}>");

        Assert.Equal(new PageInfo(false, true, "<c>", "<c>"), connection.PageInfo);
    }

    [Fact]
    public void An_empty_page_has_no_cursors() =>
        Assert.Equal(new PageInfo(false, false, null, null), Page.Of(2).Connect<string>([], row => row).PageInfo);
}

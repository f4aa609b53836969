namespace Wholesale.GraphQL.Tests.Execution;

public sealed class ExecutionTests
{
    private readonly Shop shop = new();

    [Fact]
    public async Task Fields_are_resolved_once_a_layer()
    {
        var answer = await shop.Ask("{ products(first: 3) { id name colour price { amount text } parts { id weight } } }");

        Assert.Equal(
            """{"data":{"products":[{"id":"1","name":"Product 1","colour":"DARK_RED","price":{"amount":1,"text":"€ \"1\"\n"},"parts":[{"id":"p1","weight":3},null]},"""
            + """{"id":"2","name":"Product 2","colour":null,"price":{"amount":2,"text":"€ \"2\"\n"},"parts":null},"""
            + """{"id":"3","name":"Product 3","colour":null,"price":null,"parts":[{"id":"p3","weight":3},null]}]}}""",
            answer);
        Assert.Equal(["products", "price ×3", "parts ×3"], shop.Calls);
    }

    [Fact]
    public async Task Everything_at_once()
    {
        foreach (var q in new[]
        {
            "{ thing(id: \"p1\") { __typename id ... on Part { weight } ... on Product { colour } } things { __typename name } anything { ... on Part { weight id } ... on Product { id name } } matrix }",
            "query($a: Boolean!, $b: Boolean!) { products(first: 1) { id @include(if: $a) ...F @skip(if: $b) name id } } fragment F on Product { name related { id ...G } } fragment G on Product { name }",
            "{ products { id stock } }",
            "{ product(id: 2) { id stock } strict { ok list deep { ok list } } }",
            "{ strict { ok deep { deep { must } } } boom }",
            "mutation { a: add(by: 1) { value slow } fail { value } b: add(by: 5) { slow value } }",
            "mutation { a: add(by: 1) { value slow } explode { value } }",
            "query($f: Filter, $l: [Int!], $t: String, $s: Sku = \"abc\") { a: echo b: echo(text: null, n: 3, list: 4, filter: {min: 1, nested: {text: null, colours: [GREEN, null]}}, sku: \"xyz\") c: echo(text: $t, list: $l, filter: $f, sku: $s) }",
            "{ __type(name: \"Product\") { name kind fields { name type { kind name ofType { name } } args { name defaultValue } } interfaces { name } } __schema { queryType { name } directives { name locations } } }",
            "{ products(first: 1) { nope } }", "{ product }",
        })
        {
            TestContext.Current.TestOutputHelper!.WriteLine(await shop.Ask(q, """{"a": true, "b": false, "f": {"colours": ["DARK_RED"], "min": 1.0}, "l": [1, 2]}"""));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join("; ", shop.Calls));
    }
}

using System.Diagnostics;
using System.Globalization;
using Wholesale.GraphQL.Types;

namespace Wholesale.Tests.Authorization;

/// <summary>
/// Who may do what by whose id: every field of both contracts that takes one, at any depth, asked by nine kinds of caller with ids of their own, of others, of another type, that were never given and that are
/// nonsense. All of it is made from the contracts, so that a new field is in it from its first day.
/// </summary>
public sealed class AuthorizationMatrixTests(AuthorizationWorld world) : IClassFixture<AuthorizationWorld>
{
    private static readonly Schema Buyers = Contracts.Load().Buyers.Schema;
    private static readonly Schema Seller = Contracts.Load().Seller.Schema;

    [Fact]
    public void The_world_has_of_every_kind_of_thing_one_of_each_company() => Assert.All(
        Seller.PossibleTypes((CompositeType)Seller.Type("Node")!), type => Assert.All(new[] { AuthorizationWorld.A, AuthorizationWorld.B }, company => Assert.NotEmpty(world.Ids(type.Name, company))));

    [Fact]
    public async Task Nobody_reads_changes_or_finds_by_an_id_what_is_anothers()
    {
        var watch = Stopwatch.StartNew();
        var (buyers, seller) = (new AuthorizationMatrix(world, Buyers, "/graphql"), new AuthorizationMatrix(world, Seller, "/admin/graphql"));
        AuthorizationMatrix[] both = [buyers, seller];
        var ofA = await seller.Things(AuthorizationWorld.A);
        var ofB = await seller.Things(AuthorizationWorld.B);

        foreach (var contract in both)
        {
            await contract.Refuse();
            await contract.ReadAll();
            await contract.Compare(mutations: false);
            await contract.Use(_ => true, mutations: false);
            await contract.Compare(mutations: true);
        }

        var (ofAThen, ofBThen) = (await seller.Things(AuthorizationWorld.A), await seller.Things(AuthorizationWorld.B));
        await buyers.Use(asker => asker.Company == AuthorizationWorld.A, mutations: true);
        var ofBLater = await seller.Things(AuthorizationWorld.B);
        await seller.Use(_ => true, mutations: true);
        await buyers.Use(asker => asker.IsStaff, mutations: true);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{both.Sum(c => c.Places.Count)} places of ids in {both.Sum(c => c.Places.DistinctBy(p => p.Field).Count())} fields of two contracts, {both.Sum(c => c.Cells):N0} calls, {both.Sum(c => c.Bytes):N0} bytes of buyers' answers searched, {watch.Elapsed.TotalSeconds:0.0} s."));
        Assert.True(both.All(c => c.Problems.Count == 0), string.Join('\n', both.SelectMany(c => c.Problems)));
        Assert.Equal(ofA, ofAThen);
        Assert.Equal(ofB, ofBThen);
        Assert.Equal(ofB, ofBLater);
        Assert.All(both, contract => Assert.All(contract.Places, place => Assert.Contains(place.ToString(), contract.Exercised)));
        Assert.All(both.SelectMany(contract => contract.Places), place => Assert.Contains(place.ToString(), buyers.Found.Concat(seller.Found)));
    }
}

using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class LoginWritesTests : IDisposable
{
    private const string Issuer = "https://id.example.com/";

    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_given_list_replaces_and_a_list_left_out_stays()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Users: [User("ada", "1", "2")]));
        var before = await Logins();

        var replaced = await database.Upsert(new CompanyInput("acme", Users: [new("ada", Logins: [new(Issuer, "2"), new(Issuer, "3")])]));
        var leftOut = await database.Upsert(new CompanyInput("acme", Users: [new("ada", "Ada L.")]));

        Assert.Equal(["acme/ada/2", "acme/ada/3"], await Names());
        Assert.Contains((await Logins()).Single(l => l.Subject == "2").Id, before.Select(login => login.Id)); // what stays is not written anew
        Assert.Equal((2, 3), (replaced.Things[0].Version, leftOut.Things[0].Version));
        await database.Upsert(new CompanyInput("acme", Users: [new("ada", Logins: [])]));
        Assert.Empty(await Names());
    }

    [Fact]
    public async Task A_replay_changes_nothing()
    {
        var row = new CompanyInput("acme", "Acme", Users: [User("ada", "1")]);
        await database.Upsert(row);

        var replay = await database.Upsert(row);

        Assert.Equal(1, replay.Things[0].Version);
    }

    [Fact]
    public async Task One_login_is_of_one_user_a_company_and_of_as_many_companies_as_there_are()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Users: [User("ada", "1")]));

        var result = await database.Upsert(
            new CompanyInput("other", "Other", Users: [User("ada@other", "1")]),
            new CompanyInput("acme", Users: [User("bea", "1")]),
            new CompanyInput("third", "Third", Users: [User("x", "1"), User("y", "2", "1")]));

        Assert.Equal(
            ["LOGIN_TAKEN companies/1/users/0/logins/0", "LOGIN_TAKEN companies/2/users/1/logins/1"], result.Errors("companies").Select(error => error.Short()));
        Assert.Equal("Another user of the company has the login \"1\" of \"https://id.example.com/\".", result.Errors("companies")[0].Message);
        Assert.Equal(["acme/ada/1", "other/ada@other/1"], await Names());
    }

    [Fact]
    public async Task A_login_passes_from_one_user_to_another_in_one_row_whatever_their_order()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Users: [User("ada", "1"), User("bea", "2")]));

        var result = await database.Upsert(new CompanyInput("acme", Users: [new("ada", Logins: [new(Issuer, "2")]), new("bea", Logins: [new(Issuer, "1")])]));

        Assert.Empty(result.Errors("companies"));
        Assert.Equal(["acme/ada/2", "acme/bea/1"], await Names());
    }

    [Fact]
    public async Task A_bad_login_is_reported_where_it_stands_and_the_row_is_left_out()
    {
        var result = await database.Upsert(
            new CompanyInput("acme", "Acme", Users:
            [
                new("ada", "Ada", "ada@example.com", Logins: [new("", "1"), new("https://id example", "1"), new(Issuer, "é"), new(Issuer, new string('1', 256)), new(Issuer, "1"), new(Issuer, "1")]),
                new("bea", "Bea", "bea@example.com", Logins: [.. Enumerable.Range(0, 11).Select(i => new UserLoginInput(Issuer, $"{i}"))]),
            ]),
            new CompanyInput("good", "Good", Users: [User("x", "auth0|1 2")]));

        Assert.Equal(
            [
                "INVALID_VALUE companies/0/users/0/logins/0/issuer", "INVALID_VALUE companies/0/users/0/logins/1/issuer",
                "INVALID_VALUE companies/0/users/0/logins/2/subject", "INVALID_VALUE companies/0/users/0/logins/3/subject",
                "DUPLICATE_ROW companies/0/users/0/logins/5", "INVALID_VALUE companies/0/users/1/logins",
            ],
            result.Errors("companies").Select(error => error.Short()));
        Assert.Equal(["good/x/auth0|1 2"], await Names());
    }

    [Fact]
    public async Task A_thousand_rows_with_logins_take_as_many_statements_as_one()
    {
        await database.Upsert([.. Enumerable.Range(0, 1000).Select(i => new CompanyInput($"c{i}", $"c{i}"))]);
        CompanyInput Row(int i) => new($"c{i}", Users: [new("u", "U", $"{i}@example.com", Logins: [new(Issuer, $"{i}")])]);
        var before = database.Statements.Total;
        await database.Upsert(Row(0));
        var one = database.Statements.Total - before;

        await database.Upsert([.. Enumerable.Range(1, 999).Select(Row)]);

        SqlServerForTests.AssertStatements(one * 2, database.Statements.Total - before);
        Assert.Equal(1000, (await Logins()).Count);
    }

    [Fact]
    public async Task The_logins_of_many_users_are_one_statement()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Users: [User("ada", "2", "1"), User("bea"), User("cleo", "3")]));
        var users = await database.Read(async db => await db.CompanyUsers.OrderBy(u => u.ExternalId).ToListAsync());

        var (logins, statements) = await database.Count(db => CompanyFields.UserLogins(Batch<CompanyUser>.Of(users), db, default));

        Assert.Equal([["1", "2"], [], ["3"]], logins.Select(list => list.Select(login => login.Subject).ToArray()));
        Assert.Equal(1, statements);
    }

    private static CompanyUserInput User(string id, params string[] subjects) =>
        new(id, id, $"{id.Replace('@', '.')}@example.com", Logins: [.. subjects.Select(subject => new UserLoginInput(Issuer, subject))]);

    private Task<List<UserLogin>> Logins() => database.Read(async db => await db.UserLogins.ToListAsync());

    /// <summary>Company, user and subject of every login.</summary>
    private Task<List<string>> Names() => database.Read(async db => await (
        from login in db.UserLogins
        join user in db.CompanyUsers on login.CompanyUserId equals user.Id
        join company in db.Companies on login.CompanyId equals company.Id
        where user.CompanyId == company.Id
        orderby company.ExternalId, user.ExternalId, login.Subject
        select $"{company.ExternalId}/{user.ExternalId}/{login.Subject}").ToListAsync());
}

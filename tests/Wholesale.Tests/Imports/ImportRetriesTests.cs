using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Companies;
using Wholesale.Imports;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Imports;

/// <summary>What becomes of a batch that the database does not take.</summary>
public sealed class ImportRetriesTests : IDisposable
{
    private const int MaxRetries = 2;

    private readonly RoomDatabase database = new();
    private int tries;

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_batch_that_others_overtook_is_written_again()
    {
        var answer = await Import(new OvertakenException("once"), new OvertakenException("twice"));

        Assert.Equal("{\"received\":1,\"applied\":1,\"skipped\":0,\"failed\":0}\n", answer);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task One_that_others_overtake_each_time_breaks_the_file_off()
    {
        await Assert.ThrowsAsync<OvertakenException>(() => Import([.. Enumerable.Range(0, 9).Select(_ => new OvertakenException("again"))]));

        Assert.Equal(1 + MaxRetries, tries);
    }

    [Fact]
    public async Task One_that_may_have_been_committed_is_not_written_again()
    {
        await Assert.ThrowsAsync<CommitUnknownException>(() => Import(new CommitUnknownException(new OvertakenException("lost"))));

        Assert.Equal(1, tries);
    }

    /// <summary>Sends one row, which fails so before it is taken.</summary>
    private async Task<string> Import(params Exception[] failures)
    {
        var kind = ImportKind.Of<CustomerTierInput>("tiers", Permission.CompaniesWrite, "externalId", row => row.ExternalId, (services, rows, _) =>
        {
            if (tries++ < failures.Length)
            {
                throw failures[tries - 1];
            }

            services.GetRequiredService<Writes>().Record("TAKEN", 1, 1);
            return new([.. rows.Select(_ => new ImportedRow(RowOutcome.Applied, []))]);
        });
        await using var provider = new ServiceCollection()
            .AddSingleton(new Clock(TimeProvider.System)).AddSingleton<WriteGate>().AddSingleton(database.Committed)
            .AddSingleton(new DatabaseSettings(DatabaseProvider.Sqlite, "", Migrate: false, Demo: false, MaxRetries: MaxRetries))
            .AddScoped(_ => database.Open()).AddScoped<Writes>()
            .BuildServiceProvider();
        await using var report = new ImportReport();
        using var body = new MemoryStream(Encoding.UTF8.GetBytes("{\"externalId\":\"A\",\"name\":\"A\",\"rank\":1}\n"));
        await kind.Run(new ImportRun(body, report, Actor.Of(RoomDatabase.Staff), provider, default));
        using var answer = new MemoryStream();
        await report.Send(answer, default);
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}

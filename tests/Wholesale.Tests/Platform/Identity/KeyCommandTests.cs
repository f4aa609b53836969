using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Identity;

public sealed class KeyCommandTests : IAsyncLifetime
{
    private readonly PlatformHost host = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await output.DisposeAsync();
        await errors.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_staff_key_is_created_and_its_secret_printed_alone()
    {
        Assert.Equal(0, await Run("key", "create", "--staff", "--name", "ERP"));

        var secret = output.ToString().TrimEnd();
        var principal = (await host.In(scope => scope.GetRequiredService<ApiKeys>().Authenticate(secret)))!.Principal;
        Assert.Equal((PrincipalKind.Staff, "ERP", PermissionSet.All), (principal.Kind, principal.Name, principal.Permissions));
        Assert.Equal(ActorKind.System, Assert.Single(await host.Events()).ActorKind);
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task A_third_key_of_a_name_is_refused_in_words()
    {
        await Run("key", "create", "--staff");
        await Run("key", "create", "--staff");

        Assert.Equal(1, await Run("key", "create", "--staff"));
        Assert.Equal($"2 keys of staff \"staff\" are live already: revoke one first.{Environment.NewLine}", errors.ToString());
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key", "create")]
    [InlineData("key", "create", "--staff", "--name")]
    [InlineData("key", "delete", "--staff")]
    public async Task Other_words_are_answered_with_the_usage(params string[] args)
    {
        Assert.Equal(2, await Run(args));
        Assert.Equal($"Usage: key create --staff [--name NAME]{Environment.NewLine}", errors.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Only_the_word_key_makes_a_command()
    {
        Assert.True(KeyCommand.IsMeant(["key", "oops"]));
        Assert.False(KeyCommand.IsMeant([]));
        Assert.False(KeyCommand.IsMeant(["--urls", "http://localhost:5081"]));
    }

    private Task<int> Run(params string[] args) => host.In(scope => new ValueTask<int>(KeyCommand.Run(args, scope, output, errors)));
}

using Wholesale.Platform.Events;

namespace Wholesale.Platform.Identity;

/// <summary>The command line <c>key create --staff [--name N]</c>: an installation's first key, when nobody has one to create it with.</summary>
/// <param name="Name">Whose key it is.</param>
public sealed record KeyCommand(string Name)
{
    private const string Usage = "Usage: key create --staff [--name NAME]";

    /// <summary>Whether the command line is one about keys, well-formed or not.</summary>
    public static bool IsMeant(string[] args) => args is ["key", ..];

    /// <summary>Creates the key and prints its secret.</summary>
    /// <returns>The process's exit code: 0 if the key was created, 1 if not, 2 if the words were not understood.</returns>
    public static async Task<int> Run(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        if (Parse(args) is not { } command)
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        if (await services.GetRequiredService<Readiness>().Problem(db, CancellationToken.None) is { } problem)
        {
            await errors.WriteLineAsync($"No key was created: {problem}.");
            return 1;
        }

        var keys = scope.ServiceProvider.GetRequiredService<ApiKeys>();
        var system = new Principal(PrincipalKind.Staff, 0, null, "command line", PermissionSet.All);
        var created = await scope.ServiceProvider.GetRequiredService<Writes>().Run(
            Actor.System, () => keys.Create(new NewApiKey(command.Name, null, null, null), system));
        foreach (var error in created.UserErrors)
        {
            await errors.WriteLineAsync(error.Message);
        }

        if (created.Secret is null)
        {
            return 1;
        }

        await output.WriteLineAsync(created.Secret);
        return 0;
    }

    /// <summary>Reads the words; null if they are not understood.</summary>
    public static KeyCommand? Parse(string[] args) => args switch
    {
        ["key", "create", "--staff"] => new KeyCommand("staff"),
        ["key", "create", "--staff", "--name", var name] => new KeyCommand(name),
        ["key", "create", "--name", var name, "--staff"] => new KeyCommand(name),
        _ => null,
    };
}

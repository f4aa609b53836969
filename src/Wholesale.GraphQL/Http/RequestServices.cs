using Microsoft.AspNetCore.Http;

namespace Wholesale.GraphQL.Http;

/// <summary>The services of an HTTP request, whose scope begins when one is asked for: a request whose fields have their data in memory needs none.</summary>
internal sealed class RequestServices(HttpContext http) : IServiceProvider
{
    public object? GetService(Type serviceType) => http.RequestServices.GetService(serviceType);
}

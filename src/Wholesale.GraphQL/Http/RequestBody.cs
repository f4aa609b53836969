using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Wholesale.GraphQL.Http;

/// <summary>A request's whole body in a pooled buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] buffer;
    private int length;

    private RequestBody(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Reads the body, or returns null as soon as it is known to be too large.</summary>
    public static async ValueTask<RequestBody?> Read(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var body = new RequestBody((int)(request.ContentLength ?? 4096) + 1);
        try
        {
            while (true)
            {
                if (body.length == body.buffer.Length)
                {
                    body.Grow();
                }

                var read = await request.Body.ReadAsync(body.buffer.AsMemory(body.length), cancellation);
                if (read == 0)
                {
                    var whole = body;
                    body = null;
                    return whole;
                }

                body.length += read;
                if (body.length > maxBytes)
                {
                    return null;
                }
            }
        }
        finally
        {
            body?.Dispose();
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            length = 0;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}

using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wholesale.Platform;

namespace Wholesale.Credit;

// The input objects of payments in schema/credit.graphql and their payloads.

/// <summary>Money that was received.</summary>
public sealed record RecordPaymentInput(
    string ExternalId,
    Amount Amount,
    Currency Currency,
    DateOnly ReceivedOn,
    string? Company = null,
    string? OrderNumber = null,
    string? Reference = null,
    IReadOnlyList<PaymentAllocationInput>? Allocations = null)
{
    /// <summary>Without what was left out, so that a field that is new later changes no hash of before.</summary>
    private static readonly JsonSerializerOptions Given = new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A hash of all that it says: equal for the same payment, sent again.</summary>
    internal string Content() => XxHash128.HashToUInt128(JsonSerializer.SerializeToUtf8Bytes(this, Given)).ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a payment pays.</summary>
public sealed record PaymentAllocationInput(Amount Amount, NodeId? OpenItemId = null, string? OrderNumber = null);

/// <summary>The payment as it is now.</summary>
public sealed record RecordPaymentPayload(Payment? Payment, IReadOnlyList<UserError> UserErrors);

/// <summary>What the rest of a payment pays.</summary>
public sealed record AllocatePaymentInput(NodeId PaymentId, IReadOnlyList<PaymentAllocationInput>? Allocations = null, long? ExpectedVersion = null);

/// <summary>The payment as it is now.</summary>
public sealed record AllocatePaymentPayload(Payment? Payment, IReadOnlyList<UserError> UserErrors);

/// <summary>What a payment is not to pay any more.</summary>
public sealed record DeallocatePaymentInput(NodeId PaymentId, NodeId OpenItemId, long? ExpectedVersion = null);

/// <summary>The payment as it is now.</summary>
public sealed record DeallocatePaymentPayload(Payment? Payment, IReadOnlyList<UserError> UserErrors);

/// <summary>Which payment's money is gone.</summary>
public sealed record ReversePaymentInput(NodeId PaymentId, string Reason, long? ExpectedVersion = null);

/// <summary>The payment as it is now.</summary>
public sealed record ReversePaymentPayload(Payment? Payment, IReadOnlyList<UserError> UserErrors);

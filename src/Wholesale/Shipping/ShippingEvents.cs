namespace Wholesale.Shipping;

/// <summary>What the room tells in the event log.</summary>
public static class ShippingEvents
{
    /// <summary>A freight template is new or changed. Subject and version are the template's.</summary>
    public const string FreightTemplateChanged = "FREIGHT_TEMPLATE_CHANGED";

    /// <summary>By which terms goods are shipped to someone is new or changed. Subject and version are the terms'.</summary>
    public const string ShippingTermsChanged = "SHIPPING_TERMS_CHANGED";
}

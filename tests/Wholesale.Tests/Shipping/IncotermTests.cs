using Wholesale.Shipping;

namespace Wholesale.Tests.Shipping;

/// <summary>The duties of the eleven rules, sentence by sentence as ICC publication 723E has them.</summary>
public sealed class IncotermTests
{
    private static IEnumerable<Incoterm> All => Enum.GetValues<Incoterm>();

    [Fact]
    public void There_are_the_eleven_rules_of_2020() =>
        Assert.Equal(["CFR", "CIF", "CIP", "CPT", "DAP", "DDP", "DPU", "EXW", "FAS", "FCA", "FOB"], All.Select(i => i.ToString().ToUpperInvariant()).Order(StringComparer.Ordinal));

    [Fact]
    public void By_the_rules_in_E_and_F_the_buyer_pays_the_main_carriage_and_by_those_in_C_and_D_the_seller() =>
        Assert.All(All, incoterm => Assert.Equal("EF".Contains(incoterm.ToString()[0]) ? TradeParty.Buyer : TradeParty.Seller, IncotermDuties.Of(incoterm).MainCarriage));

    [Fact]
    public void Insurance_is_the_sellers_by_CIP_and_CIF_and_where_it_bears_the_risk_to_the_end() =>
        Assert.All(All, incoterm => Assert.Equal(
            incoterm is Incoterm.Cip or Incoterm.Cif || incoterm.ToString()[0] == 'D' ? TradeParty.Seller : TradeParty.Buyer, IncotermDuties.Of(incoterm).Insurance));

    [Fact]
    public void Only_by_EXW_the_buyer_clears_for_export_and_only_by_DDP_the_seller_for_import_and_pays_duty() => Assert.All(All, incoterm =>
    {
        var duties = IncotermDuties.Of(incoterm);
        Assert.Equal(incoterm == Incoterm.Exw ? TradeParty.Buyer : TradeParty.Seller, duties.ExportClearance);
        Assert.Equal(incoterm == Incoterm.Ddp ? TradeParty.Seller : TradeParty.Buyer, duties.ImportClearance);
        Assert.Equal(duties.ImportClearance, duties.ImportDuty);
    });

    [Fact]
    public void Another_number_is_no_rule() => Assert.Throws<ArgumentOutOfRangeException>(() => IncotermDuties.Of((Incoterm)11));
}

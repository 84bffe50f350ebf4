namespace HwSeed.Sim.Traces.Text;

/// <summary>How values are written.</summary>
public enum Radix
{
    /// <summary>Base 16.</summary>
    Hexadecimal,

    /// <summary>Base 10, without a sign.</summary>
    Decimal,

    /// <summary>Base 10, the bits read as two's complement.</summary>
    Signed,

    /// <summary>Base 2.</summary>
    Binary,
}

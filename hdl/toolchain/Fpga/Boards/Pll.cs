namespace HwSeed.Toolchain;

/// <summary>
/// Settings of an iCE40 PLL in simple feedback mode: out = in / (DIVR + 1) x (DIVF + 1) / 2^DIVQ. The limits are those of
/// Lattice's data sheets, as IceStorm's icepll keeps them.
/// </summary>
/// <param name="InputMhz">Reference clock.</param>
/// <param name="Divr">Reference divider less one, 0..15.</param>
/// <param name="Divf">Feedback divider less one, 0..127.</param>
/// <param name="Divq">Output divider as a power of two, 1..6.</param>
/// <param name="FilterRange">Loop filter, by the frequency at the phase detector.</param>
public sealed record Pll(double InputMhz, int Divr, int Divf, int Divq, int FilterRange)
{
    /// <summary>Slowest output clock.</summary>
    public const double LeastMhz = 16;

    /// <summary>Fastest output clock.</summary>
    public const double MostMhz = 275;

    /// <summary>At the phase detector, 10..133 MHz.</summary>
    public double DetectorMhz => InputMhz / (Divr + 1);

    /// <summary>The oscillator's, 533..1066 MHz.</summary>
    public double OscillatorMhz => DetectorMhz * (Divf + 1);

    /// <summary>The clock that comes out.</summary>
    public double OutputMhz => OscillatorMhz / (1 << Divq);

    /// <summary>The settings with the fastest output that is not above a limit; null when the PLL has none so slow.</summary>
    /// <param name="inputMhz">Reference clock, 10..133 MHz.</param>
    /// <param name="mostMhz">The limit.</param>
    public static Pll? Fastest(double inputMhz, double mostMhz)
    {
        Pll? best = null;
        for (var divr = 0; divr < 16; divr++)
        {
            var detector = inputMhz / (divr + 1);
            if (detector is < 10 or > 133)
            {
                continue;
            }

            for (var divf = 0; divf < 128; divf++)
            {
                if (detector * (divf + 1) is < 533 or > 1066)
                {
                    continue;
                }

                for (var divq = 1; divq <= 6; divq++)
                {
                    var found = new Pll(inputMhz, divr, divf, divq, Filter(detector));
                    if (found.OutputMhz >= LeastMhz && found.OutputMhz <= Math.Min(mostMhz, MostMhz) && found.OutputMhz > (best?.OutputMhz ?? 0))
                    {
                        best = found;
                    }
                }
            }
        }

        return best;
    }

    private static int Filter(double detectorMhz) => detectorMhz switch
    {
        < 17 => 1,
        < 26 => 2,
        < 44 => 3,
        < 66 => 4,
        < 101 => 5,
        _ => 6,
    };
}

using System.Globalization;
using System.Numerics;
using System.Text;

namespace HwSeed.Sim.Cosimulation;

/// <summary>
/// Writes the Verilog bench that drives a module step by step under Icarus and writes what its ports show, one line of
/// binary digits a step. Ports are vectors: unpacked arrays are not for it.
/// </summary>
internal static class IcarusBench
{
    /// <summary>Name of the bench module.</summary>
    public const string Module = "hwseed_cosim_bench";

    /// <summary>Whether all ports are such as the bench can connect.</summary>
    public static bool Fits(CosimTop top) => top.Ports.All(p => p.Elements == 1);

    /// <summary>The bench for a top module.</summary>
    public static string Write(CosimTop top, IEnumerable<(string Name, string Value)> parameters, long steps, string stimulus, string result, UInt128 nonce)
    {
        var (inBits, outBits) = (top.Driven.Sum(p => p.Width), top.Compared.Sum(p => p.Width));
        var connections = new List<string>();
        var (inAt, outAt) = (0, 0);
        foreach (var port in top.Ports)
        {
            ref var at = ref (port.Direction == CosimDirection.Input ? ref inAt : ref outAt);
            connections.Add($".\\{port.Name} ({(port.Direction == CosimDirection.Input ? "in" : "out")}[{at} +: {port.Width}])");
            at += port.Width;
        }

        // Clocks and resets are quiet from the start; the other inputs turn from unknown to their first value, so that
        // every block that waits for a change is woken.
        var quiet = inBits == 0 ? "0" : string.Concat(top.Driven.Reverse().Select(p => top.Clocks.Contains(p.Name) ? "0"
            : top.Resets.FirstOrDefault(r => r.Port == p.Name) is { } reset ? reset.ActiveLow ? "1" : "0"
            : new string('x', p.Width)));
        var values = string.Join(", ", parameters.Select(p => $".{p.Name}({p.Value})"));
        var mark = nonce.ToString("x32", CultureInfo.InvariantCulture);
        return $"""
            `timescale 1ns / 1ns
            module {Module};
                reg [{Math.Max(1, inBits) - 1}:0] steps [0:{steps - 1}];
                reg [{Math.Max(1, inBits) - 1}:0] in = {Math.Max(1, inBits)}'b{quiet};
                wire [{Math.Max(1, outBits) - 1}:0] out;
                pulldown floating [{Math.Max(1, outBits) - 1}:0] (out);
                \{top.Name} {(values.Length > 0 ? $"#({values}) " : "")}dut ({string.Join(", ", connections)});
                integer file, step;
                initial begin
                    $readmemh("{stimulus}", steps);
                    file = $fopen("{result}", "w");
                    $fdisplay(file, "{mark}");
                    #1;
                    for (step = 0; step < {steps}; step = step + 1) begin
                        in = steps[step];
                        #1 $fdisplay(file, "%b", out);
                    end
                    $fdisplay(file, "{mark}");
                    $fclose(file);
                    $finish;
                end
            endmodule

            """;
    }

    /// <summary>Writes the steps of a stimulus as hexadecimal lines.</summary>
    public static void WriteStimulus(string path, CosimTop top, RandomStimulus stimulus, long steps)
    {
        using var file = new StreamWriter(path, false, Encoding.ASCII);
        for (var step = 0L; step < steps; step++)
        {
            var words = stimulus.Next();
            var (value, shift) = (BigInteger.Zero, 0);
            foreach (var port in top.Driven)
            {
                for (var limb = 0; limb < port.Limbs; limb++)
                {
                    value |= (BigInteger)words[limb] << (shift + (64 * limb));
                }

                words = words[port.Limbs..];
                shift += port.Width;
            }

            file.WriteLine(value.ToString("x", CultureInfo.InvariantCulture));
        }
    }
}

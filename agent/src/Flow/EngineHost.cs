using System.Security.Cryptography;
using System.Text;
using HwSeed.Agent.Flow.Boards;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Generators.Hosts;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Agent.Flow;

/// <summary>What an engine's host talks through, on a board or in a system on chip.</summary>
public enum EngineHost
{
    /// <summary>A UART, 8N1.</summary>
    Uart,

    /// <summary>An SPI slave, mode 0.</summary>
    Spi,

    /// <summary>AXI4-Lite registers, AXI4-Stream commands, operands and results.</summary>
    Axi,

    /// <summary>A Wishbone B4 slave, pipelined.</summary>
    Wishbone,
}

/// <summary>Engines with a port to their host.</summary>
public static class EngineHosts
{
    /// <summary>What an engine answers when it is asked which it is: the start of the SHA-256 of the bare engine's Verilog; 0 for none.</summary>
    public static uint Identity(Architecture architecture) =>
        AcceleratorGenerator.Generate(architecture) is { IsOk: true } engine ? Identity(VerilogWriter.Write(engine.Value)) : 0;

    /// <summary>The same of the bare engine's Verilog, where that is at hand.</summary>
    internal static uint Identity(string verilog) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(verilog)));

    /// <summary>The engine behind a UART. HW5117: the clock cannot make the baud rate.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="baud">Bits a second.</param>
    /// <param name="clockMhz">The engine's clock.</param>
    /// <param name="identity">What it answers to Identify.</param>
    public static Checked<Design> Uart(Architecture architecture, int baud, double clockMhz, uint identity) =>
        BaudRates.Divider(clockMhz, baud).Then(divider => HostPorts.Uart(architecture, divider.Cycles, identity));

    /// <summary>
    /// Writes an engine with its port: Verilog and architecture.yaml, for buses a C header of the registers, for AXI a script that
    /// packages it for Vivado. HW5117: the clock cannot make the baud rate.
    /// </summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="host">The port.</param>
    /// <param name="baud">Bits a second of a UART.</param>
    /// <param name="clockMhz">The engine's clock, for a UART.</param>
    /// <param name="folder">Made when absent.</param>
    public static Checked<EngineFiles> Write(Architecture architecture, EngineHost host, int baud, double clockMhz, string folder)
    {
        var identity = Identity(architecture);
        var design = host switch
        {
            EngineHost.Uart => Uart(architecture, baud, clockMhz, identity),
            EngineHost.Spi => HostPorts.Spi(architecture, identity),
            EngineHost.Axi => SocPorts.Axi(architecture, identity),
            _ => SocPorts.Wishbone(architecture, identity),
        };
        return design.Then(made =>
        {
            var files = EngineFiles.Write(architecture, made, folder);
            if (host is EngineHost.Axi or EngineHost.Wishbone)
            {
                files = files.With($"{made.Top.Name}_regs.h", RegisterMap.Header(made.Top.Name, architecture, identity));
            }

            return Checked.Ok(host == EngineHost.Axi ? files.With(VivadoPackage.FileName, VivadoPackage.Script(architecture)) : files);
        });
    }
}

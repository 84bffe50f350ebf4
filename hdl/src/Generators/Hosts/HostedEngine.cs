using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>What every port around an engine does with it: a reset that is long enough, and streams that the host does not have.</summary>
internal static class HostedEngine
{
    /// <summary>Bits of a result behind any port.</summary>
    public const int ResultBits = 32;

    /// <summary>The engine by itself. HW1113: its results have more bits than ports carry.</summary>
    public static Checked<Design> Generate(Architecture architecture) =>
        AcceleratorGenerator.Generate(architecture).Then(engine => architecture.ResultBits == ResultBits
            ? Checked.Ok(engine)
            : Checked.Fail<Design>(ArchitectureDiagnostics.WideForPort(architecture.AccumulatorBits, ResultBits)));

    /// <summary>The engine's reset, held so long after it was asked for that nothing which was under way in the engine comes out afterwards.</summary>
    /// <param name="m">The module around the engine.</param>
    /// <param name="asked">High to reset.</param>
    public static Reference Reset(ModuleBuilder m, Expression asked)
    {
        var hold = m.Register("hold", EngineSizes.AddressBits(HostProtocol.ResetCycles));
        m.Drive(hold, hold - Expression.FromInteger(1, hold.Width), Expression.ReduceOr(hold), asked, HostProtocol.ResetCycles - 1);
        return m.Register("reset_q", Expression.ReduceOr(hold) | asked);
    }

    /// <summary>The engine; streams that only some engines have, such as the residual's, stay empty.</summary>
    /// <param name="m">The module around the engine.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="inputs">What the host drives.</param>
    public static IReadOnlyDictionary<string, Expression> Instance(ModuleBuilder m, Module engine, params (string Port, Expression Value)[] inputs) =>
        m.Instance("engine", engine, [
            .. engine.InputPorts.Where(p => inputs.All(i => i.Port != p.Name)).Select(p => (p.Name, Expression.FromInteger(0, p.Width))), .. inputs]);
}

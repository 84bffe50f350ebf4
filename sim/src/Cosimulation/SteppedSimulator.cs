namespace HwSeed.Sim.Cosimulation;

/// <summary>The compiled simulator behind the ports of the source: values in, evaluation, values out.</summary>
internal sealed class SteppedSimulator
{
    private readonly Simulator _simulator;
    private readonly (PortHandle Port, int At)[] _inputs;
    private readonly (PortHandle Value, PortHandle? Mask, int At)[] _outputs;
    private readonly ulong[] _last;

    public SteppedSimulator(Simulator simulator, CosimTop top)
    {
        (_simulator, Top, _last) = (simulator, top, new ulong[top.DrivenWords]);
        var at = 0;
        var inputs = new List<(PortHandle, int)>();
        foreach (var port in top.Driven)
        {
            foreach (var name in port.Names)
            {
                inputs.Add((simulator.Port(name), at));
                at += port.Limbs;
            }
        }

        at = 0;
        var outputs = new List<(PortHandle, PortHandle?, int)>();
        foreach (var port in top.Compared)
        {
            if (port.Direction == CosimDirection.Inout)
            {
                outputs.Add((simulator.Port(port.Names[1]), simulator.Port(port.Names[2]), at));
                at += port.Limbs;
                continue;
            }

            foreach (var name in port.Names)
            {
                outputs.Add((simulator.Port(name), null, at));
                at += port.Limbs;
            }
        }

        (_inputs, _outputs) = ([.. inputs], [.. outputs]);
        simulator.PowerUp();
    }

    /// <summary>The top module.</summary>
    public CosimTop Top { get; }

    /// <summary>Drives all inputs, settles, and takes the compared ports.</summary>
    public void Step(ReadOnlySpan<ulong> driven, Span<ulong> compared)
    {
        foreach (var (port, at) in _inputs)
        {
            var words = driven.Slice(at, port.Limbs);
            if (!words.SequenceEqual(_last.AsSpan(at, port.Limbs)))
            {
                words.CopyTo(_last.AsSpan(at));
                _simulator.Poke(port, words);
            }
        }

        _simulator.Evaluate();
        Span<ulong> mask = stackalloc ulong[64];
        foreach (var (value, maskPort, at) in _outputs)
        {
            var words = compared.Slice(at, value.Limbs);
            _simulator.Peek(value, words);
            if (maskPort is { } port)
            {
                var bits = mask.Length >= port.Limbs ? mask[..port.Limbs] : new ulong[port.Limbs];
                _simulator.Peek(port, bits);
                for (var limb = 0; limb < bits.Length; limb++)
                {
                    words[limb] &= bits[limb];
                }
            }
        }
    }
}

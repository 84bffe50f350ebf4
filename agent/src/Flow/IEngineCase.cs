using HwSeed.Hdl.Architectures;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.Flow;

/// <summary>A program for one engine with its data and what it must give: a matrix product, or a direct convolution.</summary>
public interface IEngineCase
{
    /// <summary>What is computed, as a person writes it.</summary>
    string Title { get; }

    /// <summary>The matrix product, or the one that gives the same results.</summary>
    GemmShape Shape { get; }

    /// <summary>What the cost model says.</summary>
    long PredictedCycles { get; }

    /// <summary>Cycles after which a run has certainly failed.</summary>
    long CycleLimit { get; }

    /// <summary>What the host sends and waits for.</summary>
    HostTraffic Traffic();

    /// <summary>Whether result beats are what has to come out, by an independent integer reference.</summary>
    bool IsProduct(ReadOnlySpan<ulong> beats);
}

using System.Diagnostics.CodeAnalysis;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>A combinational assignment to a net.</summary>
/// <param name="Target">The net that it drives.</param>
/// <param name="Value">Its value.</param>
/// <param name="Level">Longest chain of combinational nets before it; 0 reads only inputs and state.</param>
public sealed record NetAssignment(Net Target, ScopedExpression Value, int Level);

/// <summary>A register of one instance.</summary>
/// <param name="Target">The net that holds its value.</param>
/// <param name="Register">The module's register.</param>
/// <param name="Scope">Gives the register's expressions their nets.</param>
public sealed record NetRegister(Net Target, Register Register, NetScope Scope)
{
    /// <summary>The edges at any of which it changes; empty for the rising edge of the implicit clock.</summary>
    public EquatableArray<NetEdge> Edges { get; init; }
}

/// <summary>An edge of a one-bit net.</summary>
/// <param name="Clock">The net, where it comes from: ports and wires that only pass a signal on are followed back.</param>
/// <param name="Rising">From 0 to 1, else from 1 to 0.</param>
public sealed record NetEdge(Net Clock, bool Rising);

/// <summary>A latch of one instance. Its settled value is an assignment like any other.</summary>
/// <param name="Target">The net that holds its value.</param>
/// <param name="Latch">The module's latch.</param>
/// <param name="IsCut">
/// Whether it closes a loop: then its readers see the value that it held, and settling goes on until that is the same.
/// </param>
public sealed record NetLatch(Net Target, Latch Latch, bool IsCut);

/// <summary>A memory of one instance.</summary>
/// <param name="Path">Its hierarchical name.</param>
/// <param name="Memory">The module's memory.</param>
/// <param name="Reads">The nets of its read ports, in port order.</param>
/// <param name="Scope">Gives the memory's expressions their nets.</param>
public sealed record NetMemory(string Path, Memory Memory, EquatableArray<Net> Reads, NetScope Scope)
{
    /// <summary>For each write port the edges at any of which it writes; empty ones for the implicit clock.</summary>
    public EquatableArray<EquatableArray<NetEdge>> WriteEdges { get; init; }
}

/// <summary>
/// A design with its hierarchy resolved: flat nets, state, and combinational assignments in an order in which each
/// reads only what stands before it. What simulation and graph checks read.
/// </summary>
public sealed class Netlist
{
    private readonly Dictionary<string, Net> _byPath;

    internal Netlist(
        Design design,
        IReadOnlyList<NetScope> scopes,
        IReadOnlyList<Net> nets,
        IReadOnlyList<Net> parts,
        IReadOnlyList<NetAssignment> assignments,
        IReadOnlyList<NetRegister> registers,
        IReadOnlyList<NetLatch> latches,
        IReadOnlyList<NetMemory> memories,
        Net? implicitClock)
    {
        ImplicitClock = implicitClock;
        (Design, Scopes, Nets, Parts) = (design, scopes, nets, parts);
        (Assignments, Registers, Latches, Memories) = (assignments, registers, latches, memories);
        _byPath = [];
        foreach (var scope in scopes)
        {
            foreach (var name in scope.Names)
            {
                _byPath[scope.PathOf(name)] = scope[name];
            }
        }
    }

    /// <summary>The design that was elaborated.</summary>
    public Design Design { get; }

    /// <summary>Every occurrence of a module, parents before children, the top first.</summary>
    public IReadOnlyList<NetScope> Scopes { get; }

    /// <summary>All nets, by index.</summary>
    public IReadOnlyList<Net> Nets { get; }

    /// <summary>
    /// Ranges of nets that are computed on their own, because the nets as a whole would depend on themselves; their
    /// indices follow those of <see cref="Nets"/>.
    /// </summary>
    public IReadOnlyList<Net> Parts { get; }

    /// <summary>Assignments of combinational nets, latches and parts, each after those that it reads.</summary>
    public IReadOnlyList<NetAssignment> Assignments { get; }

    /// <summary>All registers.</summary>
    public IReadOnlyList<NetRegister> Registers { get; }

    /// <summary>All latches.</summary>
    public IReadOnlyList<NetLatch> Latches { get; }

    /// <summary>All memories.</summary>
    public IReadOnlyList<NetMemory> Memories { get; }

    /// <summary>
    /// The implicit clock as a net, where some module reads it as a value or hands it to an instance; then all that is
    /// clocked by it names its rising edge. Null where it is only implicit.
    /// </summary>
    public Net? ImplicitClock { get; }

    /// <summary>The occurrence of the top module.</summary>
    public NetScope Top => Scopes[0];

    /// <summary>The net of a path such as <c>pe_0_1.acc</c>, also under the name that a parent gives to an output.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out Net? net) => _byPath.TryGetValue(path, out net);

    /// <summary>
    /// Resolves the hierarchy and puts the combinational assignments in order. Nets that depend on themselves as a whole
    /// but not bit by bit are cut into parts. HW1040: a combinational loop. HW1042: a name that nothing drives. HW1043: a
    /// name with two drivers. Width rules are <c>RtlRules</c>' business.
    /// </summary>
    public static Checked<Netlist> Elaborate(Design design) => Elaborator.Run(design);

    /// <summary>
    /// The combinational loops of a design, one of each set of nets that depend on each other: the nets in order, each read
    /// by the next and the last by the first. A net that was cut has a part's path, as <c>u.carry[3]</c>.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Net>> FindLoops(Design design) => Elaborator.FindLoops(design);
}

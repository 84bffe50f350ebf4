using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>In what way a name is used.</summary>
internal enum AccessRole
{
    /// <summary>Read as a value.</summary>
    Value,

    /// <summary>Read in a sensitivity list.</summary>
    Event,

    /// <summary>Connected to a port of an instance or a terminal of a gate.</summary>
    Connection,

    /// <summary>Read in a declaration: a dimension, a parameter's value.</summary>
    Declaration,

    /// <summary>Written by a continuous assignment or with its declaration.</summary>
    Continuous,

    /// <summary>Written with = or an operator such as +=.</summary>
    Blocking,

    /// <summary>Written with &lt;=.</summary>
    NonBlocking,
}

/// <summary>A branch of a generate construct; accesses in different branches of one never stand side by side.</summary>
internal sealed record GenerateBranch(SyntaxNode Construct, int Arm, GenerateBranch? Outer)
{
    public static bool AreExclusive(GenerateBranch? left, GenerateBranch? right)
    {
        for (var a = left; a is not null; a = a.Outer)
        {
            for (var b = right; b is not null; b = b.Outer)
            {
                if (ReferenceEquals(a.Construct, b.Construct) && a.Arm != b.Arm)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>One use of a name.</summary>
/// <param name="Symbol">The name.</param>
/// <param name="IsWrite">Whether it is written.</param>
/// <param name="Role">In what way.</param>
/// <param name="Extent">Which bits.</param>
/// <param name="Origin">Where.</param>
/// <param name="Driver">The assignment, process or connection around it, which is one driver.</param>
/// <param name="Process">The process around it, if any.</param>
/// <param name="Branch">The generate branch around it, if any.</param>
internal sealed record Access(
    LintSymbol Symbol, bool IsWrite, AccessRole Role, Extent Extent, Origin Origin, object? Driver, LintProcess? Process,
    GenerateBranch? Branch);
